"""A bureau in trouble: away, slow, dead, or answering what was not agreed. It is no answer, and costs nobody else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from domain.ports import Decided, NoAnswer
from integrations.departments import HttpDepartments
from mocks.decisions import DEPARTMENTS
from tests.mocks.world import SILENT, World, a_handoff, a_world

EVERY_ITEM = [(department, item) for department, items in DEPARTMENTS.items() for item in items]
MILLISECOND, MINUTES_AGO = timedelta(milliseconds=1), timedelta(minutes=10)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


@pytest.fixture
async def departments(world: World) -> AsyncIterator[HttpDepartments]:
    departments = world.departments()
    yield departments
    await departments.close()


async def test_a_department_that_is_not_connected_is_no_answer(departments: HttpDepartments) -> None:
    with pytest.raises(NoAnswer, match="customs: is not connected"):
        await departments.hand_off(a_handoff(department="customs"))


async def test_a_slow_department_is_no_answer(world: World) -> None:
    departments = world.departments(wiring=world.with_limits(total=SILENT))
    await world.behave("/departments/hrss", latency_ms=3_600_000)

    with pytest.raises(NoAnswer, match="hrss: did not answer in time"):
        await departments.hand_off(a_handoff())


async def test_a_dead_bureau_is_left_alone_and_costs_nobody_else(world: World) -> None:
    departments = world.departments(wiring=world.with_limits(failures_to_open=2, attempts=1, pause=3600))
    await world.behave("/departments/police", outage="503")
    check = a_handoff("case-1.household-check.1", item="household-check", department="police")

    told = []
    for _ in range(3):
        with pytest.raises(NoAnswer) as caught:
            await departments.hand_off(check)
        told.append(caught.value.why)

    assert told[0] == told[1] == "answered that it is out of order"
    assert "left alone" in told[2]
    assert isinstance(await departments.hand_off(a_handoff()), Decided)


DECIDED = {"status": "decided", "sequence": 1, "outcome": "GRANTED", "at": "2026-11-23T10:00:00+08:00"}


def nonsense(body: Any, status: int = 200) -> Response:
    return JSONResponse(body, status)


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("granted"),
        nonsense([]),
        nonsense({"status": "rejected", "reasons": []}),
        nonsense({**DECIDED, "outcome": "MAYBE"}),
        nonsense({**DECIDED, "sequence": 0}),
        nonsense({**DECIDED, "sequence": "1"}),
        nonsense({**DECIDED, "at": "2026-11-23T10:00:00"}),
        nonsense({**DECIDED, "at": "9999-12-31T23:59:59-14:00"}),
        nonsense({**DECIDED, "text": "长" * 2001}),
        nonsense({**DECIDED, "reasons": ["一"] * 51}),
        nonsense(DECIDED, 302),
        nonsense(DECIDED, 404),
        nonsense({"error": "no such path"}, 404),
    ],
)
async def test_an_ill_formed_answer_is_no_answer_and_nothing_breaks(world: World, answer: Response) -> None:
    departments = world.departments(wiring=replace(world.wiring, transport=httpx2.ASGITransport(answer)))

    with pytest.raises(NoAnswer, match="in a form that was not agreed"):
        await departments.hand_off(a_handoff())


async def test_no_error_tells_whose_matter_it_is(world: World) -> None:
    departments = world.departments(wiring=replace(world.wiring, transport=httpx2.ASGITransport(nonsense({"status": "张守田"}, 400))))

    with pytest.raises(NoAnswer) as caught:
        await departments.hand_off(a_handoff())

    assert str(caught.value) == "hrss: answered HTTP 400 in a form that was not agreed"
