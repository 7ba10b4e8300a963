"""A phone with a bad line sends the same request fifty times at once, to both API processes: one effect, one outcome."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from mocks import documents
from mocks.phone import Phone
from tests.faults.crowd import Walker, crowd
from tests.faults.house import House
from tests.faults.listed import Kind, Listed, chosen
from tests.faults.manners import misbehave
from tests.faults.truth import check, settled
from tests.whole.applicant import Json, Outside

TIMES = 50
FINISHED_SECONDS = 180.0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("listed", chosen(metafunc.config, [Kind.SAME]), ids=str)


@pytest.mark.row("F38", "B08")
async def test_the_same_request_fifty_times_at_once_has_one_effect(house: House, outside: Outside, listed: Listed) -> None:
    async with crowd(house.url, listed.seed, 1) as (walker,):
        await misbehave(outside, [walker.person.key], listed.seed)
        await walker.sign_in()
        async with lines(house, walker) as phones:
            opened = await at_once(phones, documents.OPEN_CASE, await walker.person.opening(), f"open-{walker.person.key}-0001")
            walker.person.case = opened[0]
            await walker.complete()
            changed = {"key": "living-address", "value": "搬了家"}
            filled = await at_once(phones, documents.FILL_FORM, {**place(walker), "answers": [changed]}, f"fill-{walker.person.key}-0001")
            walker.person.case = filled[0]
            submitted = await at_once(phones, documents.SUBMIT_CASE, walker.person.submission(), f"submit-{walker.person.key}-0001")
        walker.submitted = submitted[0]
        await asyncio.wait_for(walker.watch(), FINISHED_SECONDS)

        await check(walker, await settled(house, outside))
    assert {(case["id"], case["number"]) for case in [*opened, *filled, *submitted]} == {
        (walker.submitted["id"], walker.submitted["number"])
    }
    assert len({case["form"]["revision"] for case in filled}) == 1
    assert {case["status"] for case in submitted} <= {"SUBMITTED", "IN_PROGRESS", "DONE"}


@asynccontextmanager
async def lines(house: House, walker: Walker) -> AsyncIterator[Sequence[Phone]]:
    """To each API process by its own address, in the session that the person has."""
    async with AsyncExitStack() as stack:
        phones = [await stack.enter_async_context(Phone(url)) for url in house.api_urls]
        for phone in phones:
            phone.access_token = walker.person.phone.access_token
        yield phones


async def at_once(phones: Sequence[Phone], document: str, asked: Json, request: str) -> list[Json]:
    """What each was answered; a problem is raised."""
    asking = [phones[time % len(phones)].mutate(document, {"input": asked}, request_id=request) for time in range(TIMES)]
    return await asyncio.gather(*asking)


def place(walker: Walker) -> Json:
    return {"caseId": walker.person.case["id"], "revision": walker.person.case["form"]["revision"]}
