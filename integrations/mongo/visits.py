"""Home visits at rest. Who is visited, where, and by whom lies sealed; the unique index allows one open visit of a person."""

from dataclasses import dataclass, replace

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.cases.parts import RequestMark
from domain.visits.stores import OpenVisit, Owner, VisitPage
from domain.visits.visit import Visit, VisitStatus
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

VISITS = Collection(
    name="visits",
    shard_key="visited",
    kept="as long as anything of the person's is kept",
    schema={
        "bsonType": "object",
        "required": ["_id", "visited", "organisation", "status", "booking", "order", "sealed", "version"],
        "properties": {
            "_id": {"bsonType": "string"},
            "visited": {"bsonType": "string"},
            "organisation": {"bsonType": "string"},
            "status": {"enum": list(VisitStatus)},
            "slot": {"bsonType": ["string", "null"]},
            "booking": {"bsonType": "string"},
            "order": {"bsonType": "string"},
            "sealed": {"bsonType": "binData"},
            "version": {"bsonType": ["int", "long"]},
        },
    },
    indexes=(
        IndexModel([("visited", 1), ("slot", 1)], unique=True, partialFilterExpression={"slot": {"$gt": ""}}),
        IndexModel([("visited", 1), ("booking", 1)], unique=True),
        IndexModel([("visited", 1), ("order", -1)]),
        IndexModel([("organisation", 1), ("order", -1)]),
    ),
    sealed=(Sealed(),),
)

PRIVATE = ("person", "address", "division", "note", "visitor", "why", "reason")
OPEN = "open"


@dataclass(frozen=True, slots=True)
class MongoVisits:
    """The `Visits` of domain/visits/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, visit: Visit) -> Visit:
        try:
            await self._visits.insert_one(self._document(visit) | {"booking": _booking(visit.marks[0])})
        except DuplicateKeyError:
            same = await self.booked_by(visit.marks[0], person=visit.person.id)
            if same is None:
                raise OpenVisit from None
            same.has_seen(visit.marks[0])
            return same
        return visit

    async def booked_by(self, mark: RequestMark, *, person: str) -> Visit | None:
        return self._visit(await self._visits.find_one({"visited": person, "booking": _booking(mark)}))

    async def one(self, id: str, *, owner: Owner) -> Visit | None:
        return self._visit(await self._visits.find_one({"_id": id, **_within(owner)}))

    async def save(self, visit: Visit) -> Visit | None:
        as_read: Document = {"_id": visit.id, "visited": visit.person.id, "version": visit.version}
        later = replace(visit, version=visit.version + 1)
        changed = await self._visits.update_one(as_read, {"$set": self._document(later)})
        return later if changed.matched_count else None

    async def page(self, owner: Owner, *, first: int, after: str | None) -> VisitPage:
        earlier: Document = {"order": {"$lt": after}} if after else {}
        found = await self._visits.find(_within(owner) | earlier).sort("order", -1).to_list(first + 1)
        visits = [opened(document, Visit, self.sealing) for document in found[:first]]
        return VisitPage(visits, more=len(found) > first, later=after is not None)

    async def forget(self, person: str) -> None:
        await self._visits.delete_many({"visited": person})

    def _document(self, visit: Visit) -> Document:
        document = closed(visit, self.sealing, id=visit.id, private=PRIVATE)
        return document | {"visited": visit.person.id, "slot": OPEN if visit.status.open else None, "order": visit.order}

    def _visit(self, found: Document | None) -> Visit | None:
        return opened(found, Visit, self.sealing) if found else None

    @property
    def _visits(self) -> AsyncIOMotorCollection[Document]:
        return self.database[VISITS.name]


def _booking(mark: RequestMark) -> str:
    return f"{mark.person} {mark.id}"


def _within(owner: Owner) -> Document:
    whose: Document = {"visited": owner.person} if owner.person else {"organisation": owner.organisation}
    return whose | {"booked_by.person": owner.booked_by} if owner.booked_by else whose
