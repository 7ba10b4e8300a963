"""The calendar in force in this process: what was shipped, and over it what operators imported; read again every minute or so.

Deadlines are counted when they are read, so that a year's notice, once imported, moves all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from domain.days.calendar import Calendar, CalendarYear, joined


class ImportedYears(Protocol):
    async def years(self) -> Mapping[int, CalendarYear]: ...


@dataclass(slots=True)
class Calendars:
    """`in_force` is replaced, never changed."""

    shipped: Mapping[int, CalendarYear]
    imported: ImportedYears
    in_force: Calendar = field(init=False)

    def __post_init__(self) -> None:
        self.in_force = Calendar(self.shipped)

    async def refresh(self) -> None:
        """A calendar that is the same keeps what it has worked out."""
        found = joined(self.shipped, await self.imported.years())
        if found != self.in_force:
            self.in_force = found
