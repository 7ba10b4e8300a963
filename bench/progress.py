"""From a department's callback, the moment before it is sent, to the step on the subscriber's socket; and what a subscription weighs.

The callback goes to one API process and the subscriber listens at another, so that the poke through Valkey is part of what is measured.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

import httpx2
import orjson

from bench.crowd import Member, plant
from bench.figures import Figures, middle_and_tail
from bench.house import House, another_api, house
from bench.processes import cpu_seconds, resident_bytes
from domain.cases.errands import handoff_key
from domain.clock import system_now
from mocks import documents
from mocks.answers import Json
from mocks.line import listen
from mocks.webhooks import development_secret, signed

SUBSCRIPTIONS = 500
CALLBACKS = 300
WARM_UP = 10
SETTLED = 0.05
"""Seconds that a socket is left quiet before its callback, as those of the other row have been."""
OPENING_AT_ONCE = 16
IDLE_SECONDS = 10.0
ITEMS = ("normal-retirement", "deemed-years", "pension", "household-check")
CALLED = "normal-retirement"
"""Nothing follows from it by itself: what is measured is the callback and not the worker."""


class Subscriber:
    """One socket with one subscription; remembers when each message came."""

    def __init__(self, home: House, member: Member) -> None:
        self.case = member.case.id
        self.messages: asyncio.Queue[tuple[float, Json]] = asyncio.Queue()
        self.listening = asyncio.create_task(self._listen(home, member))

    async def _listen(self, home: House, member: Member) -> None:
        variables = {"caseId": member.case.id, "after": member.case.last_step.number}
        line = listen(home.socket_url, token=member.token, language="zh-Hans", document=documents.CASE_PROGRESS, variables=variables)
        async with aclosing(line) as messages:
            async for message in messages:
                self.messages.put_nowait((perf_counter(), message["caseProgress"]))

    async def decided(self) -> float:
        """When the step came."""
        while True:
            at, progress = await asyncio.wait_for(self.messages.get(), 30)
            if any(step["kind"] == "item-decided" for step in progress["steps"]):
                return at


@asynccontextmanager
async def _subscribed(home: House, members: Sequence[Member]) -> AsyncIterator[list[Subscriber]]:
    """Each has had its first message."""
    slots, subscribers = asyncio.Semaphore(OPENING_AT_ONCE), list[Subscriber]()

    async def open(member: Member) -> None:
        async with slots:
            subscriber = Subscriber(home, member)
            subscribers.append(subscriber)
            await asyncio.wait_for(subscriber.messages.get(), 60)

    try:
        await asyncio.gather(*map(open, members))
        yield subscribers
    finally:
        for subscriber in subscribers:
            subscriber.listening.cancel()
        await asyncio.wait([subscriber.listening for subscriber in subscribers])


@dataclass(frozen=True, slots=True)
class Department:
    """Who calls back, and at which door."""

    home: House
    http: httpx2.AsyncClient
    door: str

    async def delay(self, member: Member, subscriber: Subscriber) -> float:
        """Milliseconds."""
        began = perf_counter()
        await self._call_back(member)
        return 1000 * (await subscriber.decided() - began)

    async def _call_back(self, member: Member) -> None:
        department, now = self.home.made.catalogues.in_force(member.case.region).items[CALLED].department, system_now()
        said = {"sequence": 2, "status": "decided", "at": now.isoformat(), "outcome": "GRANTED", "text": "演示"}
        key = handoff_key(member.case, CALLED)
        body = orjson.dumps({"key": key, **said})
        headers = signed(development_secret(department), body, message=key, at=now)
        (await self.http.post(f"{self.door}/callbacks/departments/{department}", content=body, headers=headers)).raise_for_status()


async def measure() -> Figures:
    async with house() as home, another_api(home) as door, httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        everybody = await plant(home, SUBSCRIPTIONS + CALLBACKS + WARM_UP, items=ITEMS, due=False)
        crowd, single, first = everybody[:SUBSCRIPTIONS], everybody[SUBSCRIPTIONS:-WARM_UP], everybody[-WARM_UP:]
        api, department = home.children["API"].pid, Department(home, http, door)
        await _one_at_a_time(department, first)
        alone = await _one_at_a_time(department, single)
        before = resident_bytes(api)
        async with _subscribed(home, crowd) as subscribers:
            weight = (resident_bytes(api) - before) / len(crowd)
            idle = await _idle(api)
            by_case = {subscriber.case: subscriber for subscriber in subscribers}
            many = [await department.delay(member, by_case[member.case.id]) for member in crowd[:CALLBACKS]]
    return _figures({1: alone, SUBSCRIPTIONS: many}, weight=weight, idle=idle)


async def _one_at_a_time(department: Department, members: Sequence[Member]) -> list[float]:
    delays = []
    for member in members:
        async with _subscribed(department.home, [member]) as (subscriber,):
            await asyncio.sleep(SETTLED)
            delays.append(await department.delay(member, subscriber))
    return delays


async def _idle(pid: int) -> float:
    """Share of a core while nothing happens: sessions are looked at, cases swept."""
    began = cpu_seconds(pid)
    await asyncio.sleep(IDLE_SECONDS)
    return (cpu_seconds(pid) - began) / IDLE_SECONDS


def _figures(delays: dict[int, list[float]], *, weight: float, idle: float) -> Figures:
    rows = [(f"{open} open", *middle_and_tail(values), f"{len(values)}") for open, values in delays.items()]
    notes = (
        "The callback goes to one API process and the socket is open at another; the clock starts before it is sent. Both rows: one item.",
        f"One open subscription: {weight / 1000:.0f} kB of the API process.",
        f"With {SUBSCRIPTIONS} open and nothing happening the API uses {idle:.0%} of a core: each looks at its session and its case.",
    )
    return Figures(
        "A callback, from its sending to the step on the socket", ("subscriptions", "median ms", "p99 ms", "callbacks"), rows, notes
    )
