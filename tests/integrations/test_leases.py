"""Does a killed worker's case become free soon, and a living one's never under its hands?"""

import asyncio
from datetime import timedelta

import pytest

from domain.cases.errands import awaited
from domain.cases.stores import Lease
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES, MongoCases
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.sealing import Sealing
from tests.cases import MONDAY, a_submitted_case, guangxi
from tests.memory import Clock

LASTS = timedelta(seconds=0.3)
"""By the clock of the test, which stands still until it is turned; a third of it by real time is the pause between prolongings."""
A_MOMENT = timedelta(milliseconds=1)
GENEROUS = 20.0


@pytest.fixture
def clock() -> Clock:
    """When the case has long been due."""
    return Clock(MONDAY + timedelta(days=365))


@pytest.fixture
async def workers(database: Database, sealing: Sealing, clock: Clock) -> tuple[Leases, Leases]:
    """Two of them, and one case that is due."""
    await apply(database, [CASES])
    await MongoCases(database, CaseCodec(sealing), lambda case: awaited(case, guangxi()), lambda case: [], clock).add(
        a_submitted_case(), opening="opening-1"
    )
    return tuple(Leases(database, CASES.name, f"worker-{number}", clock, LASTS) for number in (1, 2))  # type: ignore[return-value]


async def taken(leases: Leases) -> Lease:
    (due,) = await leases.due(10)
    lease = await leases.take(due)
    assert lease
    return lease


async def until_prolonged(leases: Leases, lease: Lease) -> None:
    """For as long as a lease lasts, from now on."""
    async with asyncio.timeout(GENEROUS):
        while True:
            document = await leases.database[leases.collection].find_one({"_id": lease.case})
            if document["lease"]["until"] == leases.now() + LASTS:
                return
            await asyncio.sleep(0.01)


@pytest.mark.row("B13")
async def test_what_a_killed_worker_had_in_hand_is_free_when_its_lease_ends(workers: tuple[Leases, Leases], clock: Clock) -> None:
    killed, other = workers
    lease = await taken(killed)

    clock.at += LASTS
    assert await other.take(lease.case) is None
    clock.at += A_MOMENT
    assert await other.take(lease.case)


async def test_a_lease_is_prolonged_for_as_long_as_the_work_takes_and_no_longer(workers: tuple[Leases, Leases], clock: Clock) -> None:
    busy, other = workers
    lease = await taken(busy)

    async with busy.held(lease):
        for _ in range(4):
            clock.at += LASTS
            assert await other.take(lease.case) is None
            await until_prolonged(busy, lease)

    clock.at += LASTS + A_MOMENT
    await asyncio.sleep(LASTS.total_seconds() / 2)  # time enough to prolong it, for who still would
    assert await other.take(lease.case)
