"""What the store reads to find what is due, among 1,000 open cases and among 100,000: it should be the same.

The embedded store counts no documents. Its explain makes the figure up: where it sees an index, as many as were found; where it sees none,
all there are; and it sees none for a command with a condition beside the index, however that is answered. So the worker's own commands
are timed, and beside them the same search made to read everything: from what that takes for one document follows how many a search can
have read at most.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import ASCENDING
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from api.embedded import document_store
from api.ports import LOOPBACK, free_port
from bench.figures import Figures, ratio
from domain.clock import system_now
from integrations.mongo.cases import CASES
from integrations.mongo.database import Client, Database, Document, database
from integrations.mongo.leases import FREE, Leases

SIZES = (1_000, 100_000)
DUE = 20
BATCH = 2_000
TIMES, TIMES_ALL = 15, 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds; and the documents that the store's explain names for the search, and for the taking."""

    find: float
    find_by_reading_all: float
    take: float
    explained: tuple[int, int]

    def read_at_most(self, size: int) -> float:
        """Documents for each due case, if the search had done nothing but read them."""
        return self.find / (self.find_by_reading_all / size) / DUE


class Overheard(CommandListener):
    """The last filter of each kind of command."""

    def __init__(self) -> None:
        self.filters: dict[str, Mapping[str, Any]] = {}

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name == "find":
            self.filters["find"] = event.command["filter"]
        if event.command_name == "update":
            self.filters["update"] = event.command["updates"][0]["q"]

    def succeeded(self, event: CommandSucceededEvent) -> None:
        pass

    def failed(self, event: CommandFailedEvent) -> None:
        pass


async def measure() -> Figures:
    overheard = Overheard()
    async with _store(overheard) as client:
        costs = {size: await _cost(database(client, f"cases_{size}"), size, overheard) for size in SIZES}
    return _figures(costs)


@asynccontextmanager
async def _store(overheard: Overheard) -> AsyncIterator[Client]:
    with TemporaryDirectory(prefix="zhangban-bench-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        async with document_store(Path(folder), port=port) as child:
            client: Client = AsyncIOMotorClient(f"mongodb://{LOOPBACK}:{port}", tz_aware=True, event_listeners=[overheard])
            yield client
            client.close()
            await child.kill()  # its polite stop takes its time, and the folder is thrown away


async def _cost(store: Database, size: int, overheard: Overheard) -> Cost:
    await _fill(store, size)
    leases = Leases(store, CASES.name, "bench", system_now)
    left = iter(await leases.due(DUE))
    find = await _milliseconds(lambda: leases.due(DUE))
    searched = overheard.filters["find"]
    by_reading_all = await _milliseconds(lambda: _read_all(store, searched), times=TIMES_ALL)
    take = await _milliseconds(lambda: leases.take(next(left)))
    taken = overheard.filters["update"]
    return Cost(find, by_reading_all, take, (await _explained(store, searched), await _explained(store, taken)))


async def _read_all(store: Database, asked: Mapping[str, Any]) -> None:
    """As Leases.due searches, without the index."""
    cursor = store[CASES.name].find(asked, {"_id": 1}).sort([("next_due", ASCENDING)]).limit(DUE).hint([("$natural", ASCENDING)])
    assert len(await cursor.to_list(None)) == DUE


async def _fill(store: Database, size: int) -> None:
    """Small cases, with the one index that is asked: for each of the others an insertion takes as long again."""
    await store[CASES.name].create_indexes([index for index in CASES.indexes if list(index.document["key"]) == ["next_due"]])
    now = system_now()
    for first in range(0, size, BATCH):
        places = range(first, min(first + BATCH, size))
        await store[CASES.name].insert_many([_open_case(place, due=place % (size // DUE) == 0, now=now) for place in places], ordered=False)


def _open_case(place: int, *, due: bool, now: datetime) -> Document:
    return {
        "_id": f"case-{place:08d}",
        "person": f"person-{place:08d}",
        "revision": 7,
        "lease": FREE,
        "next_due": now - timedelta(seconds=1) if due else now + timedelta(days=1, seconds=place),
        "status": "IN_PROGRESS",
        "slot": "open",
        "case": {"region": "guangxi", "status": "IN_PROGRESS", "items": [{"code": "pension", "status": "HANDED_OFF"}]},
        "sealed": bytes(64),
    }


async def _explained(store: Database, asked: Mapping[str, Any]) -> int:
    explained = await store.command({"explain": {"find": CASES.name, "filter": asked}, "verbosity": "executionStats"})
    return int(explained["executionStats"]["totalDocsExamined"])


async def _milliseconds(ask: Callable[[], Awaitable[object]], *, times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        await ask()
        taken.append(1000 * (perf_counter() - began))
    return median(taken)


def _figures(costs: Mapping[int, Cost]) -> Figures:
    few, many = (costs[size] for size in SIZES)
    rows = [
        (f"{size:,}", f"{cost.find:.1f}", f"{cost.find_by_reading_all:.1f}", f"{cost.read_at_most(size):.0f}", f"{cost.take:.1f}")
        for size, cost in costs.items()
    ]
    ratios = (ratio(many.find, few.find), ratio(many.find_by_reading_all, few.find_by_reading_all), "", ratio(many.take, few.take))
    explained = "; ".join(f"{cost.explained[0]:,} and {cost.explained[1]:,} among {size:,}" for size, cost in costs.items())
    notes = (
        f"{DUE} are due in each; medians of {TIMES}, by reading all of {TIMES_ALL}.",
        "At most: had the search done nothing but read documents, as fast as they are read when all are.",
        f"What the store's explain calls examined, to find and to take one: {explained}. It has counted nothing; see bench/due.py.",
    )
    columns = ("open cases", f"ms to find {DUE}", "ms by reading all", "read per due case, at most", "ms to take one")
    return Figures("What is due, among few and among many", columns, [*rows, ("ratio", *ratios)], notes)
