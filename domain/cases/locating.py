"""Answers that are places are looked up before anything is decided: kept is the whole path, and what does not hold together is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.catalogue.questions import DIVISION
from domain.catalogue.types import Catalogue
from domain.places.places import Places
from domain.words import Text


@dataclass(frozen=True, slots=True)
class Located:
    """`astray`: by the answer's number, why it is no place."""

    answers: tuple[AnswerGiven, ...]
    astray: Mapping[int, Text] = field(default_factory=dict)


async def locate(given: Sequence[AnswerGiven], catalogue: Catalogue, places: Places) -> Located:
    keys, answers, astray = _division_keys(catalogue), list(given), dict[int, Text]()
    for number, one in enumerate(given):
        if one.key not in keys or not one.value:
            continue
        found = await places.find(one.value)
        if isinstance(found, Text):
            astray[number] = found
        else:
            answers[number] = replace(one, value="/".join(division.code for division in found))
    return Located(tuple(answers), astray)


async def bring_places(case: Case, catalogue: Catalogue, places: Places) -> None:
    """So that each answer that is a place can be told in words."""
    keys = _division_keys(catalogue)
    for place, answer in case.private.answers.items():
        if answer.value and place.rpartition("/")[2] in keys:
            await places.bring(answer.value)


def _division_keys(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(rule.key for section in catalogue.sections for rule in section.fields if rule.format == DIVISION)
