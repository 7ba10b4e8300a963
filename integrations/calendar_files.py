"""Calendars of working days as files, one a year: those that are shipped, and the one that an operator imports."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from domain.days.calendar import CalendarYear
from domain.days.reading import CalendarFaults, read_year
from integrations.catalogue_files import CALENDAR, CATALOGUE


def shipped_years(folder: Path = CATALOGUE / CALENDAR) -> Mapping[int, CalendarYear]:
    """Raises CalendarFaults."""
    years = [year_of(file) for file in sorted(folder.glob("*.toml"))]
    return {year.year: year for year in years}


def year_of(file: Path) -> CalendarYear:
    """Raises CalendarFaults, in which each fault names the file."""
    try:
        return read_year(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as why:
        raise CalendarFaults([f"{file} cannot be read: {why.strerror}"]) from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise CalendarFaults([f"{file} is not TOML: {why}"]) from why
    except CalendarFaults as why:
        raise CalendarFaults([f"{file}: {fault}" for fault in why.faults]) from why
