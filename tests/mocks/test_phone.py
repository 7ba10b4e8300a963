"""Does the phone do what the contract asks of an app when a line breaks, a token runs out, or the server says no?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse

from mocks import documents
from mocks.answers import Fault, NoAnswer, ProblemAnswer, SessionEnded
from mocks.phone import Phone
from tests.mocks.scripted import Losing, Scripted
from tests.security.live import serving

Json = dict[str, Any]
PAUSES = (0.001,) * 4
CASE = {"__typename": "Case", "id": "case-1"}


def phone_to(server: Scripted, *, lost: int = 0) -> Phone:
    transport = Losing(httpx2.ASGITransport(server.app), answers=lost)
    return Phone("http://phone.test", transport=transport, pauses=PAUSES)


def signed_in(phone: Phone) -> Phone:
    phone.access_token, phone.refresh_token = "access-1", "refresh-1"
    return phone


def requests_of(server: Scripted) -> list[str]:
    return [asked["variables"]["requestId"] for asked in server.asked]


# ---------------------------------------------------------------- asking


async def test_signing_in_walks_the_redirects_and_proves_who_began() -> None:
    async with phone_to(Scripted()) as phone:
        viewer = await phone.sign_in("zhang")

    assert viewer == {"person": {"name": "张*"}}
    assert (phone.access_token, phone.refresh_token) == ("access-1", "refresh-1")


async def test_a_sign_in_that_stops_on_the_way_says_where() -> None:
    async with phone_to(Scripted()) as phone:
        with pytest.raises(Fault, match=r"identity\.test/authorize.* with 404: Who are you"):
            await phone.sign_in("nobody")


async def test_a_lost_answer_is_asked_for_again_with_the_same_request_id() -> None:
    server = Scripted(answer=lambda _: {"data": {"openCase": CASE}})

    async with signed_in(phone_to(server, lost=2)) as phone:
        case = await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}})

    assert case == CASE
    assert len(server.asked) == 3
    assert len(set(requests_of(server))) == 1


async def test_two_mutations_have_two_request_ids() -> None:
    server = Scripted(answer=lambda _: {"data": {"openCase": CASE}})

    async with signed_in(phone_to(server)) as phone:
        for _ in range(2):
            await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}})

    assert len(set(requests_of(server))) == 2


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_for_patience_is_asked_again(status: int) -> None:
    busy = [JSONResponse({"errors": []}, status, {"Retry-After": "0"}) for _ in range(2)]
    server = Scripted(answer=lambda _: busy.pop() if busy else {"data": {"openCase": CASE}})

    async with signed_in(phone_to(server)) as phone:
        assert await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}}) == CASE

    assert len(set(requests_of(server))) == 1


async def test_a_line_that_stays_dead_is_given_up() -> None:
    async with signed_in(phone_to(Scripted(), lost=100)) as phone:
        with pytest.raises(NoAnswer, match="the line broke"):
            await phone.query(documents.NOW)


async def test_of_many_that_find_a_spent_token_one_refreshes() -> None:
    server = Scripted()

    async with signed_in(phone_to(server)) as phone:
        phone.access_token = "access-0"
        await asyncio.gather(*(phone.query(documents.NOW) for _ in range(10)))

    assert server.refreshed == 1
    assert phone.access_token == "access-1"


async def test_after_a_refresh_a_mutation_keeps_its_request_id() -> None:
    server = Scripted(answer=lambda _: {"data": {"openCase": CASE}})

    async with signed_in(phone_to(server)) as phone:
        phone.access_token = "access-0"
        await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}})

    assert [asked["token"] for asked in server.asked] == ["Bearer access-0", "Bearer access-1"]
    assert len(set(requests_of(server))) == 1


async def test_a_session_that_is_over_says_so() -> None:
    async with signed_in(phone_to(Scripted(good_tokens=set()))) as phone:
        with pytest.raises(SessionEnded):
            await phone.query(documents.NOW)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        ({"__typename": "Refusal", "message": "no", "refusalCode": "CONFLICT", "remedy": "RELOAD"}, "CONFLICT"),
        ({"__typename": "InvalidForm", "message": "look", "issues": [{"code": "missing"}, {"code": "locked"}]}, "missing,locked"),
    ],
)
async def test_a_problem_is_raised_with_all_that_was_said(problem: Json, code: str) -> None:
    async with signed_in(phone_to(Scripted(answer=lambda _: {"data": {"submitCase": problem}}))) as phone:
        with pytest.raises(ProblemAnswer) as raised:
            await phone.mutate(documents.SUBMIT_CASE, {"input": {}})

    assert (raised.value.typename, raised.value.code, raised.value.answer) == (problem["__typename"], code, problem)


def busy(seconds: int | None) -> Json:
    refusal = {"refusalCode": "CONFLICT", "remedy": "RETRY", "retryAfterSeconds": seconds}
    return {"data": {"openCase": {"__typename": "Refusal", "message": "in a moment", **refusal}}}


async def test_whoever_is_told_to_ask_again_in_a_moment_does_so_with_the_same_request_id() -> None:
    answers = [busy(0), busy(0), busy(0), {"data": {"openCase": CASE}}]
    server = Scripted(answer=lambda _: answers.pop(0))

    async with signed_in(phone_to(server)) as phone:
        case = await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}})

    assert case == CASE
    assert len(server.asked) == 4
    assert len(set(requests_of(server))) == 1


@pytest.mark.parametrize(("seconds", "asked"), [(0, 4), (6, 1), (None, 1)])
async def test_a_refusal_that_stays_or_asks_for_a_long_wait_is_raised(seconds: int | None, asked: int) -> None:
    server = Scripted(answer=lambda _: busy(seconds))

    async with signed_in(phone_to(server)) as phone:
        with pytest.raises(ProblemAnswer, match="in a moment"):
            await phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": []}})

    assert len(server.asked) == asked


async def test_an_error_that_is_no_problem_is_a_fault() -> None:
    async with signed_in(phone_to(Scripted(answer=lambda _: {"errors": [{"extensions": {"errorId": "17"}}]}))) as phone:
        with pytest.raises(Fault, match="17"):
            await phone.query(documents.NOW)


# ---------------------------------------------------------------- watching


def progress(*numbers: int, end: str | None = None) -> Json:
    return {"caseProgress": {"steps": [{"number": number} for number in numbers], "case": None, "end": end}}


def changes(*versions: int, end: str | None = None) -> Json:
    cases = [{"id": f"case-{place}", "version": version} for place, version in enumerate(versions, start=1)]
    return {"caseChanges": {"cases": cases, "gone": [], "end": end}}


async def watched(server: Scripted, *, token: str = "access-1") -> list[int]:
    async with serving(server.app) as (_, port), signed_in(Phone(f"http://127.0.0.1:{port}", language="en", pauses=PAUSES)) as phone:
        phone.access_token = token
        async with aclosing(phone.watch("case-1")) as messages:
            return [step["number"] async for message in messages for step in message["steps"]]


@pytest.mark.parametrize("ending", [1012, 1011, 1001, "RESUME", "complete"])
async def test_after_a_break_the_phone_comes_back_with_the_last_step_it_saw(ending: int | str) -> None:
    broken = {"RESUME": [progress(end="RESUME")], "complete": []}.get(str(ending), [ending])
    server = Scripted(lines=[[progress(1, 2), progress(3), *broken], [progress(4), progress(5, end="FINISHED")]])

    numbers = await watched(server)

    assert numbers == [1, 2, 3, 4, 5]
    assert server.subscribed == [{"caseId": "case-1", "after": 0}, {"caseId": "case-1", "after": 3}]


async def test_a_line_gets_token_and_language_and_answers_pings() -> None:
    server = Scripted(lines=[[{"type": "ping"}, progress(1, end="GONE")]])

    assert await watched(server) == [1]
    assert server.greeted == [{"token": "access-1", "language": "en"}]


async def test_a_token_that_the_line_does_not_take_is_refreshed() -> None:
    server = Scripted(lines=[[4401], [progress(1, end="FINISHED")]])

    assert await watched(server, token="access-0") == [1]
    assert [greeting["token"] for greeting in server.greeted] == ["access-0", "access-1"]


async def test_an_ended_session_ends_the_watching() -> None:
    with pytest.raises(SessionEnded):
        await watched(Scripted(lines=[[progress(1), 4403]]))


@pytest.mark.parametrize("line", [[{"type": "error", "id": "1", "payload": [{"message": "bad"}]}], [4400]])
async def test_a_line_that_the_server_refuses_is_a_fault(line: list[Json | int]) -> None:
    with pytest.raises(Fault):
        await watched(Scripted(lines=[line]))


async def test_a_line_that_never_holds_is_given_up() -> None:
    with pytest.raises(NoAnswer):
        await watched(Scripted(lines=[[1012]] * len(PAUSES)))


async def test_a_list_of_cases_comes_back_with_the_versions_it_saw() -> None:
    server = Scripted(lines=[[changes(7, 1), 1012], [changes(8), changes(end="FINISHED")]])

    async with serving(server.app) as (_, port), signed_in(Phone(f"http://127.0.0.1:{port}", pauses=PAUSES)) as phone:
        versions = [found async for found in seen(phone)]

    assert versions == [[7, 1], [8], []]
    assert server.subscribed[1] == {"seen": [{"caseId": "case-1", "version": 7}, {"caseId": "case-2", "version": 1}]}


async def seen(phone: Phone) -> AsyncIterator[list[int]]:
    async with aclosing(phone.watch_many({"case-1": 0, "case-2": 0})) as messages:
        async for message in messages:
            yield [case["version"] for case in message["cases"]]
