"""Does a killed worker's case become free soon, and a living one's never under its hands?"""

import asyncio
from datetime import datetime, timedelta
from time import monotonic

import pytest

from domain.cases.errands import awaited
from domain.cases.stores import Lease
from domain.clock import system_now
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES, MongoCases
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.sealing import Sealing
from tests.cases import a_submitted_case, guangxi

LASTS = timedelta(seconds=0.4)
GENEROUS = 20.0


def next_year() -> datetime:
    """When the case has long been due; it runs as clocks do."""
    return system_now() + timedelta(days=365)


@pytest.fixture
async def workers(database: Database, sealing: Sealing) -> tuple[Leases, Leases]:
    """Two of them, and one case that is due."""
    await apply(database, [CASES])
    await MongoCases(database, CaseCodec(sealing), lambda case: awaited(case, guangxi()), next_year).add(
        a_submitted_case(), opening="opening-1"
    )
    return tuple(Leases(database, CASES.name, f"worker-{number}", next_year, LASTS) for number in (1, 2))  # type: ignore[return-value]


async def taken(leases: Leases) -> Lease:
    (due,) = await leases.due(10)
    lease = await leases.take(due)
    assert lease
    return lease


async def until_taken(leases: Leases, id: str) -> Lease:
    async with asyncio.timeout(GENEROUS):
        while True:
            if lease := await leases.take(id):
                return lease
            await asyncio.sleep(0.01)


@pytest.mark.row("B13")
async def test_what_a_killed_worker_had_in_hand_is_free_when_its_lease_ends(workers: tuple[Leases, Leases]) -> None:
    killed, other = workers
    lease = await taken(killed)
    assert await other.take(lease.case) is None

    later = await until_taken(other, lease.case)

    assert later.until - lease.until >= LASTS


async def test_a_lease_is_prolonged_for_as_long_as_the_work_takes_and_no_longer(workers: tuple[Leases, Leases]) -> None:
    busy, other = workers
    lease, began = await taken(busy), monotonic()

    async with busy.held(lease):
        while monotonic() - began < 4 * LASTS.total_seconds():
            assert await other.take(lease.case) is None
            await asyncio.sleep(LASTS.total_seconds() / 8)

    assert await until_taken(other, lease.case)
