"""Employers' lists of staff at rest: for a day, sealed; and which list a request to open cases meant."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.employers.stores import Import, StaffSheet
from domain.errors import Unavailable
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

KEPT = timedelta(days=1)

STAFF_SHEETS = Collection(
    name="staff_sheets",
    shard_key="organisation",
    kept="a day",
    schema={
        "bsonType": "object",
        "required": ["_id", "organisation", "by", "request", "at", "content", "sealed", "expires_at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "organisation": {"bsonType": "string"},
            "by": {"bsonType": "string"},
            "request": {"bsonType": "string"},
            "at": {"bsonType": "date"},
            "content": {"bsonType": "string"},
            "sealed": {"bsonType": "binData"},
            "expires_at": {"bsonType": "date"},
        },
    },
    indexes=(
        IndexModel([("organisation", 1), ("by", 1), ("request", 1)], unique=True),
        IndexModel([("organisation", 1), ("_id", 1)]),
        IndexModel([("expires_at", 1)], expireAfterSeconds=0),
    ),
    sealed=(Sealed(),),
)

STAFF_IMPORTS = Collection(
    name="staff_imports",
    shard_key="organisation",
    kept="two days: longer than the list",
    schema={
        "bsonType": "object",
        "required": ["organisation", "by", "request", "fingerprint", "expires_at"],
        "properties": {
            "organisation": {"bsonType": "string"},
            "by": {"bsonType": "string"},
            "request": {"bsonType": "string"},
            "fingerprint": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
        },
    },
    indexes=(
        IndexModel([("organisation", 1), ("by", 1), ("request", 1)], unique=True),
        IndexModel([("expires_at", 1)], expireAfterSeconds=0),
    ),
)

COLLECTIONS = (STAFF_SHEETS, STAFF_IMPORTS)


@dataclass(frozen=True, slots=True)
class MongoStaffSheets:
    """The `StaffSheets` of domain/employers/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, sheet: StaffSheet) -> StaffSheet:
        document = closed(sheet, self.sealing, id=sheet.id, private=("rows", "faults")) | {"expires_at": sheet.at + KEPT}
        try:
            await self._sheets.insert_one(document)
        except DuplicateKeyError:
            found = await self._sheets.find_one({"organisation": sheet.organisation, "by": sheet.by, "request": sheet.request})
            return self._sheet(_still(found))
        return sheet

    async def one(self, id: str, *, organisation: str) -> StaffSheet | None:
        found = await self._sheets.find_one({"organisation": organisation, "_id": id})
        return self._sheet(found) if found else None

    async def begun(self, wanted: Import, *, at: datetime) -> Import:
        try:
            await self._imports.insert_one(asdict(wanted) | {"expires_at": at + 2 * KEPT})
        except DuplicateKeyError:
            found = await self._imports.find_one({"organisation": wanted.organisation, "by": wanted.by, "request": wanted.request})
            return msgspec.convert(_still(found), Import)
        return wanted

    def _sheet(self, found: Document) -> StaffSheet:
        return opened(found, StaffSheet, self.sealing)

    @property
    def _sheets(self) -> AsyncIOMotorCollection[Document]:
        return self.database[STAFF_SHEETS.name]

    @property
    def _imports(self) -> AsyncIOMotorCollection[Document]:
        return self.database[STAFF_IMPORTS.name]


def _still(found: Document | None) -> Document:
    """Its day was over between the two."""
    if found is None:
        raise Unavailable("files.try-again", retry_after_seconds=1)
    return found
