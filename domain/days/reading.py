"""A year's calendar from a parsed file, and all that is wrong with the file.

A file states `year`, `status`, `source`, and the days under the names of their holidays: `[off]` and `[working]`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from domain.days.calendar import MOVED_FROM, CalendarStatus, CalendarYear

KEYS = ("year", "status", "source", "off", "working")
FIRST_YEAR = 1949
LAST_YEAR = 2200
"""Beyond these a year is a slip of the pen."""

Table = Mapping[str, object]


class CalendarFaults(Exception):
    """Each a sentence that names where it is."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_year(table: Table) -> CalendarYear:
    """Raises CalendarFaults with every fault at once."""
    faults = [*_unknown(table), *_head(table), *_kinds(table)]
    if not faults:
        faults = [*_days(table)]
    if faults:
        raise CalendarFaults(faults)
    return CalendarYear(
        year=int(str(table["year"])),
        status=CalendarStatus(str(table["status"])),
        source=str(table["source"]),
        off={day: name for name, day in _stated(table, "off")},
        working={day: name for name, day in _stated(table, "working")},
    )


def _unknown(table: Table) -> Iterator[str]:
    yield from (f"{key} is not a key known here; a calendar states {', '.join(KEYS)}" for key in table if key not in KEYS)


def _head(table: Table) -> Iterator[str]:
    year, status, source = (table.get(key) for key in ("year", "status", "source"))
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        yield f"year must be the year that it is for, a number of four digits; it is {year!r}"
    if status not in list(CalendarStatus):
        yield f"status must be 'official' or 'provisional'; it is {status!r}"
    if not isinstance(source, str) or not source.strip():
        yield "source must say where it was announced"


def _kinds(table: Table) -> Iterator[str]:
    for kind in ("off", "working"):
        found = table.get(kind, {})
        if not isinstance(found, dict):
            yield f"{kind} must be a table of holidays with their days"
            continue
        for name, days in found.items():
            if not isinstance(days, list) or not days or not all(map(_is_date, days)):
                yield f"{kind}.{name} must be a list of dates, as [2027-01-01, 2027-01-02]"
    if not table.get("off"):
        yield "off names no day; every year has days off"


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _days(table: Table) -> Iterator[str]:
    seen: dict[date, str] = {}
    for kind in ("off", "working"):
        for name, day in _stated(table, kind):
            place = f"{kind}.{name}"
            if day in seen:
                yield f"{place} names {day}, which {seen[day]} names already"
            seen.setdefault(day, place)
            if not _belongs(day, int(str(table["year"]))):
                yield f"{place} names {day}, which is not a day of {table['year']}"
            if kind == "working" and day.weekday() < 5:
                yield f"{place} names {day}, which is worked anyway: it is no Saturday or Sunday"


def _belongs(day: date, year: int) -> bool:
    return day.year == year or (day.year == year - 1 and (day.month, day.day) >= MOVED_FROM)


def _stated(table: Table, kind: str) -> Iterator[tuple[str, date]]:
    found = table.get(kind, {})
    assert isinstance(found, dict), "refused before"
    for name, days in found.items():
        yield from ((name, day) for day in days)
