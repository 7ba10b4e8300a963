"""A stand-in misbehaves exactly as it is told, repeatably, and stops when told."""

import asyncio
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mocks.behave import Answering, Behaviour, Manner, Rule, behaving


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def effects() -> list[str]:
    return []


@pytest.fixture
def client(behaviour: Behaviour, effects: list[str]) -> httpx2.AsyncClient:
    async def thing(request: Request) -> PlainTextResponse:
        effects.append(request.url.path)
        return PlainTextResponse("done")

    app = behaving(Starlette(routes=[Route("/thing", thing), Route("/_ledger", thing)]), behaviour)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://stand-in.test")


async def statuses(client: httpx2.AsyncClient, count: int) -> list[int]:
    return [(await client.get("/thing")).status_code for _ in range(count)]


async def test_it_tells_how_it_behaves_and_forgets_it_all_when_asked(client: httpx2.AsyncClient) -> None:
    await client.post("/_behave", json={"latency_ms": 1})
    told = (await client.post("/_behave", json={"rules": [{"person": "li", "silence": True}]})).json()
    await client.delete("/_behave")

    assert (told["latency_ms"], told["rules"][0]["person"], told["rules"][0]["silence"]) == (1, "li", True)
    assert (await client.get("/_behave")).json() == {**told, "latency_ms": 0, "rules": []}


@pytest.mark.parametrize("wrong", [{"latency": 1}, {"error_rate": 2}, {"outage": "fire"}, {"rules": [{"who": "li"}]}, [], None])
async def test_what_it_does_not_understand_changes_nothing(client: httpx2.AsyncClient, behaviour: Behaviour, wrong: Any) -> None:
    answer = await client.post("/_behave", json=wrong)

    assert (answer.status_code, behaviour.manner) == (400, Manner())


async def test_during_an_outage_it_answers_503_but_its_ledger_stays_readable(client: httpx2.AsyncClient, effects: list[str]) -> None:
    await client.post("/_behave", json={"outage": "503"})

    assert await statuses(client, 2) == [503, 503]
    assert effects == []
    assert (await client.get("/_ledger")).status_code == 200


async def test_its_errors_come_in_the_same_order_for_the_same_seed(client: httpx2.AsyncClient) -> None:
    await client.post("/_behave", json={"error_rate": 0.5, "seed": 7})
    first = await statuses(client, 30)
    await client.post("/_behave", json={"error_rate": 0.5, "seed": 7})

    assert await statuses(client, 30) == first
    assert {200, 503} == set(first)


async def test_of_its_failures_some_have_taken_effect(client: httpx2.AsyncClient, effects: list[str]) -> None:
    await client.post("/_behave", json={"error_rate": 1.0, "seed": 1})

    assert await statuses(client, 40) == [503] * 40
    assert 5 < len(effects) < 35


async def test_it_takes_its_time(client: httpx2.AsyncClient, effects: list[str]) -> None:
    await client.post("/_behave", json={"latency_ms": 3_600_000})

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.get("/thing"), 0.05)

    assert effects == []


async def test_when_its_time_has_passed_it_answers(client: httpx2.AsyncClient) -> None:
    await client.post("/_behave", json={"latency_ms": 10})

    assert await statuses(client, 2) == [200, 200]


def test_the_first_rule_that_covers_a_question_goes_before_the_rest() -> None:
    rules = (
        Rule(person="li", item="pension", after_ms=5),
        Rule(person="li", outcome="REFUSED", times=3),
        Rule(item="pension", reject=True),
    )
    behaviour = Behaviour(Manner(after_ms=1, duplicate=True, rules=rules))

    def usual(**differently: Any) -> Answering:
        return Answering(**{"after_ms": 1, "times": 2, "silence": False, "out_of_order": False, **differently})

    assert behaviour.answering("li", "pension") == usual(after_ms=5)
    assert behaviour.answering("li", "household-check") == usual(outcome="REFUSED", times=3)
    assert behaviour.answering("zhang", "pension") == usual(reject=True)
    assert behaviour.answering(None, "household-check") == usual()
