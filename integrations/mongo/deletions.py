"""That somebody's data were deleted, when and what: the answer to the same request, and the proof that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.keeping.deletion import Deleted
from integrations.mongo.case_codec import bson_ready
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document

DELETIONS = Collection(
    name="deletions",
    shard_key="person",
    kept="three years (the figure kept-deletions-years)",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "request", "asked", "at", "lines", "forget_at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "request": {"bsonType": "string"},
            "asked": {"bsonType": "string"},
            "at": {"bsonType": "date"},
            "lines": {"bsonType": "array"},
            "forget_at": {"bsonType": "date"},
        },
    },
    indexes=(IndexModel([("person", 1), ("request", 1)], unique=True), IndexModel([("forget_at", 1)], expireAfterSeconds=0)),
)


@dataclass(frozen=True, slots=True)
class MongoDeletions:
    """The `Deletions` of domain/keeping/deletion.py. What was deleted is in it by kind and number alone."""

    database: Database

    async def find(self, person: str, request: str) -> Deleted | None:
        found = await self._deletions.find_one({"person": person, "request": request})
        return msgspec.convert(found | {"id": found["_id"]}, Deleted) if found else None

    async def add(self, deleted: Deleted, *, forget_at: datetime) -> Deleted:
        fields = bson_ready(deleted)
        assert isinstance(fields, Mapping)
        try:
            await self._deletions.insert_one({**fields, "_id": deleted.id, "forget_at": forget_at})
        except DuplicateKeyError:
            return await self.find(deleted.person, deleted.request) or deleted
        return deleted

    @property
    def _deletions(self) -> AsyncIOMotorCollection[Document]:
        return self.database[DELETIONS.name]
