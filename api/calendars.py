"""`import-calendar`: a year's notice of days off and worked weekends into the store; running processes count by it within a minute."""

import asyncio
from pathlib import Path

import structlog

from api.children import CannotRun
from api.settings import Settings
from domain.clock import system_now
from domain.days.calendar import CalendarYear, may_replace
from domain.days.calendars import Calendars
from domain.days.reading import CalendarFaults
from integrations.calendar_files import shipped_years, year_of
from integrations.mongo.calendars import CALENDARS, MongoCalendars
from integrations.mongo.collections import apply
from integrations.mongo.database import connect, database

EVERY = 60.0
"""Seconds: so long after an import a process may still count by the year before."""

log = structlog.stdlib.get_logger("calendars")


def import_calendar(settings: Settings, file: Path) -> int:
    """Raises CannotRun, before anything is written, with all that is wrong with the file; NoAnswer if the store is away."""
    try:
        year = year_of(file)
    except CalendarFaults as why:
        raise CannotRun(f"{why}\nNothing was imported.") from why
    print(asyncio.run(_import(settings, year)))
    return 0


async def _import(settings: Settings, year: CalendarYear) -> str:
    client = connect(settings.mongo_url)
    try:
        store = database(client, settings.mongo_database)
        await apply(store, (CALENDARS,))
        calendars = Calendars(shipped_years(), MongoCalendars(store))
        await calendars.refresh()
        before = calendars.in_force.years.get(year.year)
        if not may_replace(year, before) or not await MongoCalendars(store).keep(year, at=system_now()):
            raise CannotRun(f"{year.year} is official already, and this file is provisional. Nothing was imported.")
        return _told(year, before)
    finally:
        client.close()


def _told(year: CalendarYear, before: CalendarYear | None) -> str:
    instead = f"in place of the {before.status} one" if before else "where there was none"
    return f"{year.year}: {len(year.off)} days off, {len(year.working)} weekend days worked, {year.status}, {instead}"


async def follow(calendars: Calendars, *, every: float = EVERY) -> None:
    """Until cancelled."""
    while True:
        await asyncio.sleep(every)
        try:
            await calendars.refresh()
        except Exception as away:  # the store is away: the calendar stays as it was read last
            log.warning("the calendar was not read", why=type(away).__name__)
