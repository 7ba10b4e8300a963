"""Documents the store examines for a due case, and the time it takes, among 1,000 open cases and among 100,000: it should be the same.

The commands are those that the worker's own code sends, overheard. The embedded store's explain knows the index that serves a query but
not the conditions that are checked on what the index found: it calls any query with such a condition a scan of the collection, though the
times show that it is none. So of each command that part is explained which an index serves, and the whole command is timed.
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
TIMES = 15
INDEXED = ("_id", "next_due")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of finding what is due, and of taking one. `examined`: documents for each due case, as the store explains."""

    find_examined: float
    find_milliseconds: float
    take_examined: float
    take_milliseconds: float


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
    due = list(await leases.due(DUE))
    find_milliseconds = await _milliseconds(lambda: leases.due(DUE))
    left = iter(due)
    take_milliseconds = await _milliseconds(lambda: leases.take(next(left)))
    find, update = overheard.filters["find"], overheard.filters["update"]
    return Cost(await _examined(store, find) / len(due), find_milliseconds, await _examined(store, update), take_milliseconds)


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


async def _examined(store: Database, asked: Mapping[str, Any]) -> int:
    served = next({name: asked[name]} for name in INDEXED if name in asked)
    explained = await store.command({"explain": {"find": CASES.name, "filter": served}, "verbosity": "executionStats"})
    return int(explained["executionStats"]["totalDocsExamined"])


async def _milliseconds(ask: Callable[[], Awaitable[object]]) -> float:
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        await ask()
        times.append(1000 * (perf_counter() - began))
    return median(times)


def _figures(costs: Mapping[int, Cost]) -> Figures:
    few, many = (costs[size] for size in SIZES)
    rows = [
        (
            f"{size:,}",
            f"{cost.find_examined:g}",
            f"{cost.find_milliseconds:.1f}",
            f"{cost.take_examined:g}",
            f"{cost.take_milliseconds:.1f}",
        )
        for size, cost in costs.items()
    ]
    ratios = (
        ratio(many.find_examined, few.find_examined),
        ratio(many.find_milliseconds, few.find_milliseconds),
        ratio(many.take_examined, few.take_examined),
        ratio(many.take_milliseconds, few.take_milliseconds),
    )
    columns = ("open cases", "examined to find one due", f"ms to find {DUE}", "examined to take one", "ms to take one")
    return Figures(
        "What is due, among few and among many", columns, [*rows, ("ratio", *ratios)], (f"{DUE} are due in each; medians of {TIMES}.",)
    )
