"""Calendars for tests: what is shipped, and whatever a test says an operator imported."""

from collections.abc import Mapping

from domain.days.calendar import CalendarYear


class Imported:
    """Nothing yet, or what a test says."""

    def __init__(self, *years: CalendarYear) -> None:
        self.kept = {year.year: year for year in years}

    async def years(self) -> Mapping[int, CalendarYear]:
        return self.kept
