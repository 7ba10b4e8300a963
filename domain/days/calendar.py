"""Which days are worked (工作日): what the State Council announces for each year, and what stands in for it until then.

A notice may also move days at the end of the year before (2022-12-31 was off by the notice for 2023, 2018-12-29 was worked by that for
2019), so the last week of a year is certain only when the next year's notice is there too.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

DAY = timedelta(days=1)
MOVED_FROM = (12, 25)
"""Month and day: before these of the year before, no notice has moved anything."""


class CalendarStatus(StrEnum):
    """PROVISIONAL: the days that law itself sets, because nobody has announced yet how they are arranged."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What one notice says: days off, and weekend days that are worked instead, each with the holiday that it is for."""

    year: int
    status: CalendarStatus
    source: str
    off: Mapping[date, str]
    working: Mapping[date, str]

    @property
    def official(self) -> bool:
        return self.status is CalendarStatus.OFFICIAL


@dataclass(frozen=True)
class Calendar:
    """The years that are known; in any other, Monday to Friday are worked, provisionally."""

    years: Mapping[int, CalendarYear]
    _worked: dict[int, tuple[date, ...]] = field(default_factory=dict, compare=False, repr=False)

    def works(self, day: date) -> bool:
        return self._stated.get(day, day.weekday() < 5)

    def is_holiday(self, day: date) -> bool:
        """Off by a notice; a plain Saturday is not."""
        return self._stated.get(day) is False

    def working_day_after(self, day: date, number: int) -> date:
        """The first, second … working day after that day; `number` is at least 1. Takes no longer for the hundredth."""
        year = day.year
        at = bisect_right(self._working_days(year), day) + number - 1
        while at >= len(self._working_days(year)):
            at -= len(self._working_days(year))
            year += 1
        return self._working_days(year)[at]

    def is_certain(self, first: date, last: date) -> bool:
        """All has been announced that could still move a day from the first to the last."""
        until = last.year + ((last.month, last.day) >= MOVED_FROM)
        return all(year in self.years and self.years[year].official for year in range(first.year, until + 1))

    @cached_property
    def _stated(self) -> Mapping[date, bool]:
        """Of two years that name the same day the later counts."""
        stated: dict[date, bool] = {}
        for _, year in sorted(self.years.items()):
            stated |= dict.fromkeys(year.off, False) | dict.fromkeys(year.working, True)
        return stated

    def _working_days(self, year: int) -> tuple[date, ...]:
        if year not in self._worked:
            first, after = date(year, 1, 1), date(year + 1, 1, 1)
            days = (first + DAY * number for number in range((after - first).days))
            self._worked[year] = tuple(day for day in days if self.works(day))
        return self._worked[year]


def may_replace(new: CalendarYear, old: CalendarYear | None) -> bool:
    """What was announced is never replaced by what was not; a later notice (国务院 has corrected some) replaces an earlier one."""
    return old is None or new.official or not old.official


def joined(shipped: Mapping[int, CalendarYear], imported: Mapping[int, CalendarYear]) -> Calendar:
    """What an operator imported, over what was shipped."""
    replacing = {year: one for year, one in imported.items() if may_replace(one, shipped.get(year))}
    return Calendar({**shipped, **replacing})
