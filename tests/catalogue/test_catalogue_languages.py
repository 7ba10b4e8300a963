"""Whatever a citizen reads is there in three languages; what lacks one stops the start."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from domain.catalogue.faults import CatalogueFaults
from domain.policy import RULES
from domain.policy.facts import Facts
from domain.policy.law import law_of
from domain.words import Language, Words
from tests.cases import loaded
from tests.catalogue.files import built, parsed

WRONG = re.compile("隻|髮|緻|户|衞|羣|覈|爲|臺")
"""What conversion writes and no reader of traditional characters does."""


@pytest.mark.row("A71", "B12")
def test_every_sentence_of_the_catalogue_is_there_in_three_languages() -> None:
    catalogues = loaded().catalogues.built.catalogues.values()
    words = [*words_in(tuple(loaded().wording.messages.values())), *words_in(tuple(catalogues))]

    assert len(words) > 1000
    assert [one for one in words if not (one.hans.strip() and one.hant.strip() and one.en.strip())] == []
    assert [one.hant for one in words if WRONG.search(one.hant)] == []
    assert [one.en for one in words if any("一" <= letter <= "鿿" for letter in one.en)] == []


@pytest.mark.row("A71")
@pytest.mark.parametrize(
    ("path", "old", "fault"),
    [
        ("national/messages/all.toml", 'en = "Hello {name}"', "catalogue/national/messages/all.toml: greeting has no en"),
        ("national/messages/all.toml", 'zh-Hans = "您好，{name}"', "catalogue/national/messages/all.toml: greeting has no zh-Hans"),
        ("somewhere/items.toml", ', en = "Check"', "catalogue/somewhere/items.toml: items.check.title has no en"),
    ],
)
def test_a_sentence_that_lacks_a_language_stops_the_start(path: str, old: str, fault: str) -> None:
    with pytest.raises(CatalogueFaults) as refused:
        built(parsed(path=path, old=old))

    assert fault in refused.value.lines


def words_in(value: object) -> Iterator[Words]:
    """All wordings that hang on a value, however deep."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, Mapping):
        yield from words_in(tuple(value.values()))
    elif is_dataclass(value):
        for one in fields(value):
            yield from words_in(getattr(value, one.name))


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2022, 8, 1), date(2026, 11, 23)])
def test_every_rule_says_something_in_every_region_of_somebody_of_whom_nothing_is_known(day: date) -> None:
    for catalogue in loaded().catalogues.built.catalogues.values():
        for name, rule in RULES.items():
            found = rule(Facts({}, day), law_of(catalogue, day))
            assert all(loaded().wording.say(found.text, language) for language in Language), name
