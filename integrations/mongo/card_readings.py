"""Card readings that were begun: one nonce each, which one request spends."""

from dataclasses import dataclass
from datetime import timedelta

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.cases.parts import RequestMark
from domain.mandates.readings import CardReadingStart, spender
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document

REMEMBERED = timedelta(days=1)

CARD_READINGS = Collection(
    name="card_readings",
    shard_key="_id",
    kept="a day",
    schema={
        "bsonType": "object",
        "required": ["_id", "session", "expires_at", "forget_at", "spent_by", "mandate"],
        "properties": {
            "_id": {"bsonType": "string"},
            "session": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
            "forget_at": {"bsonType": "date"},
            "spent_by": {"bsonType": ["string", "null"]},
            "mandate": {"bsonType": ["string", "null"]},
        },
    },
    indexes=(IndexModel([("forget_at", 1)], expireAfterSeconds=0),),
)


@dataclass(frozen=True, slots=True)
class MongoCardReadings:
    """The `CardReadings` of domain/mandates/readings.py."""

    database: Database

    async def add(self, start: CardReadingStart) -> CardReadingStart:
        fresh: Document = {"_id": start.nonce, "session": start.session, "expires_at": start.expires_at, "spent_by": None, "mandate": None}
        try:
            await self._readings.insert_one(fresh | {"forget_at": start.expires_at + REMEMBERED})
        except DuplicateKeyError:
            return await self.one(start.nonce, session=start.session) or start
        return start

    async def one(self, nonce: str, *, session: str) -> CardReadingStart | None:
        found = await self._readings.find_one({"_id": nonce, "session": session})
        return msgspec.convert(found | {"nonce": nonce}, CardReadingStart) if found else None

    async def spend(self, start: CardReadingStart, *, by: RequestMark, mandate: str) -> CardReadingStart:
        change: Document = {"spent_by": spender(by), "mandate": mandate}
        await self._readings.update_one({"_id": start.nonce, "spent_by": None}, {"$set": change})
        return await self.one(start.nonce, session=start.session) or start

    @property
    def _readings(self) -> AsyncIOMotorCollection[Document]:
        return self.database[CARD_READINGS.name]
