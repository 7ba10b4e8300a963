"""Cases at rest: one document each, with its history; what belongs to the store and not to the case stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
import structlog
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from domain.access.reach import Reach
from domain.cases.case import Case
from domain.cases.errands import Awaited, next_due
from domain.cases.parts import CaseStatus, Turn
from domain.cases.seeing import organisations_in
from domain.cases.stores import CaseFilter, CasePage, Lease, LeaseLost, SlotTaken
from domain.clock import Now
from integrations.mongo.case_codec import CaseCodec, bson_ready
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.leases import FREE, STUCK_FIRST
from integrations.mongo.reaching import EVERYWHERE, NO_CASE, shard_of, within

CASES = Collection(
    name="cases",
    shard_key="person",
    kept="by outcome; pension files are locked, not deleted",
    schema={
        "bsonType": "object",
        "required": ["person", "number", "revision", "next_due", "lease", "touched_at", "opening", "region", "status", "case", "sealed"],
        "properties": {"revision": {"bsonType": ["int", "long"]}, "next_due": {"bsonType": ["date", "null"]}},
    },
    indexes=(
        IndexModel([("person", ASCENDING), ("slot", ASCENDING)], unique=True, partialFilterExpression={"slot": {"$gt": ""}}),
        IndexModel([("person", ASCENDING), ("opening", ASCENDING)], unique=True),
        IndexModel([("person", ASCENDING), ("opened_at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("organisation", ASCENDING), ("opened_at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("departments", ASCENDING), ("region", ASCENDING), ("opened_at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("organisation", ASCENDING), ("turn", ASCENDING), ("case.draft_expires_at", ASCENDING)]),
        IndexModel([("next_due", ASCENDING)]),
        STUCK_FIRST,
        IndexModel([("touched_at", ASCENDING)]),
        IndexModel([("awaiting.department", ASCENDING), ("awaiting.since", ASCENDING)]),
        IndexModel(
            [("slot", ASCENDING), ("region", ASCENDING), ("case.catalogue_version", ASCENDING)],
            partialFilterExpression={"slot": {"$gt": ""}},
        ),
    ),
    sealed=(Sealed(),),
)

CASE_NUMBERS = Collection(
    name="case_numbers",
    shard_key="_id",
    kept="for ever: a public number is never given twice",
    schema={"bsonType": "object", "required": ["case"]},
)

BY_ID = [("_id", ASCENDING)]
"""However the owner filter reads: of one id there is at most one case."""
OPEN = "open"
NEWEST_FIRST = [("opened_at", DESCENDING), ("_id", DESCENDING)]
LARGE_BYTES = 512 * 1024
"""A case is saved whole: one as large as this is slow, and something feeds it that should not."""

log = structlog.stdlib.get_logger("cases")


class _Backlog(msgspec.Struct):
    waiting: int = 0
    since: datetime | None = None


def slot_of(case: Case) -> str | None:
    """What nobody else of this person's cases may be at the same time: the open case, or the draft of one filer."""
    if case.status is CaseStatus.DRAFT:
        return f"draft.{case.keeper}"
    return None if case.over else OPEN


