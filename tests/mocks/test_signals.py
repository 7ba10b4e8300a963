"""The identity platform's stand-in tells its client what happens, and says what the client answered."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mocks.identity import identity_app
from mocks.provider import Client, Provider

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DOOR = "http://client.test/told"


def listening(status: int, heard: list[str]) -> httpx2.AsyncClient:
    async def hear(request: Request) -> Response:
        async with request.form() as form:
            heard.append(str(form["logout_token"]))
        return Response(status_code=status)

    return httpx2.AsyncClient(transport=httpx2.ASGITransport(Starlette(routes=[Route("/told", hear, methods=["POST"])])))


async def asked(what: str, person: str, to: httpx2.AsyncClient, *, door: str | None = DOOR) -> tuple[int, object]:
    provider = Provider("http://identity.test", Client("client", "secret", (), door), lambda: AT)
    app = identity_app(provider, http=to)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://identity.test") as http:
        answer = await http.post(f"/{what}", json={"person": person})
    return answer.status_code, answer.json()


@pytest.mark.parametrize("what", ["_logout", "_suspend", "_restore"])
async def test_the_client_hears_one_token_and_its_answer_is_told(what: str) -> None:
    heard: list[str] = []

    assert await asked(what, "zhang", listening(400, heard)) == (200, {"status": 400})
    assert [token.count(".") for token in heard] == [2]


def refuses(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("nobody there")


@pytest.mark.parametrize("what", ["_logout", "_suspend", "_restore"])
async def test_a_client_that_is_away_is_told_of(what: str) -> None:
    away: Callable[[httpx2.Request], httpx2.Response] = refuses

    assert await asked(what, "zhang", httpx2.AsyncClient(transport=httpx2.MockTransport(away))) == (502, {"error": "ConnectError"})


@pytest.mark.parametrize(("person", "door"), [("nobody-at-all", DOOR), ("zhang", None)])
async def test_without_a_person_or_a_client_nobody_is_told(person: str, door: str | None) -> None:
    heard: list[str] = []

    assert (await asked("_logout", person, listening(200, heard), door=door))[0] == 404
    assert heard == []
