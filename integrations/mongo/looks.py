"""Who looked, at rest: looks noted at once are gathered and written together, each process in a chain of its own.

Nobody waits for more than the write under way and the next one. A write does not end with the request that asked for it. If it fails,
nobody knows whether the store has obeyed: those who wait are refused, and the next write begins another chain, so that whatever arrives
late finds its place still free.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import PyMongoError

from domain.cases.steps import Secret
from domain.errors import Unavailable
from domain.looks.chain import SALT_BYTES, Entry, Tip, read_entry
from domain.looks.desk import LookPage
from domain.looks.look import Look
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.sealing import CannotOpen, Sealing

AT_ONCE = 1_000
"""Entries in one write."""
PAUSE = 0.02
"""Seconds from one write to the next: what a busy hour gathers meanwhile costs one command. After a quiet moment nobody waits."""

ACCESS_LOG = Collection(
    name="access_log",
    shard_key="chain",
    kept="by the figure `access-log-years`",
    schema={
        "bsonType": "object",
        "required": ["_id", "chain", "number", "person", "order", "until", "entry", "hash", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "chain": {"bsonType": "string"},
            "number": {"bsonType": ["int", "long"]},
            "person": {"bsonType": "string"},
            "order": {"bsonType": "string"},
            "until": {"bsonType": "date"},
            "entry": {"bsonType": "binData"},
            "hash": {"bsonType": "string"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(
        IndexModel([("chain", 1), ("number", 1)], unique=True),
        IndexModel([("person", 1), ("order", -1)]),
        IndexModel([("until", 1)], expireAfterSeconds=0),
    ),
    sealed=(Sealed(),),
)


@dataclass(frozen=True, slots=True)
class _Note:
    looks: Sequence[Look]
    kept: asyncio.Future[None]

    def tell(self, fault: Exception | None) -> None:
        """Whoever hung up is told nothing."""
        if self.kept.done():
            return
        if fault:
            self.kept.set_exception(fault)
        else:
            self.kept.set_result(None)


@dataclass(slots=True)
class MongoLooks:
    """The `Looks` of domain/looks/look.py. `kept_until`: how long what is noted at that moment is kept."""

    database: Database
    sealing: Sealing
    new_chain: Callable[[], str]
    kept_until: Callable[[datetime], datetime]
    pause: float = PAUSE
    _waiting: list[_Note] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None
    _tip: Tip | None = None

    async def note(self, looks: Sequence[Look]) -> None:
        """Raises Unavailable."""
        if not looks:
            return
        note = _Note(looks, asyncio.get_running_loop().create_future())
        self._waiting.append(note)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await note.kept

    async def close(self) -> None:
        """What has been noted is written first."""
        if self._writing:
            await self._writing

    async def _write_all(self) -> None:
        while self._waiting:
            notes = self._gathered()
            try:
                await self._write([look for note in notes for look in note.looks])
            except BaseException as fault:
                self._tip = self._tip and self._tip.anew(self.new_chain())
                for note in notes:
                    note.tell(_refused(fault))
                if not isinstance(fault, Exception):
                    raise
            else:
                for note in notes:
                    note.tell(None)
            await asyncio.sleep(self.pause)

    def _gathered(self) -> list[_Note]:
        """As many notes as fit into one write; one that is larger goes alone."""
        taken, entries = 0, 0
        for note in self._waiting:
            entries += len(note.looks)
            if taken and entries > AT_ONCE:
                break
            taken += 1
        notes, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return notes

    async def _write(self, looks: Sequence[Look]) -> None:
        tip = self._tip = self._tip or Tip(self.new_chain())
        until = self.kept_until(max(look.at for look in looks))
        entries = list(tip.entries(looks, until=until, random=self.sealing.random))
        await self.database[ACCESS_LOG.name].insert_many([document_of(entry, self.sealing) for entry in entries])
        self._tip = tip.written(entries)


def _refused(fault: BaseException) -> Exception:
    """A fault of ours stays one; each is raised where somebody waits."""
    if isinstance(fault, Exception) and not isinstance(fault, PyMongoError):
        return fault
    refusal = Unavailable("refusal.unavailable", retry_after_seconds=1)
    refusal.__cause__ = fault
    return refusal


def document_of(entry: Entry, sealing: Sealing) -> Document:
    return {
        "_id": entry.id,
        "chain": entry.chain,
        "number": entry.number,
        "person": entry.look.person,
        "order": entry.order,
        "until": entry.until,
        "entry": entry.canonical,
        "hash": entry.hash,
        "sealed": sealing.seal(entry.secret.salt + entry.secret.data, about=entry.id),
    }


@dataclass(frozen=True, slots=True)
class MongoLookLog:
    """The `LookLog` of domain/looks/desk.py; and the whole of it, for anchors and for the proof."""

    database: Database
    sealing: Sealing

    async def page(self, person: str, *, first: int, after: str | None) -> LookPage:
        older: Document = {"order": {"$lt": after}} if after else {}
        found = await self._log.find({"person": person} | older).sort("order", -1).to_list(first + 1)
        return LookPage([self._entry(one) for one in found[:first]], more=len(found) > first, later=after is not None)

    async def chains(self) -> Sequence[str]:
        return sorted(msgspec.convert(await self._log.distinct("chain"), list[str]))

    async def entries(self, chain: str) -> AsyncIterator[tuple[str, Entry | None]]:
        """In order, each with its id; None for one that cannot be read, or that is found under what it does not say."""
        async for document in self._log.find({"chain": chain}).sort("number", 1):
            yield str(document["_id"]), self._whole(document)

    async def one(self, chain: str, number: int) -> Entry | None:
        found = await self._log.find_one({"chain": chain, "number": number})
        return self._whole(found) if found else None

    async def last(self, chain: str) -> Entry | None:
        found = await self._log.find({"chain": chain}).sort("number", -1).limit(1).to_list(1)
        return self._whole(found[0]) if found else None

    def _whole(self, document: Document) -> Entry | None:
        try:
            entry = self._entry(document)
        except (CannotOpen, msgspec.MsgspecError, KeyError):
            return None
        return entry if _found_as_told(document, entry) else None

    def _entry(self, document: Document) -> Entry:
        about = str(document["_id"])
        opened = self.sealing.open(msgspec.convert(document["sealed"], bytes), about=about)
        secret = Secret(opened[:SALT_BYTES], opened[SALT_BYTES:])
        return read_entry(msgspec.convert(document["entry"], bytes), str(document["hash"]), secret)

    @property
    def _log(self) -> AsyncIOMotorCollection[Document]:
        return self.database[ACCESS_LOG.name]


def _found_as_told(document: Document, entry: Entry) -> bool:
    """What it is found by is what the entry says: another person's name on it would hide it from whom it is about."""
    told = (entry.id, entry.chain, entry.number, entry.look.person, entry.order, entry.until)
    return told == tuple(document[key] for key in ("_id", "chain", "number", "person", "order", "until"))