@dataclass(frozen=True, slots=True)
class MongoCases:
    """`awaiting`: which departments the case waits for; `departments`: all that its items belong to."""

    database: Database
    codec: CaseCodec
    awaiting: Callable[[Case], Sequence[Awaited]]
    departments: Callable[[Case], Sequence[str]]
    now: Now

    async def one(self, id: str, *, reach: Reach | None = None) -> Case | None:
        reach = reach or EVERYWHERE
        wanted: Document = {"person": shard_of(id), **within(reach), "_id": id if reach.case in {None, id} else NO_CASE}
        found = await self.database[CASES.name].find_one(wanted, hint=BY_ID)
        return self.codec.case(found) if found else None

    async def many(self, ids: Sequence[str], *, reach: Reach) -> Sequence[Case]:
        within_reach = [id for id in ids if reach.case in {None, id}]
        cursor = self.database[CASES.name].find({**within(reach), "_id": {"$in": within_reach}})
        return [self.codec.case(found) async for found in cursor]

    async def opened_by(self, request: str, *, person: str) -> Case | None:
        found = await self.database[CASES.name].find_one({"person": person, "opening": request})
        return self.codec.case(found) if found else None

    async def standing(self, person: str, *, filer: str | None) -> Case | None:
        slots = [OPEN, f"draft.{filer}"] if filer else [OPEN]
        found = await self.database[CASES.name].find_one({"person": person, "slot": {"$in": slots}})
        return self.codec.case(found) if found else None

    async def reserve_number(self, number: str, *, case: str) -> bool:
        try:
            await self.database[CASE_NUMBERS.name].insert_one({"_id": number, "case": case})
        except DuplicateKeyError:
            return False
        return True

    async def id_of(self, number: str) -> str | None:
        found = await self.database[CASE_NUMBERS.name].find_one({"_id": number})
        return str(found["case"]) if found else None

    async def add(self, case: Case, *, opening: str) -> Case:
        document = {
            "_id": case.id,
            "person": case.person,
            "number": case.number,
            "region": case.region,
            "opening": opening,
            "opened_at": case.opened_at,
            "lease": FREE,
            "revision": 1,
            **self._changing(case),
        }
        try:
            await self.database[CASES.name].insert_one(document)
        except DuplicateKeyError as error:
            raise SlotTaken from error
        return self.codec.versioned(case, 1)

    async def save(self, case: Case, *, lease: Lease | None = None) -> Case | None:
        wanted: Document = {"_id": case.id, "person": case.person, "revision": case.version}
        if lease:
            wanted["lease.owner"] = lease.owner
        change = {"$set": self._changing(case), "$inc": {"revision": 1}}
        try:
            result = await self.database[CASES.name].update_one(wanted, change)
        except DuplicateKeyError as error:
            raise SlotTaken from error
        if result.matched_count:
            return self.codec.versioned(case, case.version + 1)
        if lease and not await self._holds(lease, case):
            raise LeaseLost(case.id)
        return None

    async def _holds(self, lease: Lease, case: Case) -> bool:
        found = await self.database[CASES.name].find_one({"_id": case.id, "person": case.person}, {"lease": 1})
        held = found.get("lease") if found else None
        return isinstance(held, dict) and held.get("owner") == lease.owner

    def _changing(self, case: Case) -> Document:
        public, sealed = self.codec.document(case)
        if len(sealed) + sum(len(step.canonical) for step in case.history) > LARGE_BYTES:
            log.warning("a case grows large", case=case.id, steps=len(case.history), sealed_bytes=len(sealed))
        return {
            "case": public,
            "sealed": sealed,
            "status": case.status.value,
            "turn": case.turn.value,
            "slot": slot_of(case),
            "next_due": next_due(case),
            "touched_at": self.now(),
            "organisation": organisations_in(case),
            "departments": self.departments(case) if case.submitted_at else [],
            "item_ids": [f"item-{case.region}-{item.code}" for item in case.items],
            "awaiting": [bson_ready(one) for one in self.awaiting(case)],
        }

    async def raise_revisions(self, person: str) -> None:
        mine: Document = {"person": person, "slot": {"$gt": ""}}
        await self.database[CASES.name].update_many(mine, {"$inc": {"revision": 1}, "$set": {"touched_at": self.now()}})

    async def page(self, reach: Reach, *, first: int, after: str | None, filter: CaseFilter) -> CasePage:
        last = await self.one(after, reach=reach) if after else None
        cases: list[Case] = []
        for place in _after(last):
            wanted: Document = {**within(reach), **_filtered(filter), **place}
            found = await self.database[CASES.name].find(wanted).sort(NEWEST_FIRST).to_list(first + 1 - len(cases))
            cases += [self.codec.case(one) for one in found]
            if len(cases) > first:
                break
        return CasePage(cases[:first], more=len(cases) > first, later=after is not None)

    async def versions_in_use(self) -> Sequence[tuple[str, str]]:
        """(region, catalogue version) of the cases that are not over."""
        groups = self.database[CASES.name].aggregate(
            [
                {"$match": {"slot": {"$gt": ""}}},
                {"$group": {"_id": {"region": "$region", "version": "$case.catalogue_version"}}},
            ]
        )
        return [(group["_id"]["region"], group["_id"]["version"]) async for group in groups]

    async def backlog(self, department: str) -> tuple[int, datetime | None]:
        """How many items wait for the department, and since when the first; the same case may wait for another since longer."""
        theirs: Document = {"$match": {"awaiting.department": department}}
        counted: Document = {"$group": {"_id": None, "waiting": {"$sum": 1}, "since": {"$min": "$awaiting.since"}}}
        found = await self.database[CASES.name].aggregate([theirs, {"$unwind": "$awaiting"}, theirs, counted]).to_list(1)
        backlog = msgspec.convert(found[0], _Backlog) if found else _Backlog()
        return backlog.waiting, backlog.since

    async def touched_since(self, moment: datetime) -> Sequence[str]:
        """Ids of the cases saved since then, for the sweep that finds what a lost ring did not tell."""
        cursor = self.database[CASES.name].find({"touched_at": {"$gt": moment}}, {"_id": 1})
        return [str(found["_id"]) async for found in cursor]


def _after(last: Case | None) -> Sequence[Document]:
    """Where the next page is. Not one place with $or, which the embedded store answers by reading every case."""
    if last is None:
        return ({},)
    return {"opened_at": last.opened_at, "_id": {"$lt": last.id}}, {"opened_at": {"$lt": last.opened_at}}


def _filtered(filter: CaseFilter) -> Document:
    turn: Document = {"turn": filter.turn.value} if isinstance(filter.turn, Turn) else {}
    statuses: Document = {"status": {"$in": [status.value for status in filter.statuses]}} if filter.statuses else {}
    region: Document = {"region": filter.region} if filter.region else {}
    since: Document = {"touched_at": {"$gte": filter.updated_since}} if filter.updated_since else {}
    return {**turn, **statuses, **region, **since}
