"""How long an application is kept, by what became of it: dated figures of the catalogue. After that its private part is erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.catalogue.types import Catalogue
from domain.clock import day_in_china


class Outcome(StrEnum):
    """What became of it."""

    NEVER_SUBMITTED = "never-submitted"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not-accepted"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Kept:
    """`figure`: of the catalogue, in its unit."""

    figure: str
    in_years: bool = False


KEPT: Mapping[Outcome, Kept] = {
    Outcome.NEVER_SUBMITTED: Kept("kept-draft-days"),
    Outcome.WITHDRAWN: Kept("kept-withdrawn-days"),
    Outcome.NOT_ACCEPTED: Kept("kept-not-accepted-years", in_years=True),
    Outcome.DONE: Kept("kept-done-years", in_years=True),
}


def kept_until(outcome: Outcome, catalogue: Catalogue, *, since: datetime) -> datetime:
    """By the law of the day on which it ended."""
    kept = KEPT[outcome]
    amount = catalogue.figure(kept.figure, day_in_china(since))
    return years_later(since, amount) if kept.in_years else since + timedelta(days=amount)


def years_later(moment: datetime, years: int) -> datetime:
    """A 29 February becomes a 1 March where there is none."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
