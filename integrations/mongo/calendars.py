"""The calendars of working days that an operator imported: one document a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from pymongo import IndexModel
from pymongo.errors import ConnectionFailure, DuplicateKeyError

from domain.days.calendar import CalendarStatus, CalendarYear
from domain.days.reading import FIRST_YEAR
from domain.ports import NoAnswer
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database

_DAYS = {"bsonType": "array", "items": {"bsonType": "array"}, "description": "each day with the name of its holiday"}

CALENDARS = Collection(
    name="calendars",
    shard_key="year",
    kept="until the year is imported anew",
    schema={
        "bsonType": "object",
        "required": ["year", "status", "source", "off", "working", "imported_at"],
        "additionalProperties": False,
        "properties": {
            "_id": {"bsonType": "objectId"},
            "year": {"bsonType": "int"},
            "status": {"enum": [status.value for status in CalendarStatus]},
            "source": {"bsonType": "string"},
            "off": _DAYS,
            "working": _DAYS,
            "imported_at": {"bsonType": "date"},
        },
    },
    indexes=(IndexModel("year", unique=True),),
)


@dataclass(frozen=True, slots=True)
class _Stored:
    year: int
    status: CalendarStatus
    source: str
    off: tuple[tuple[date, str], ...]
    working: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class MongoCalendars:
    database: Database

    async def years(self) -> Mapping[int, CalendarYear]:
        found = self.database[CALENDARS.name].find({"year": {"$gte": FIRST_YEAR}})
        stored = [msgspec.convert(document, _Stored) async for document in found]
        return {one.year: CalendarYear(one.year, one.status, one.source, dict(one.off), dict(one.working)) for one in stored}

    async def keep(self, year: CalendarYear, *, at: datetime) -> bool:
        """In place of what was imported for that year before; False, and nothing, if that is official and this is not. Raises NoAnswer."""
        document = {
            "year": year.year,
            "status": year.status.value,
            "source": year.source,
            "off": _rows(year.off),
            "working": _rows(year.working),
            "imported_at": at,
        }
        official = year.status is CalendarStatus.OFFICIAL
        replaced = {"year": year.year} if official else {"year": year.year, "status": CalendarStatus.PROVISIONAL.value}
        try:
            await self.database[CALENDARS.name].replace_one(replaced, document, upsert=True)
        except DuplicateKeyError:
            return False
        except ConnectionFailure as away:
            raise NoAnswer("the document store", type(away).__name__) from away
        return True


def _rows(days: Mapping[date, str]) -> list[list[str]]:
    return [[day.isoformat(), name] for day, name in days.items()]
