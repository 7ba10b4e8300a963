"""Sign-ins under way: attempts while somebody is at the identity platform, and the tickets that they end in. And the diary of sign-ins.

Their ids are secrets that nobody else can have made: one that is there already is our own, sent again by the driver.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.acting import Assurance
from domain.sessions.attempt import SignInAttempt, Ticket, digest
from domain.sessions.diary import SignInEntry, SignInOutcome, SignInPage, SignInWay
from domain.sessions.session import REMEMBERED
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

ATTEMPTS = Collection(
    name="sign_in_attempts",
    shard_key="_id",
    kept="ten minutes",
    schema={
        "bsonType": "object",
        "required": ["_id", "browser", "expires_at", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "browser": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(IndexModel([("expires_at", 1)], expireAfterSeconds=0),),
    sealed=(Sealed(),),
)

TICKETS = Collection(
    name="sign_in_tickets",
    shard_key="_id",
    kept="two minutes, and ten more for an answer that was lost",
    schema={
        "bsonType": "object",
        "required": ["_id", "challenge", "expires_at", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "challenge": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
            "redeemed_by": {"bsonType": ["string", "null"]},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(IndexModel([("expires_at", 1)], expireAfterSeconds=int(REMEMBERED.total_seconds())),),
    sealed=(Sealed(),),
)

SIGN_INS = Collection(
    name="sign_ins",
    shard_key="person",
    kept="as many days as `kept-sign-ins-days` says",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "order", "at", "expires_at", "way", "outcome", "assurance", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "order": {"bsonType": "string"},
            "at": {"bsonType": "date"},
            "expires_at": {"bsonType": "date"},
            "way": {"enum": list(SignInWay)},
            "outcome": {"enum": list(SignInOutcome)},
            "assurance": {"enum": list(Assurance)},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(IndexModel([("person", 1), ("order", -1)]), IndexModel([("expires_at", 1)], expireAfterSeconds=0)),
    sealed=(Sealed(),),
)

COLLECTIONS = (ATTEMPTS, TICKETS, SIGN_INS)


@dataclass(frozen=True, slots=True)
class MongoAttempts:
    """The `Attempts` of domain/sessions/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, attempt: SignInAttempt) -> None:
        with suppress(DuplicateKeyError):
            await self._attempts.insert_one(closed(attempt, self.sealing, id=digest(attempt.secrets.state), private=("secrets", "wish")))

    async def one(self, state: str) -> SignInAttempt | None:
        found = await self._attempts.find_one({"_id": digest(state)})
        return opened(found, SignInAttempt, self.sealing) if found else None

    async def take(self, attempt: SignInAttempt) -> bool:
        gone = await self._attempts.delete_one({"_id": digest(attempt.secrets.state)})
        return bool(gone.deleted_count)

    @property
    def _attempts(self) -> AsyncIOMotorCollection[Document]:
        return self.database[ATTEMPTS.name]


@dataclass(frozen=True, slots=True)
class MongoTickets:
    """The `Tickets` of domain/sessions/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, ticket: Ticket) -> None:
        with suppress(DuplicateKeyError):
            await self._tickets.insert_one(closed(ticket, self.sealing, id=ticket.id, private=("proof",)))

    async def one(self, ticket: str) -> Ticket | None:
        found = await self._tickets.find_one({"_id": ticket})
        return opened(found, Ticket, self.sealing) if found else None

    async def redeem(self, ticket: Ticket, *, by: str) -> bool:
        free_or_mine: Document = {"_id": ticket.id, "redeemed_by": {"$in": [None, by]}}
        redeemed = await self._tickets.update_one(free_or_mine, {"$set": {"redeemed_by": by}})
        return bool(redeemed.matched_count)

    @property
    def _tickets(self) -> AsyncIOMotorCollection[Document]:
        return self.database[TICKETS.name]


@dataclass(frozen=True, slots=True)
class MongoDiary:
    """The `Diary` of domain/sessions/diary.py. `kept_until`: when an entry of a moment goes."""

    database: Database
    sealing: Sealing
    kept_until: Callable[[datetime], datetime]

    async def note(self, entry: SignInEntry) -> None:
        kept: Document = {"order": entry.order, "expires_at": self.kept_until(entry.at)}
        with suppress(DuplicateKeyError):
            await self._sign_ins.insert_one(closed(entry, self.sealing, id=entry.id, private=("origin",)) | kept)

    async def page(self, person: str, *, first: int, after: str | None) -> SignInPage:
        older: Document = {"order": {"$lt": after}} if after else {}
        found = await self._sign_ins.find({"person": person} | older).sort("order", -1).to_list(first + 1)
        entries = [opened(entry, SignInEntry, self.sealing) for entry in found[:first]]
        return SignInPage(entries, more=len(found) > first, later=after is not None)

    @property
    def _sign_ins(self) -> AsyncIOMotorCollection[Document]:
        return self.database[SIGN_INS.name]
