"""Sessions at rest, and which requests about them have been seen. Proof and account lie sealed in it: one read serves a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.acting import CapacityKind
from domain.errors import Conflict, Remedy, Unavailable
from domain.sessions.request import Request
from domain.sessions.session import Session
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

MOST_AT_ONCE = 100
SUBJECT, PLATFORM_SESSION = "identity-subject", "platform-session"

SESSIONS = Collection(
    name="sessions",
    shard_key="_id",
    kept="until the refresh token runs out, thirty days after the last",
    schema={
        "bsonType": "object",
        "required": ["_id", "version", "generation", "began_at", "expires_at", "capacity", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "version": {"bsonType": ["int", "long"]},
            "generation": {"bsonType": ["int", "long"]},
            "began_at": {"bsonType": "date"},
            "expires_at": {"bsonType": "date"},
            "ended_at": {"bsonType": ["date", "null"]},
            "capacity": {"enum": list(CapacityKind)},
            "person": {"bsonType": ["string", "null"]},
            "subject": {"bsonType": ["string", "null"]},
            "platform_sessions": {"bsonType": "array"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(
        IndexModel([("expires_at", 1)], expireAfterSeconds=0),
        IndexModel([("person", 1), ("ended_at", 1), ("began_at", -1)]),
        IndexModel([("subject", 1), ("ended_at", 1)]),
        IndexModel([("platform_sessions", 1), ("ended_at", 1)]),
        IndexModel([("assisted_by", 1), ("ended_at", 1)]),
    ),
    sealed=(Sealed(),),
)

REQUESTS = Collection(
    name="session_requests",
    shard_key="_id",
    kept="ten minutes; a sign-in's as long as its ticket",
    schema={
        "bsonType": "object",
        "required": ["_id", "input", "session", "expires_at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "input": {"bsonType": "string"},
            "session": {"bsonType": "string"},
            "expires_at": {"bsonType": "date"},
        },
    },
    indexes=(IndexModel([("expires_at", 1)], expireAfterSeconds=0),),
)

COLLECTIONS = (SESSIONS, REQUESTS)


@dataclass(frozen=True, slots=True)
class MongoSessions:
    """The `Sessions` of domain/sessions/stores.py."""

    database: Database
    sealing: Sealing

    async def one(self, session: str) -> Session | None:
        found = await self._sessions.find_one({"_id": session})
        return opened(found, Session, self.sealing) if found else None

    async def add(self, session: Session) -> Session:
        try:
            await self._sessions.insert_one(self._document(session))
        except DuplicateKeyError:
            return await self.one(session.id) or session
        return session

    async def save(self, session: Session) -> bool:
        as_read: Document = {"_id": session.id, "version": session.version}
        changed = await self._sessions.update_one(as_read, {"$set": self._document(session) | {"version": session.version + 1}})
        return bool(changed.matched_count)

    async def of(self, person: str) -> Sequence[Session]:
        return await self._living({"person": person})

    async def theirs(self, session: str, person: str) -> Session | None:
        found = await self._sessions.find_one({"_id": session, "person": person})
        return opened(found, Session, self.sealing) if found else None

    async def of_subject(self, subject: str) -> Sequence[Session]:
        return await self._living({"subject": self.sealing.fingerprint(subject, purpose=SUBJECT)})

    async def begun_in(self, platform_session: str) -> Sequence[Session]:
        return await self._living({"platform_sessions": self.sealing.fingerprint(platform_session, purpose=PLATFORM_SESSION)})

    async def assisted_by(self, person: str) -> Sequence[Session]:
        return await self._living({"assisted_by": person})

    async def _living(self, whose: Document) -> Sequence[Session]:
        newest_first = self._sessions.find(whose | {"ended_at": None}).sort("began_at", -1)
        return [opened(found, Session, self.sealing) for found in await newest_first.to_list(MOST_AT_ONCE)]

    def _document(self, session: Session) -> Document:
        proof = session.proof
        return closed(session, self.sealing, id=session.id, private=("proof", "account", "origin")) | {
            "person": proof.person.id if proof.person else None,
            "subject": self.sealing.fingerprint(proof.subject, purpose=SUBJECT) if proof.subject else None,
            "platform_sessions": [self.sealing.fingerprint(one, purpose=PLATFORM_SESSION) for one in proof.platform_sessions],
        }

    @property
    def _sessions(self) -> AsyncIOMotorCollection[Document]:
        return self.database[SESSIONS.name]


@dataclass(frozen=True, slots=True)
class MongoRequests:
    """The `Requests` of domain/sessions/stores.py. The id is unique among all callers: before signing in there is nobody to tell apart."""

    database: Database

    async def remember(self, request: Request, *, session: str, until: datetime) -> str:
        note: Document = {"_id": request.id, "input": request.input, "session": session, "expires_at": until}
        try:
            await self._requests.insert_one(note)
        except DuplicateKeyError:
            earlier = await self.recall(request)
            if earlier is None:  # its ten minutes were over between the two
                raise Unavailable("refusal.unavailable", retry_after_seconds=1) from None
            return earlier
        return session

    async def forget(self, request: Request) -> None:
        await self._requests.delete_one({"_id": request.id, "input": request.input})

    async def recall(self, request: Request) -> str | None:
        note = await self._requests.find_one({"_id": request.id})
        if note is None:
            return None
        if note["input"] != request.input:
            raise Conflict("refusal.request-reused", remedy=Remedy.NONE)
        return str(note["session"])

    @property
    def _requests(self) -> AsyncIOMotorCollection[Document]:
        return self.database[REQUESTS.name]
