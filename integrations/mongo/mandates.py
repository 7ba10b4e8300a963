"""Mandates at rest: whose they are and the code lie sealed, bound to the mandate's id; each principal's are numbered without a gap.

Of two given at once only one gets the next number; the other decides again, and sees the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.cases.parts import RequestMark
from domain.guessing import Patience
from domain.mandates.mandate import Mandate
from domain.mandates.stores import MandatePage, NumberTaken, Places
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.leases import FREE, STUCK_FIRST
from integrations.mongo.sealed import closed, opened
from integrations.mongo.showings import CERTIFICATE_ATTEMPTS
from integrations.sealing import Sealing

PRIVATE = ("principal", "delegate", "code")
MOST_TRIES = Patience(wrong=50, within=timedelta(days=1), locked=timedelta(days=1))
"""So many wrong codes are remembered for so long, whatever the law of the day makes of them."""

MANDATES = Collection(
    name="mandates",
    shard_key="person",
    kept="as long as the principal's cases",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "number", "request", "order", "living", "version", "next_due", "lease", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "delegate": {"bsonType": ["string", "null"]},
            "organisation": {"bsonType": ["string", "null"]},
            "number": {"bsonType": ["int", "long"]},
            "request": {"bsonType": "string"},
            "order": {"bsonType": "string"},
            "living": {"bsonType": "bool"},
            "version": {"bsonType": ["int", "long"]},
            "next_due": {"bsonType": ["date", "null"]},
            "lease": {"bsonType": "object"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(
        IndexModel([("person", 1), ("number", 1)], unique=True),
        IndexModel([("person", 1), ("request", 1)], unique=True),
        IndexModel([("person", 1), ("living", 1)]),
        IndexModel([("person", 1), ("order", -1)]),
        IndexModel([("delegate", 1), ("living", 1)]),
        IndexModel([("delegate", 1), ("order", -1)]),
        IndexModel([("organisation", 1), ("order", -1)]),
        IndexModel([("next_due", 1)]),
        STUCK_FIRST,
    ),
    sealed=(Sealed(),),
)

MANDATE_DELEGATES = Collection(
    name="mandate_delegates",
    shard_key="_id",
    kept="as long as the delegate is known",
    schema={
        "bsonType": "object",
        "required": ["_id", "mandates", "version"],
        "properties": {"_id": {"bsonType": "string"}, "mandates": {"bsonType": "array"}, "version": {"bsonType": ["int", "long"]}},
    },
)

MANDATE_ATTEMPTS = replace(CERTIFICATE_ATTEMPTS, name="mandate_attempts", kept="a day after the last wrong code or failed reading")

COLLECTIONS = (MANDATES, MANDATE_DELEGATES, MANDATE_ATTEMPTS)


@dataclass(frozen=True, slots=True)
class MongoMandates:
    """The `Mandates` of domain/mandates/stores.py and of domain/access/capacities.py."""

    database: Database
    sealing: Sealing

    async def one(
        self, id: str, *, principal: str | None = None, delegate: str | None = None, organisation: str | None = None
    ) -> Mandate | None:
        whose = {"person": principal, "delegate": delegate, "organisation": organisation}
        found = await self._mandates.find_one({"_id": id} | {side: who for side, who in whose.items() if who})
        return self._mandate(found) if found else None

    async def received(self, delegate: str) -> Sequence[Mandate]:
        return [self._mandate(found) async for found in self._mandates.find({"delegate": delegate, "living": True})]

    async def given(self, principal: str) -> Sequence[Mandate]:
        return [self._mandate(found) async for found in self._mandates.find({"person": principal, "living": True})]

    async def last_number(self, principal: str) -> int:
        newest_first = self._mandates.find({"person": principal}, {"number": 1}).sort("number", -1).limit(1)
        return next((msgspec.convert(found["number"], int) for found in await newest_first.to_list(1)), 0)

    async def asked(self, mark: RequestMark, *, principal: str) -> Mandate | None:
        found = await self._mandates.find_one({"person": principal, "request": _request(mark)})
        return self._mandate(found) if found else None

    async def add(self, mandate: Mandate) -> Mandate:
        kept = replace(mandate, version=1)
        try:
            await self._mandates.insert_one(self._document(kept) | {"request": _first_request(kept), "lease": FREE})
        except DuplicateKeyError:
            raise NumberTaken from None
        return kept

    async def save(self, mandate: Mandate) -> Mandate | None:
        as_read: Document = {"_id": mandate.id, "person": mandate.principal.id, "version": mandate.version}
        kept = replace(mandate, version=mandate.version + 1)
        change = {field: value for field, value in self._document(kept).items() if field not in {"_id", "person"}}
        saved = await self._mandates.update_one(as_read, {"$set": change})
        return kept if saved.matched_count else None

    async def ask_register_now(self, principal: str, *, at: datetime) -> None:
        """Of each that the person has given: it may be over with their capacity."""
        theirs: Document = {"person": principal, "living": True}
        await self._mandates.update_many(theirs, {"$set": {"next_due": at, "ask_register_at": at}, "$inc": {"version": 1}})

    async def page(self, *, first: int, after: Mandate | None, person: str) -> MandatePage:
        """Two reads by index, merged: the embedded store has none for either-or."""
        found = [*await self._newest({"person": person}, first, after), *await self._newest({"delegate": person}, first, after)]
        return _page(sorted(found, key=_order, reverse=True), first=first, later=after is not None)

    async def page_in_person(self, *, first: int, after: Mandate | None, organisation: str) -> MandatePage:
        return _page(await self._newest({"organisation": organisation}, first, after), first=first, later=after is not None)

    async def _newest(self, whose: Document, first: int, after: Mandate | None) -> list[Mandate]:
        older: Document = {"order": {"$lt": _order(after)}} if after else {}
        found = await self._mandates.find(whose | older).sort("order", -1).to_list(first + 1)
        return [self._mandate(one) for one in found]

    def _document(self, mandate: Mandate) -> Document:
        return closed(mandate, self.sealing, id=mandate.id, private=PRIVATE) | {
            "person": mandate.principal.id,
            "delegate": None if mandate.in_person else mandate.delegate.id,
            "order": _order(mandate),
            "living": mandate.ended_because is None,
            "next_due": mandate.next_due,
        }

    def _mandate(self, found: Document) -> Mandate:
        return opened(found, Mandate, self.sealing)

    @property
    def _mandates(self) -> AsyncIOMotorCollection[Document]:
        return self.database[MANDATES.name]


@dataclass(frozen=True, slots=True)
class MongoDelegates:
    """The `Delegates` of domain/mandates/stores.py."""

    database: Database

    async def places(self, delegate: str) -> Places:
        found = await self._delegates.find_one({"_id": delegate})
        return msgspec.convert(found | {"delegate": delegate}, Places) if found else Places(delegate)

    async def save(self, places: Places) -> bool:
        kept: Document = {"mandates": list(places.mandates), "version": places.version + 1}
        if places.version:
            saved = await self._delegates.update_one({"_id": places.delegate, "version": places.version}, {"$set": kept})
            return bool(saved.matched_count)
        try:
            await self._delegates.insert_one({"_id": places.delegate} | kept)
        except DuplicateKeyError:
            return False
        return True

    @property
    def _delegates(self) -> AsyncIOMotorCollection[Document]:
        return self.database[MANDATE_DELEGATES.name]


def _order(mandate: Mandate) -> str:
    """Sorts as time does, and two of one moment always the same way."""
    return f"{int(mandate.granted_at.timestamp() * 1000):015}.{mandate.id}"


def _request(mark: RequestMark) -> str:
    return f"{mark.person}.{mark.id}"


def _first_request(mandate: Mandate) -> str:
    """A mandate that no request made stands alone."""
    mark = mandate.history[0].mark if mandate.history else None
    return _request(mark) if mark else mandate.id


def _page(found: Sequence[Mandate], *, first: int, later: bool) -> MandatePage:
    return MandatePage(found[:first], more=len(found) > first, later=later)
