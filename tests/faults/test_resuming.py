"""Whoever watches a case loses the line, or the process at its other end, and goes on at the other process: no step lost, none repeated."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager

import httpx2
import pytest

from api.ports import LOOPBACK, answers, free_port
from mocks.decisions import DEPARTMENTS
from mocks.phone import Phone
from tests.faults.crowd import EVERY_THIRD, crowd
from tests.faults.door import Door
from tests.faults.house import House
from tests.whole.applicant import Applicant, Json, Outside, kind, nothing_more

DECIDED_MS = 2_000
FINISHED_SECONDS = 120.0


@pytest.mark.row("B01", "A11")
async def test_what_was_begun_at_one_process_goes_on_at_the_other_where_it_was_left(house: House, outside: Outside) -> None:
    async with (
        applied(house, outside, seed=21) as person,
        looking(person, house.api_urls[0]) as one,
        looking(person, house.api_urls[1]) as other,
    ):
        seen = await one.sees(until=kind("handed-off"))
        rest = await other.sees(until=nothing_more, after=seen[-1]["number"], within=FINISHED_SECONDS)

        await is_everything_in_order([*seen, *rest], person)
    assert "completed" in kinds(rest)


@pytest.mark.row("B01", "A11")
async def test_when_a_process_is_killed_whoever_watches_there_goes_on_at_the_other(house: House, outside: Outside) -> None:
    killed, spared = [httpx2.URL(url).port for url in house.api_urls]
    door = Door(free_port(), [killed])
    async with applied(house, outside, seed=22) as person, door.open(), looking(person, f"http://{LOOPBACK}:{door.port}") as watcher:
        async with asyncio.timeout(FINISHED_SECONDS), aclosing(watcher.phone.watch(person.case["id"])) as messages:
            seen = await until_handed_off(messages)
            door.behind = [killed, spared]
            house.apis[0].kill()
            rest = [step async for message in messages for step in message["steps"]]

        await is_everything_in_order([*seen, *rest], person)
    assert "completed" in kinds(rest)
    assert not await answers(killed), "so it was the other that told the rest"
    await house.apis[0].come_back()


@asynccontextmanager
async def applied(house: House, outside: Outside, *, seed: int) -> AsyncIterator[Applicant]:
    """Somebody whose departments take their time."""
    for code in DEPARTMENTS:
        await outside.behave(f"departments/{code}", after_ms=DECIDED_MS)
    async with crowd(house.url, seed, 1) as (walker,):
        walker.items = EVERY_THIRD
        await walker.walk()
        yield walker.person


@asynccontextmanager
async def looking(person: Applicant, url: str) -> AsyncIterator[Applicant]:
    """The same person in the same session, through another address."""
    async with Phone(url) as phone:
        phone.access_token = person.phone.access_token
        yield Applicant(person.key, phone, person.case)


async def until_handed_off(messages: AsyncIterator[Json]) -> list[Json]:
    steps: list[Json] = []
    while "handed-off" not in kinds(steps):
        steps += (await anext(messages))["steps"]
    return steps


async def is_everything_in_order(steps: Sequence[Json], person: Applicant) -> None:
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps == (await person.rereads())["steps"]


def kinds(steps: Sequence[Json]) -> set[str]:
    return {step["kind"] for step in steps}
