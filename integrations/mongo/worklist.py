"""The rows of the work queues: small, without personal data, and read in their order by one index."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from pymongo import ASCENDING, DeleteOne, IndexModel, UpdateOne

from domain.cases.queues import Wanted
from domain.cases.worklist import Work
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document

WORK = Collection(
    name="work",
    shard_key="_id",
    kept="as long as it is to be done; worked out of the cases anew at each save",
    schema={"bsonType": "object", "required": ["queue", "kind", "case", "order", "version"]},
    indexes=(IndexModel([("queue", ASCENDING), ("order", ASCENDING)]),),
)


@dataclass(frozen=True, slots=True)
class MongoWork:
    """The `WorkRows` of domain/cases/queues.py."""

    database: Database

    async def put(self, work: Sequence[Work], *, version: int) -> None:
        rows = ((row, {"$setOnInsert": _row(row), "$max": {"version": version}}) for row in work)
        await self.database[WORK.name].bulk_write([UpdateOne({"_id": row.id}, change, upsert=True) for row, change in rows])

    async def settle(self, work: Sequence[Work], *, version: int) -> None:
        changes = [UpdateOne({"_id": row.id, "version": {"$lte": version}}, {"$set": _row(row)}) for row in work]
        await self.database[WORK.name].bulk_write(changes)

    async def remove(self, work: Sequence[Work], *, version: int) -> None:
        await self.database[WORK.name].bulk_write([DeleteOne({"_id": row.id, "version": {"$lte": version}}) for row in work])

    async def page(self, wanted: Wanted, *, first: int, after: str | None) -> Sequence[Work]:
        asked: Document = {"queue": {"$in": list(wanted.queues)}, "order": {"$gt": after or ""}, "kind": {"$in": list(wanted.kinds)}}
        if wanted.items is not None:
            asked["item"] = {"$in": [None, *wanted.items]}
        found = await self.database[WORK.name].find(asked).sort("order", ASCENDING).to_list(first)
        return [msgspec.convert(row, Work) for row in found]


def _row(work: Work) -> Document:
    row: Document = msgspec.to_builtins(work)
    return row
