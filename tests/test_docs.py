"""What is written is true: the table of collections, the table of libraries; and a decision fits on a page."""

import pkgutil
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
from pymongo import IndexModel

import integrations.mongo
from api.metrics import Metrics
from integrations.mongo.collections import Collection

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives"]
WRITTEN = sorted(DECISIONS.glob("*.md"))
A_PAGE = 60


def collections() -> list[Collection]:
    modules = [import_module(f"integrations.mongo.{module.name}") for module in pkgutil.iter_modules(integrations.mongo.__path__)]
    found = {thing.name: thing for module in modules for thing in vars(module).values() if isinstance(thing, Collection)}
    return [found[name] for name in sorted(found)]


def row(collection: Collection) -> str:
    indexes = "; ".join(told(index) for index in collection.indexes) or "—"
    return f"| `{collection.name}` | `{collection.shard_key}` | {indexes} | {collection.kept} |"


def told(index: IndexModel) -> str:
    document = index.document
    keys = ", ".join(key if order == 1 else f"{key} ↓" for key, order in document["key"].items())
    return " ".join((f"`{keys}`", *qualities(document)))


def qualities(index: dict[str, object]) -> Iterator[str]:
    if index.get("unique"):
        yield "unique"
    if "partialFilterExpression" in index:
        yield "partial"
    if "expireAfterSeconds" in index:
        yield "expires"


def test_the_table_of_collections_is_the_code() -> None:
    written = (ROOT / "docs" / "collections.md").read_text(encoding="utf-8").splitlines()

    assert [line for line in written if line.startswith("| `")] == [row(collection) for collection in collections()]


@pytest.mark.parametrize("collection", collections(), ids=lambda collection: collection.name)
def test_a_unique_index_begins_with_the_shard_key(collection: Collection) -> None:
    unique = [list(index.document["key"]) for index in collection.indexes if index.document.get("unique")]

    assert [keys for keys in unique if keys[0] != collection.shard_key] == []


@pytest.mark.parametrize("decision", WRITTEN, ids=lambda path: path.stem)
def test_a_decision_fits_on_a_page(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= A_PAGE
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == HEADINGS


def test_there_are_decisions_and_collections_to_ask_about() -> None:
    """Else the tests above would ask about nothing."""
    assert len(WRITTEN) >= 8
    assert {"cases", "persons", "certificates"} <= {collection.name for collection in collections()}


def test_the_readme_gives_a_reason_for_every_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    table = {name for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() for name in line.split("|")[1:2]}
    told = {name.strip() for cell in table for name in cell.split(",")}

    assert {re.split("[<>=]", library)[0] for library in wanted} - told == set()


def test_operating_tells_of_every_setting() -> None:
    told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    asked = re.findall(r'read\.\w+\("([A-Z_]+)"', (ROOT / "api" / "settings.py").read_text(encoding="utf-8"))

    assert len(asked) > 15
    assert [name for name in asked if f"`ZHANGBAN_{name}" not in told] == []


def test_operating_tells_of_every_metric() -> None:
    told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    ours = {family.name for family in Metrics().registry.collect() if family.name.startswith("zhangban_")}

    assert len(ours) > 2
    assert {name for name in ours if f"`{name}" not in told} == set()


if __name__ == "__main__":
    print("\n".join(row(collection) for collection in collections()))
