"""What the identity platform has told us at rest: whose identity is suspended, and which signals have been obeyed. All by keyed hashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.people import Person
from domain.sessions.session import Proof
from domain.sessions.signals import REMEMBERED, Signal
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document
from integrations.mongo.sessions import PLATFORM_SESSION, SUBJECT
from integrations.sealing import Sealing

IDENTITIES = Collection(
    name="identities",
    shard_key="_id",
    kept="as long as anything of theirs is kept",
    schema={
        "bsonType": "object",
        "required": ["_id", "suspended", "at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "suspended": {"bsonType": "bool"},
            "at": {"bsonType": "date"},
        },
    },
    indexes=(IndexModel([("person", 1), ("suspended", 1)]),),
)

SIGNALS = Collection(
    name="identity_signals",
    shard_key="_id",
    kept="an hour",
    schema={
        "bsonType": "object",
        "required": ["_id", "at", "expires_at"],
        "properties": {"_id": {"bsonType": "string"}, "at": {"bsonType": "date"}, "expires_at": {"bsonType": "date"}},
    },
    indexes=(IndexModel([("expires_at", 1)], expireAfterSeconds=0),),
)

COLLECTIONS = (IDENTITIES, SIGNALS)


@dataclass(frozen=True, slots=True)
class MongoIdentities:
    """The `Identities` of domain/sessions/signals.py."""

    database: Database
    sealing: Sealing

    async def met(self, subject: str, person: Person, *, at: datetime) -> None:
        """`person` is written whatever came last; whether it is suspended only if the platform said nothing later."""
        id = self._id(subject)
        await self._begin(id, at)
        await self._identities.update_one({"_id": id}, {"$set": {"person": person.id}})
        await self._identities.update_one({"_id": id, "at": {"$lt": at}}, {"$set": {"suspended": False, "at": at}})

    async def tell(self, subject: str, *, suspended: bool, at: datetime) -> None:
        id = self._id(subject)
        await self._begin(id, at)
        not_later: Document = {"_id": id, "at": {"$lte": at}}
        await self._identities.update_one(not_later, {"$set": {"suspended": suspended, "at": at}})

    async def person_of(self, subject: str) -> str | None:
        found = await self._identities.find_one({"_id": self._id(subject)})
        return str(found["person"]) if found and "person" in found else None

    async def suspended(self, *, person: str | None, subject: str | None) -> bool:
        whose: Document = {"person": person} if person else {"_id": self._id(subject or "")}
        return await self._identities.find_one(whose | {"suspended": True}) is not None

    async def _begin(self, id: str, at: datetime) -> None:
        """The first words about somebody; nothing is said by them yet."""
        try:
            await self._identities.update_one({"_id": id}, {"$setOnInsert": {"suspended": False, "at": at}}, upsert=True)
        except DuplicateKeyError:  # another was first at the same moment
            return

    def _id(self, subject: str) -> str:
        return self.sealing.fingerprint(subject, purpose=SUBJECT)

    @property
    def _identities(self) -> AsyncIOMotorCollection[Document]:
        return self.database[IDENTITIES.name]


@dataclass(frozen=True, slots=True)
class MongoSignals:
    """The `Signals` of domain/sessions/signals.py."""

    database: Database
    sealing: Sealing

    async def obeyed(self, signal: Signal) -> bool:
        return await self._signals.find_one({"_id": self._of_signal(signal)}) is not None

    async def tick(self, signal: Signal) -> None:
        await self._keep(self._of_signal(signal), signal.at)

    async def note(self, signal: Signal) -> None:
        if signal.platform_session:
            await self._keep(self._of_session(signal.platform_session), signal.at)
        elif signal.subject:
            await self._keep(self._of_subject(signal.subject), signal.at)

    async def signed_out(self, proof: Proof) -> bool:
        said = [note async for note in self._signals.find({"_id": {"$in": list(self._about(proof))}})]
        return any(_is_about(note, proof) for note in said)

    def _about(self, proof: Proof) -> Iterator[str]:
        yield from map(self._of_session, proof.platform_sessions)
        if proof.subject:
            yield self._of_subject(proof.subject)

    async def _keep(self, id: str, at: datetime) -> None:
        change: Document = {"$max": {"at": at, "expires_at": at + REMEMBERED}}
        try:
            await self._signals.update_one({"_id": id}, change, upsert=True)
        except DuplicateKeyError:  # two first ones at once; now it is there
            await self._signals.update_one({"_id": id}, change)

    def _of_signal(self, signal: Signal) -> str:
        return f"signal.{self.sealing.fingerprint(signal.id, purpose='identity-signal')}"

    def _of_session(self, session: str) -> str:
        return f"session.{self.sealing.fingerprint(session, purpose=PLATFORM_SESSION)}"

    def _of_subject(self, subject: str) -> str:
        return f"subject.{self.sealing.fingerprint(subject, purpose=SUBJECT)}"

    @property
    def _signals(self) -> AsyncIOMotorCollection[Document]:
        return self.database[SIGNALS.name]


def _is_about(note: Document, proof: Proof) -> bool:
    """A platform session ends for good; who has signed out everywhere may have signed in again since."""
    at = note["at"]
    return str(note["_id"]).startswith("session.") or (isinstance(at, datetime) and at >= proof.proved_at)
