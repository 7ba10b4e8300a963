"""Many people retire at once, each with a phone: they sign in, open, fill, hand in and submit, and watch their case until it is over.

A phone asks again by itself, with the same requestId, when an answer was lost. What is left to people is to begin signing in anew.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, islice

import httpx2

from mocks import documents
from mocks.answers import Fault, NoAnswer, ProblemAnswer
from mocks.journey.pictures import paper
from mocks.people import anyone
from mocks.phone import Phone
from tests.whole.applicant import Applicant, Json

AT_ONCE = 12
"""People who are busy with their phones at the same time; the others only watch."""
EVERY_THIRD = ("normal-retirement", "deemed-years", "medical-deemed-years", "household-check")
"""What is not the pension costs no certificate, which takes a second of processor to print and sign."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, *[1.6] * 60)
"""Of phones that do not give up while a process is started again on a busy machine."""
WALK_SECONDS = 400.0
"""However slow the store is, nobody's way to a submitted case takes longer."""


@dataclass
class Walker:
    """`patient`: waits, before they fill in, for what registers say; others type everything themselves, and hand in photographs."""

    person: Applicant
    items: Sequence[str] | None
    patient: bool
    steps: list[Json] = field(default_factory=list)
    submitted: Json | None = None

    async def walk(self) -> None:
        async with self._in_time():
            await self.sign_in()
            await self.person.opens(self.items, patient=False)
            await self.complete()
            await self.submit()

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(WALK_SECONDS):
                yield
        except TimeoutError:
            raise AssertionError(f"{self.person.key} came no further than {self.person.case.get('form')}") from None

    async def sign_in(self) -> None:
        """The way through the browser is walked again from its beginning, as a person does."""
        for pause in PAUSES:
            try:
                await self.person.phone.sign_in(self.person.key)
                return
            except (NoAnswer, Fault):
                await asyncio.sleep(pause)
        raise AssertionError(f"{self.person.key} could not sign in")

    async def complete(self) -> None:
        async with self._in_time():
            while True:
                if await self._completed():
                    return
                await asyncio.sleep(0.3)

    async def submit(self) -> None:
        self.submitted = await self.person.submits()

    async def watch(self) -> None:
        """Until nothing more is expected, over as many lines as it takes."""
        async with aclosing(self.person.phone.watch(self.person.case["id"], after=len(self.steps))) as messages:
            async for message in messages:
                self.steps += message["steps"]

    async def _completed(self) -> bool:
        await self.person.rereads()
        if self.patient and self.person.still_asked():
            return False
        try:
            await self.person.fills()
        except ProblemAnswer as locked:  # a register was quicker: look again
            if locked.typename != "InvalidForm":
                raise
            return False
        for material in self.person.case["materials"]:
            if material["status"] == "NEEDED":
                await self._hand_in(material)
        needed = [material for material in self.person.case["materials"] if material["status"] == "NEEDED"]
        return self.person.case["form"]["complete"] and not needed

    async def _hand_in(self, material: Json) -> None:
        file = await self.person.phone.upload(paper(material["title"]))
        attached = {"materialId": material["id"], "fileIds": [file["id"]]}
        self.person.case = await self.person.phone.mutate(documents.ATTACH_MATERIAL, {"input": attached})


class FromHome(httpx2.AsyncHTTPTransport):
    """Each phone has an address of its own, as behind any real load balancer."""

    def __init__(self, address: str) -> None:
        super().__init__(verify=False)
        self.address = address

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["X-Forwarded-For"] = self.address
        return await super().handle_async_request(request)


def people(seed: int) -> Iterator[str]:
    """Other people for every seed, each with a resident ID and a social security card that is good."""
    return (f"anyone-{one}" for one in count(10_000 + 1_000 * seed) if not anyone(one).card_expired)


@asynccontextmanager
async def crowd(url: str, seed: int, size: int) -> AsyncIterator[list[Walker]]:
    async with AsyncExitStack() as stack:
        walkers = []
        for place, key in enumerate(islice(people(seed), size)):
            phone = Phone(url, transport=FromHome(f"198.18.{place // 250}.{place % 250 + 1}"), pauses=PAUSES)
            applicant = Applicant(key, await stack.enter_async_context(phone))
            walkers.append(Walker(applicant, None if place % 3 == 0 else EVERY_THIRD, patient=place % 2 == 0))
        yield walkers


@asynccontextmanager
async def retiring(walkers: Sequence[Walker]) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(_retire(walkers))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _retire(walkers: Sequence[Walker]) -> None:
    """All walk, then watch; returns when every case is over. The first fault of anybody's ends it."""
    busy = asyncio.Semaphore(AT_ONCE)

    async def one(walker: Walker) -> None:
        async with busy:
            await walker.walk()
        await walker.watch()

    async with asyncio.TaskGroup() as group:
        for walker in walkers:
            group.create_task(one(walker))
