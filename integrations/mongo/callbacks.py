"""What departments called back, kept raw and sealed before they are thanked, and until it is in its case."""

from dataclasses import dataclass
from datetime import timedelta

from pymongo import ASCENDING, IndexModel
from pymongo.errors import DuplicateKeyError

from domain.cases.callbacks import Callback
from domain.clock import Now
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database
from integrations.mongo.leases import FREE, STUCK_FIRST
from integrations.sealing import Sealing

KEPT_SECONDS = 90 * 24 * 3600
HEAD_START = timedelta(seconds=2)
"""The process that received it folds it in at once; a worker comes only if that did not happen."""

CALLBACKS = Collection(
    name="callbacks",
    shard_key="_id",
    kept="90 days after it was folded in",
    schema={
        "bsonType": "object",
        "required": ["department", "received_at", "next_due", "lease", "sealed"],
        "properties": {"next_due": {"bsonType": ["date", "null"]}},
    },
    indexes=(
        IndexModel([("next_due", ASCENDING)]),
        STUCK_FIRST,
        IndexModel([("done_at", ASCENDING)], expireAfterSeconds=KEPT_SECONDS),
    ),
    sealed=(Sealed(),),
)


@dataclass(frozen=True, slots=True)
class MongoCallbacks:
    database: Database
    sealing: Sealing
    now: Now

    async def keep(self, callback: Callback) -> bool:
        """False: the same message was kept before."""
        document = {
            "_id": callback.id,
            "department": callback.department,
            "received_at": callback.received_at,
            "next_due": callback.received_at + HEAD_START,
            "lease": FREE,
            "sealed": self.sealing.seal(callback.body, about=callback.id),
        }
        try:
            await self.database[CALLBACKS.name].insert_one(document)
        except DuplicateKeyError:
            return False
        return True

    async def one(self, id: str) -> Callback | None:
        found = await self.database[CALLBACKS.name].find_one({"_id": id})
        if found is None:
            return None
        body = self.sealing.open(bytes(found["sealed"]), about=id)  # type: ignore[call-overload]
        return Callback(id, str(found["department"]), body, found["received_at"])  # type: ignore[arg-type]

    async def done(self, id: str) -> None:
        await self.database[CALLBACKS.name].update_one({"_id": id}, {"$set": {"next_due": None, "done_at": self.now()}})
