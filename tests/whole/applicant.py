"""A person with a phone, who can be brought as far as a test needs; and the outside systems, told how to behave towards them."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx2

from mocks import documents
from mocks.journey.applying import open_questions
from mocks.journey.travellers import traveller
from mocks.phone import Phone

Json = dict[str, object]
ANSWERED_SECONDS, QUIET_SECONDS = 60.0, 0.6


@dataclass
class Applicant:
    key: str
    phone: Phone
    case: Json = field(default_factory=dict)

    async def opening(self, items: Sequence[str] | None = None, *, consenting: bool = True) -> Json:
        """The input with which they open their case."""
        catalogue = (await self.phone.query(documents.CATALOGUE, {"region": "guangxi"}))["catalogue"]
        ids = {item["code"]: item["id"] for item in catalogue["items"]}
        chosen = items or traveller(self.key).items
        given = [{"purpose": text["purpose"], "version": text["version"], "given": consenting} for text in catalogue["consents"]]
        return {"itemIds": [ids[code] for code in chosen], "consents": given}

    async def opens(self, items: Sequence[str] | None = None, *, consenting: bool = True, patient: bool = True) -> Json:
        """`patient`: the form stands as it will, however slow the registers are; else as it is when the case is opened."""
        self.case = await self.phone.mutate(documents.OPEN_CASE, {"input": await self.opening(items, consenting=consenting)})
        if patient:
            await self.hears_all_registers()
        return self.case

    async def hears_all_registers(self) -> None:
        """What came too late to be filled in by itself is taken."""
        try:
            async with asyncio.timeout(ANSWERED_SECONDS):
                while self.still_asked():
                    await asyncio.sleep(0.1)
                    await self.rereads()
        except TimeoutError:
            raise AssertionError(f"for {self.key} these have not answered: {', '.join(self.still_asked())}") from None
        late = [(question["key"], offer["id"]) for question in open_questions(self.case) for offer in question["offers"][:1]]
        if late:
            await self.fills(*({"key": key, "offerId": offer} for key, offer in late))

    def still_asked(self) -> list[str]:
        """The registers that have not answered."""
        return [prefill["name"] for prefill in self.case["form"]["prefill"] if prefill["status"] == "ASKING"]

    async def fills(self, *given: Json) -> Json:
        """These answers; or whatever is still open, as the person would."""
        known = traveller(self.key).answers
        blanks = [question["key"] for question in open_questions(self.case)]
        answers = [{"key": key, ("value" if isinstance(known[key], str) else "values"): known[key]} for key in blanks if known.get(key)]
        saved = {"caseId": self.case["id"], "revision": self.case["form"]["revision"], "answers": list(given) or answers}
        self.case = await self.phone.mutate(documents.FILL_FORM, {"input": saved})
        return self.case

    def submission(self) -> Json:
        agreed = [declaration["id"] for declaration in self.case["declarations"]]
        return {"caseId": self.case["id"], "revision": self.case["form"]["revision"], "declarations": agreed}

    async def submits(self) -> Json:
        self.case = await self.phone.mutate(documents.SUBMIT_CASE, {"input": self.submission()})
        return self.case

    async def applies(self, items: Sequence[str] | None = None) -> Json:
        await self.opens(items)
        await self.fills()
        return await self.submits()

    async def rereads(self) -> Json:
        self.case = (await self.phone.query(documents.CASE, {"id": self.case["id"]}))["case"]
        return self.case

    async def settles(self, within: float = 30) -> Json:
        """Read again, until for a while nothing has been added to its history."""
        seen: object = None
        async with asyncio.timeout(within):
            while seen != self.case["steps"]:
                seen = self.case["steps"]
                await asyncio.sleep(QUIET_SECONDS)
                await self.rereads()
        return self.case

    async def sees(self, *, until: Callable[[Json], bool], after: int = 0, within: float = 30) -> list[Json]:
        """The steps that the subscription brings, until one is as wanted."""
        steps: list[Json] = []
        async with asyncio.timeout(within), aclosing(self.phone.watch(self.case["id"], after=after)) as messages:
            async for message in messages:
                steps += message["steps"]
                if message["case"]:
                    self.case = {**self.case, **message["case"]}
                if any(until(step) for step in message["steps"]) or message["end"] == "FINISHED":
                    break
        return steps

    def item(self, code: str) -> Json:
        return next(item for item in self.case["items"] if item["code"] == code)

    def question(self, key: str) -> Json:
        fields = (one for section in self.case["form"]["sections"] for entry in section["entries"] for one in entry["fields"])
        return next(one for one in fields if one["key"] == key)


@dataclass
class Outside:
    http: httpx2.AsyncClient
    told: set[str] = field(default_factory=set)

    async def behave(self, system: str, **manner: object) -> None:
        """`system`: licences, messages, departments/hrss …"""
        self.told.add(system)
        (await self.http.post(f"/{system}/_behave", json=manner)).raise_for_status()

    async def behave_well(self) -> None:
        for system in self.told:
            (await self.http.delete(f"/{system}/_behave")).raise_for_status()

    async def ledger(self, department: str) -> list[Json]:
        return (await self.http.get(f"/departments/{department}/_ledger")).json()["handoffs"]

    async def messages(self) -> list[Json]:
        """What the provider has sent to anybody."""
        return (await self.http.get("/messages/_sent")).json()["messages"]

    async def calls_back(self, department: str, *, about: str, times: int, within: float = 30) -> None:
        """Until it has been heard so often about the hand-off whose key begins so."""
        told = -1
        try:
            async with asyncio.timeout(within):
                while told < times:
                    await asyncio.sleep(0.1)
                    told = sum(entry["told"] for entry in await self.ledger(department) if entry["key"].startswith(about))
        except TimeoutError:
            raise AssertionError(f"{department} has called back {told} times about {about}") from None


def kind(name: str) -> Callable[[Json], bool]:
    return lambda step: step["kind"] == name


def nothing_more(step: Json) -> bool:
    """Not this step nor any other: until the stream itself says that it is over."""
    return False
