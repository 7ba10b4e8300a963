"""Somebody saves every quarter second while registers answer late and departments call back: nothing of either is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import msgspec
import pytest

from domain.cases.case import Case
from domain.cases.parts import RequestMark
from mocks import documents
from mocks.phone import Phone, ProblemAnswer
from tests.faults.crowd import Walker, crowd
from tests.faults.house import House
from tests.faults.listed import Kind, Listed, chosen
from tests.faults.manners import misbehave
from tests.faults.truth import check, settled
from tests.whole.applicant import Outside

QUARTER = 0.25
WAVERS_EVERY = 0.6
FINISHED_SECONDS = 180.0
MOST_TIMES = 5


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("listed", chosen(metafunc.config, [Kind.SAVING]), ids=str)


@pytest.fixture
def saves(pytestconfig: pytest.Config) -> int:
    return 120 if pytestconfig.getoption("--seeds") == "all" else 24


@pytest.mark.row("B13", "B08")
async def test_no_save_is_lost_and_no_hand_off_doubled(house: House, outside: Outside, listed: Listed, saves: int) -> None:
    async with crowd(house.url, listed.seed, 1) as (walker,), Phone(house.url) as tablet:
        await misbehave(outside, [walker.person.key], listed.seed)
        await outside.behave("licences", rules=[{"after_ms": 300}])
        await tablet.sign_in(walker.person.key)
        await walker.sign_in()
        await walker.person.opens(patient=False)
        watching = asyncio.create_task(walker.watch())

        async with wavering(tablet, walker):
            requests = await saved(walker, saves)
        kept_before = walker.person.case["form"]["revision"]
        await walker.complete()
        await walker.submit()
        refused = [await refusal(walker, number) async for number in quarters(saves // 3)]
        await asyncio.wait_for(watching, FINISHED_SECONDS)
        found = await settled(house, outside)
        await check(walker, found)

    case = found.cases[walker.person.case["id"]]
    assert kept_before == len(requests)
    assert Counter(mark.id for mark in marks(case) if mark.id in requests) == dict.fromkeys(requests, 1)
    assert set(refused) == {"STEP_NOT_ALLOWED"}


async def quarters(times: int) -> AsyncIterator[int]:
    """A beat, whether or not what is done on it takes longer."""
    began = monotonic()
    for number in range(times):
        await asyncio.sleep(max(0.0, began + number * QUARTER - monotonic()))
        yield number


async def saved(walker: Walker, saves: int) -> list[str]:
    """So many saves, and more until registers have written to the case between them often enough, however slow they are. The requests."""
    requests: list[str] = []
    async for number in quarters(MOST_TIMES * saves):
        requests.append(await save(walker, number))
        if len(requests) >= saves and sum(step["kind"] == "register-answered" for step in walker.steps) > saves / 4:
            return requests
    raise AssertionError("hardly anybody else wrote to the case meanwhile")


async def save(walker: Walker, number: int) -> str:
    """The id of the request. What was saved is what is answered, and it is saved upon what was saved before."""
    request = f"save-{walker.person.key}-{number:04}"
    await fill(walker, f"第{number}次写的地址", request)
    assert walker.person.case["form"]["revision"] == number + 1
    return request


async def refusal(walker: Walker, number: int) -> str:
    with pytest.raises(ProblemAnswer) as refused:
        await fill(walker, f"提交之后第{number}次", f"late-{walker.person.key}-{number:04}")
    return refused.value.code


async def fill(walker: Walker, address: str, request: str) -> None:
    case = walker.person.case
    filled = {"caseId": case["id"], "revision": case["form"]["revision"], "answers": [{"key": "living-address", "value": address}]}
    walker.person.case = await walker.person.phone.mutate(documents.FILL_FORM, {"input": filled}, request_id=request)


@asynccontextmanager
async def wavering(tablet: Phone, walker: Walker) -> AsyncIterator[None]:
    """On another device the same person withdraws what they allowed, and allows it again: registers are asked again and again."""
    case, stop = walker.person.case, asyncio.Event()
    texts = [{key: consent["wording"][key] for key in ("purpose", "version")} for consent in case["consents"]]

    async def waver() -> None:
        while not stop.is_set():
            for given in (False, True):
                decided = {"caseId": case["id"], "consents": [{**text, "given": given} for text in texts]}
                await tablet.mutate(documents.DECIDE_CONSENTS, {"input": decided})
            await asyncio.sleep(WAVERS_EVERY)

    async with asyncio.TaskGroup() as group:
        group.create_task(waver())
        yield
        stop.set()


def marks(case: Case) -> list[RequestMark]:
    return [mark for step in case.history for mark in msgspec.convert(step.data.get("requests", ()), list[RequestMark])]
