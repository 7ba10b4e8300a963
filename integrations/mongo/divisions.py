"""What an operator imported of places: one document for each county, with its towns and villages."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pymongo import ReplaceOne
from pymongo.errors import ConnectionFailure

from domain.places.divisions import Divisions, divisions
from domain.places.table import CountyTable
from domain.ports import NoAnswer
from integrations.mongo.collections import Collection as Declared
from integrations.mongo.database import Database, Document

DIVISIONS = Declared(
    name="divisions",
    shard_key="_id",
    kept="until the county is imported anew",
    schema={
        "bsonType": "object",
        "required": ["_id", "rows"],
        "additionalProperties": False,
        "properties": {
            "_id": {"bsonType": "string", "pattern": "^[0-9]{6}$", "description": "the county's code"},
            "rows": {"bsonType": "array", "items": {"bsonType": "array"}, "description": "code and name of each, in the order of codes"},
        },
    },
)


@dataclass(frozen=True, slots=True)
class MongoDivisions:
    """`hant`: names in traditional characters are made when they are read."""

    database: Database
    hant: Callable[[str], str]

    async def county(self, code: str) -> Divisions | None:
        found = await self.database[DIVISIONS.name].find_one({"_id": code})
        return divisions(((code, name) for code, name in found["rows"]), self.hant) if found else None  # type: ignore[attr-defined]

    async def imported(self, codes: Sequence[str]) -> Collection[str]:
        found = self.database[DIVISIONS.name].find({"_id": {"$in": list(codes)}}, {"_id": True})
        return frozenset([str(each["_id"]) async for each in found])

    async def keep(self, counties: Sequence[CountyTable]) -> None:
        """In place of what was there of them; doing it again changes nothing. Raises NoAnswer."""
        try:
            await self.database[DIVISIONS.name].bulk_write(list(map(_written, counties)), ordered=False)
        except ConnectionFailure as away:
            raise NoAnswer("the document store", type(away).__name__) from away


def _written(county: CountyTable) -> ReplaceOne[Document]:
    document: Document = {"_id": county.code, "rows": county.rows}
    return ReplaceOne({"_id": county.code}, document, upsert=True)
