"""Which worker does what is due: one of many, in order, and what fails waits longer each time and is listed until it goes well."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from domain.cases.stores import Lease
from integrations.mongo.callbacks import CALLBACKS
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.leases import FREE, LASTS, LONGEST_PAUSE, Leases
from integrations.mongo.stuck import put_off
from tests.cases import MONDAY
from tests.memory import Clock

Put = Callable[..., Awaitable[str]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def worker(database: Database, clock: Clock) -> Callable[[str], Leases]:
    await apply(database, [CALLBACKS])
    return lambda owner: Leases(database, CALLBACKS.name, owner, clock)


@pytest.fixture
def put(database: Database) -> Put:
    """A document that is due so many seconds after Monday began, or never."""

    async def put(id: str, seconds: float | None = 0) -> str:
        due = None if seconds is None else MONDAY + timedelta(seconds=seconds)
        document = {"_id": id, "department": "hrss", "received_at": MONDAY, "next_due": due, "lease": FREE, "sealed": b""}
        await database[CALLBACKS.name].insert_one(document)
        return id

    return put


async def taken(leases: Leases, id: str) -> Lease:
    lease = await leases.take(id)
    assert lease
    return lease


async def stuck(leases: Leases) -> list[tuple[str, int, str, datetime]]:
    return [(one.id, one.failures, one.error_id, one.at) async for one in put_off(leases.database, leases.collection)]


# ---------------------------------------------------------------- what is due


@pytest.mark.row("B13")
async def test_what_is_due_and_free_is_found_the_oldest_first(worker: Callable[[str], Leases], put: Put, clock: Clock) -> None:
    for id, seconds in (("b", -1), ("c", 0), ("later", 1), ("never", None), ("a", -60), ("held", -90)):
        await put(id, seconds)
    await taken(worker("other"), "held")

    assert list(await worker("one").due(10)) == ["a", "b", "c"]
    assert list(await worker("one").due(2)) == ["a", "b"]
    clock.at += timedelta(seconds=1)
    assert list(await worker("one").due(10)) == ["a", "b", "c", "later"]


@pytest.mark.row("B13")
async def test_of_fifty_workers_one_takes_it(worker: Callable[[str], Leases], put: Put) -> None:
    id = await put("a")

    leases = await asyncio.gather(*(worker(f"worker-{number}").take(id) for number in range(50)))

    (lease,) = [lease for lease in leases if lease]
    assert (lease.case, lease.until) == (id, MONDAY + LASTS)


@pytest.mark.row("B13")
async def test_two_workers_never_both_hold_it(worker: Callable[[str], Leases], put: Put, clock: Clock) -> None:
    """Each takes what it can and gives it back; who holds is counted."""
    id, holding, most = await put("a"), 0, 0

    async def work(leases: Leases) -> None:
        nonlocal holding, most
        for _ in range(20):
            if lease := await leases.take(id):
                holding += 1
                most = max(most, holding)
                await asyncio.sleep(0)
                holding -= 1
                await leases.give_back(lease)

    await asyncio.gather(*(work(worker(f"worker-{number}")) for number in range(4)))

    assert most == 1


@pytest.mark.parametrize("seconds", [1, None], ids=["later", "never"])
async def test_what_is_not_due_any_more_is_not_taken(worker: Callable[[str], Leases], put: Put, seconds: float | None) -> None:
    assert await worker("one").take(await put("a", seconds)) is None
    assert await worker("one").take("gone") is None


async def test_a_lease_ends_by_itself(worker: Callable[[str], Leases], put: Put, clock: Clock) -> None:
    id = await put("a")
    await taken(worker("killed"), id)

    clock.at += LASTS
    assert await worker("other").take(id) is None
    clock.at += timedelta(milliseconds=1)
    assert await worker("other").take(id)


# ---------------------------------------------------------------- afterwards


async def test_what_was_given_back_can_be_taken_at_once_if_it_is_due_again(worker: Callable[[str], Leases], put: Put) -> None:
    one = worker("one")
    await one.give_back(await taken(one, await put("a")))

    assert await worker("other").take("a")


async def test_who_has_lost_a_lease_neither_gives_it_back_nor_puts_it_off(worker: Callable[[str], Leases], put: Put, clock: Clock) -> None:
    slow, other = worker("slow"), worker("other")
    lost = await taken(slow, await put("a"))
    clock.at += LASTS + timedelta(seconds=1)
    await taken(other, "a")

    await slow.give_back(lost)
    await slow.put_off(lost, error_id="error-1")

    assert await worker("third").take("a") is None
    assert await stuck(slow) == []


@pytest.mark.row("B13")
async def test_what_fails_is_left_alone_twice_as_long_each_time_up_to_a_cap_and_listed(
    worker: Callable[[str], Leases], put: Put, clock: Clock
) -> None:
    one, pauses = worker("one"), []
    await put("a")
    for failure in range(1, 13):
        await one.put_off(await taken(one, "a"), error_id=f"error-{failure}")
        failed_at = clock.at
        document = await one.database[one.collection].find_one({"_id": "a"})
        pauses.append((document["lease"]["until"] - failed_at).total_seconds())
        assert await stuck(one) == [("a", failure, f"error-{failure}", failed_at)]
        assert await worker("other").take("a") is None
        clock.at = document["lease"]["until"] + timedelta(milliseconds=1)

    assert pauses == [min(2.0**failure, LONGEST_PAUSE.total_seconds()) for failure in range(1, 13)]


@pytest.mark.row("B13")
async def test_what_fails_holds_up_nothing_else(worker: Callable[[str], Leases], put: Put) -> None:
    one = worker("one")
    await put("bad", -60)
    await put("good")
    await one.put_off(await taken(one, "bad"), error_id="error-1")

    assert list(await one.due(10)) == ["good"]


async def test_what_went_well_after_all_is_listed_no_more_and_starts_from_nothing(
    worker: Callable[[str], Leases], put: Put, clock: Clock
) -> None:
    one = worker("one")
    await put("a")
    for _ in range(3):
        await one.put_off(await taken(one, "a"), error_id="error")
        clock.at += timedelta(minutes=1)

    await one.give_back(await taken(one, "a"))
    assert await stuck(one) == []
    await one.put_off(await taken(one, "a"), error_id="another")

    assert [(failures, error) for _, failures, error, _ in await stuck(one)] == [(1, "another")]
