"""Every worked example of tests/policy/*.toml: the place where a change of the law lands first.

[[example]]
name = "…"            # what it shows
citation = "…"        # where it is published
asks = "pension"      # a key of ASKED
given = { … }         # what is asked
expect = { … }        # what of the answer must be so; the rest may be anything
rows = ["A61"]        # optional: rows of docs/requirements.md that it decides
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec
import pytest

from integrations.catalogue_files import Loaded, load
from tests.policy import guided, retired, sums

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
Asked = Callable[[Mapping[str, object], Loaded], object]

ASKED: Mapping[str, Asked] = {
    "guide": guided.guided,
    "medical": guided.medical,
    "pension": sums.pension,
    "disability": sums.disability,
    "loan": sums.loan,
    "retirement": retired.retirement,
    "claim-place": retired.place,
}


class Example(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    citation: str
    asks: str
    given: dict[str, object]
    expect: dict[str, object]
    rows: tuple[str, ...] = ()


def examples() -> Iterator[object]:
    for file in sorted(HERE.glob("*.toml")):
        for table in tomllib.loads(file.read_text(encoding="utf-8"))["example"]:
            example = msgspec.convert(table, Example)
            yield pytest.param(example, id=f"{file.stem}: {example.name}", marks=[pytest.mark.row(row) for row in example.rows])


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.mark.parametrize("example", [*examples()])
def test_it_comes_out_as_published(example: Example, loaded: Loaded) -> None:
    found = msgspec.to_builtins(ASKED[example.asks](example.given, loaded))

    assert example.citation
    assert of_what_is_expected(found, example.expect) == example.expect


def of_what_is_expected(found: object, expected: object) -> object:
    """The answer without what nobody expects anything of."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        return {key: of_what_is_expected(found[key], value) for key, value in expected.items() if key in found}
    return found
