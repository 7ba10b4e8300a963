"""The worker's loop: what takes long keeps its own place and nobody else's, and what is in hand is finished."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from api.worker import Duty, Worker
from domain.cases.stores import WORK, Lease
from tests.memory import LocalBells


@dataclass
class Desk:
    """Leases over a set of names; what has been given back is due no more."""

    names: set[str]
    taken: set[str] = field(default_factory=set)
    late: list[str] = field(default_factory=list)
    somebody_late: asyncio.Event = field(default_factory=asyncio.Event)

    async def due(self, limit: int) -> list[str]:
        return sorted(self.names - self.taken)[:limit]

    async def take(self, id: str) -> Lease:
        self.taken.add(id)
        return Lease(id, "worker-1", datetime(2026, 11, 23, tzinfo=UTC))

    @asynccontextmanager
    async def held(self, lease: Lease) -> AsyncIterator[None]:
        yield

    async def give_back(self, lease: Lease) -> None:
        self.names.discard(lease.case)
        self.taken.discard(lease.case)

    async def put_off(self, lease: Lease, *, error_id: str) -> None:
        self.late.append(lease.case)
        self.somebody_late.set()


@asynccontextmanager
async def working(desk: Desk, attend: Callable[[Lease], Awaitable[None]], *, concurrency: int = 2) -> AsyncIterator[Worker]:
    worker = Worker([Duty(desk, attend)], LocalBells(), concurrency)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        yield worker
        worker.stopping.set()
        worker.bells.ring_here(WORK)


async def test_what_becomes_due_does_not_wait_for_what_takes_long() -> None:
    desk, begun, other_done = Desk({"slow"}), asyncio.Event(), asyncio.Event()

    async def attend(lease: Lease) -> None:
        if lease.case == "quick":
            other_done.set()
            return
        begun.set()
        await other_done.wait()

    async with working(desk, attend) as worker:
        await begun.wait()
        desk.names.add("quick")
        worker.bells.ring_here(WORK)
        await other_done.wait()

    assert desk.names == set()


async def test_no_more_is_in_hand_than_there_are_places() -> None:
    desk, at_once, most, all_done = Desk({str(one) for one in range(9)}), 0, 0, asyncio.Event()

    async def attend(lease: Lease) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        if len(desk.names) == 1:
            all_done.set()

    async with working(desk, attend, concurrency=3):
        await all_done.wait()

    assert (most, desk.names) == (3, set())


async def test_what_is_in_hand_when_it_is_told_to_stop_is_finished() -> None:
    desk, begun, go_on = Desk({"slow"}), asyncio.Event(), asyncio.Event()

    async def attend(lease: Lease) -> None:
        begun.set()
        await go_on.wait()

    async with working(desk, attend) as worker:
        await begun.wait()
        worker.stopping.set()
        go_on.set()

    assert desk.names == set()


async def test_a_bad_one_is_put_off_and_holds_up_nobody() -> None:
    desk, done = Desk({"bad", "good"}), asyncio.Event()

    async def attend(lease: Lease) -> None:
        if lease.case == "bad":
            raise RuntimeError("a bug of ours")
        done.set()

    async with working(desk, attend, concurrency=1):
        await asyncio.gather(done.wait(), desk.somebody_late.wait())

    assert (desk.late, desk.names) == (["bad"], {"bad"})
