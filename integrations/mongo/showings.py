"""Codes that show a certificate, looks at it, and wrong codes: all by keyed hashes, so that the store alone shows nobody anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.certificates.certificate import Certificate
from domain.certificates.showing import Look, Showing
from domain.certificates.views import View, ViewPage
from domain.guessing import Patience
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

REMEMBERED = timedelta(days=1)

PRESENTATIONS = Collection(
    name="presentations",
    shard_key="_id",
    kept="a day",
    schema={
        "bsonType": "object",
        "required": ["_id", "certificate", "person", "expires_at", "forget_at", "look"],
        "properties": {
            "_id": {"bsonType": "string"},
            "certificate": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
            "forget_at": {"bsonType": "date"},
            "look": {"bsonType": ["object", "null"]},
        },
    },
    indexes=(IndexModel([("look.asked", 1), ("look.by", 1)]), IndexModel([("forget_at", 1)], expireAfterSeconds=0)),
)

CERTIFICATE_VIEWS = Collection(
    name="certificate_views",
    shard_key="person",
    kept="as long as the certificate",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "certificate", "order", "at", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "certificate": {"bsonType": "string"},
            "order": {"bsonType": "string"},
            "at": {"bsonType": "date"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(IndexModel([("person", 1), ("certificate", 1), ("order", -1)]), IndexModel([("person", 1), ("order", -1)])),
    sealed=(Sealed(),),
)

CERTIFICATE_ATTEMPTS = Collection(
    name="certificate_attempts",
    shard_key="_id",
    kept="a quarter of an hour after the last wrong code",
    schema={
        "bsonType": "object",
        "required": ["_id", "wrong", "forget_at"],
        "properties": {"_id": {"bsonType": "string"}, "wrong": {"bsonType": "array"}, "forget_at": {"bsonType": "date"}},
    },
    indexes=(IndexModel([("forget_at", 1)], expireAfterSeconds=0),),
)


@dataclass(frozen=True, slots=True)
class MongoShowings:
    """The `Showings` of domain/certificates/stores.py."""

    database: Database

    async def add(self, showing: Showing) -> Showing:
        fresh: Document = {
            "_id": showing.id,
            "certificate": showing.certificate,
            "person": showing.person,
            "expires_at": showing.expires_at,
            "forget_at": showing.expires_at + REMEMBERED,
            "look": None,
        }
        try:
            await self._presentations.insert_one(fresh)
        except DuplicateKeyError:
            return await self.find(showing.id) or showing
        return showing

    async def find(self, id: str) -> Showing | None:
        found = await self._presentations.find_one({"_id": id})
        return msgspec.convert(found | {"id": id}, Showing) if found else None

    async def asked(self, look: Look) -> str | None:
        found = await self._presentations.find_one({"look.asked": look.asked, "look.by": look.by}, {"look": 1})
        return msgspec.convert(found["look"], Look).of if found else None

    async def take(self, showing: Showing, look: Look) -> bool:
        unused: Document = {"_id": showing.id, "look": None}
        used: Document = {"by": look.by, "at": look.at, "asked": look.asked, "of": look.of}
        taken = await self._presentations.update_one(unused, {"$set": {"look": used}})
        return bool(taken.matched_count)

    @property
    def _presentations(self) -> AsyncIOMotorCollection[Document]:
        return self.database[PRESENTATIONS.name]


@dataclass(frozen=True, slots=True)
class MongoViews:
    """The `Views` of domain/certificates/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, view: View) -> None:
        document = closed(view, self.sealing, id=view.id, private=("name", "place", "purpose")) | {"order": view.order}
        try:
            await self._views.insert_one(document)
        except DuplicateKeyError:
            return

    async def page(self, certificate: Certificate, *, first: int, after: str | None) -> ViewPage:
        return await self._page({"person": certificate.person, "certificate": certificate.id}, first=first, after=after)

    async def of(self, person: str, *, first: int, after: str | None) -> ViewPage:
        """Of all certificates of that person."""
        return await self._page({"person": person}, first=first, after=after)

    async def _page(self, wanted: Document, *, first: int, after: str | None) -> ViewPage:
        older: Document = {"order": {"$lt": after}} if after else {}
        found = await self._views.find(wanted | older).sort("order", -1).to_list(first + 1)
        return ViewPage([opened(view, View, self.sealing) for view in found[:first]], more=len(found) > first, later=after is not None)

    @property
    def _views(self) -> AsyncIOMotorCollection[Document]:
        return self.database[CERTIFICATE_VIEWS.name]


@dataclass(frozen=True, slots=True)
class MongoAttempts:
    """The `Attempts` of domain/certificates/stores.py, and with another `collection` those of domain/mandates/stores.py."""

    database: Database
    patience: Patience = field(default_factory=Patience)
    collection: str = CERTIFICATE_ATTEMPTS.name

    async def wrong(self, address: str) -> Sequence[datetime]:
        found = await self._attempts.find_one({"_id": address})
        return msgspec.convert(found["wrong"], list[datetime]) if found else ()

    async def add_wrong(self, address: str, at: datetime) -> None:
        """The last few are kept, as many as it takes to lock."""
        kept: Document = {"$each": [at], "$slice": -self.patience.wrong}
        change: Document = {"$push": {"wrong": kept}, "$max": {"forget_at": at + self.patience.remembered}}
        try:
            await self._attempts.update_one({"_id": address}, change, upsert=True)
        except DuplicateKeyError:  # two first ones at once; now it is there
            await self._attempts.update_one({"_id": address}, change)

    async def take_back(self, address: str, at: datetime) -> None:
        await self._attempts.update_one({"_id": address}, {"$pull": {"wrong": at}})

    @property
    def _attempts(self) -> AsyncIOMotorCollection[Document]:
        return self.database[self.collection]


COLLECTIONS = (PRESENTATIONS, CERTIFICATE_VIEWS, CERTIFICATE_ATTEMPTS)
