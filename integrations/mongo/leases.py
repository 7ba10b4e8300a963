"""Who does what is due: documents with `next_due` and `lease`, found by one index and taken by one conditional write."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import ASCENDING, IndexModel
from pymongo.errors import PyMongoError

from domain.cases.stores import Lease
from domain.clock import Now
from integrations.mongo.database import Database, Document

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FREE: Document = {"owner": "", "until": LONG_AGO}
STUCK_FIRST = IndexModel([("stuck.at", ASCENDING)], sparse=True)
LASTS = timedelta(seconds=12)
"""What a killed worker had in hand waits so long; one that lives prolongs the lease of what takes longer."""
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Leases:
    """The due documents of one collection. `owner` names this worker among all."""

    database: Database
    collection: str
    owner: str
    now: Now
    lasts: timedelta = LASTS

    async def due(self, limit: int) -> Sequence[str]:
        """Ids of what is due and free, the oldest first. Without a lower bound the embedded store reads all that is never due."""
        wanted = {"next_due": {"$gt": LONG_AGO, "$lte": self.now()}, "lease.until": {"$lt": self.now()}}
        cursor = self.database[self.collection].find(wanted, {"_id": 1}).sort([("next_due", ASCENDING)]).limit(limit)
        return [str(found["_id"]) async for found in cursor]

    async def take(self, id: str) -> Lease | None:
        """Ours until the lease ends, if nobody was quicker and it is still due."""
        now = self.now()
        lease = Lease(id, self.owner, now + self.lasts)
        taken = await self.database[self.collection].update_one(
            {"_id": id, "next_due": {"$lte": now}, "lease.until": {"$lt": now}},
            {"$set": {"lease": {"owner": lease.owner, "until": lease.until}}},
        )
        return lease if taken.matched_count else None

    @asynccontextmanager
    async def held(self, lease: Lease) -> AsyncIterator[None]:
        """Ours for as long as the work takes; should the store be away for longer than that, another may come."""
        prolonging = asyncio.create_task(self._prolong(lease))
        try:
            yield
        finally:
            prolonging.cancel()

    async def _prolong(self, lease: Lease) -> None:
        while True:
            await asyncio.sleep(self.lasts.total_seconds() / 3)
            with suppress(PyMongoError):
                await self._change(lease, {"$set": {"lease.until": self.now() + self.lasts}})

    async def give_back(self, lease: Lease) -> None:
        await self._change(lease, {"$set": {"lease": FREE}, "$unset": {"stuck": ""}})

    async def put_off(self, lease: Lease, *, error_id: str) -> None:
        """After a fault of ours: alone for a while that doubles, with a cap, and listed as stuck. It holds up nothing else."""
        found = await self.database[self.collection].find_one({"_id": lease.case}, {"stuck": 1})
        stuck = found.get("stuck") if found else None
        failures = stuck["failures"] + 1 if isinstance(stuck, dict) else 1
        pause = min(timedelta(seconds=2 ** min(failures, 12)), LONGEST_PAUSE)
        listed: Document = {"failures": failures, "error_id": error_id, "at": self.now()}
        await self._change(lease, {"$set": {"stuck": listed, "lease": {"owner": "", "until": self.now() + pause}}})

    async def _change(self, lease: Lease, change: Document) -> None:
        await self.database[self.collection].update_one({"_id": lease.case, "lease.owner": lease.owner}, change)
