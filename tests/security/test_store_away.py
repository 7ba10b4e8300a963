"""A store that is away is nobody's fault: whoever asked is told to come again, and nothing is said of what broke."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from pymongo.errors import AutoReconnect, ServerSelectionTimeoutError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from websockets.asyncio.client import ClientConnection

from api.problems import store_away
from integrations.mongo.database import AWAY
from tests.cases import loaded
from tests.security.asking import a_client, ask
from tests.security.live import closed, greeted, hear, say, subscribe
from tests.security.small_schema import SECRET


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with a_client() as client:
        yield client


@pytest.mark.parametrize(("query", "token"), [("{who}", "stored"), ("{kept}", "mei"), ("{who kept}", "mei")])
async def test_over_http_it_is_503_with_the_time_to_come_back(client: httpx2.AsyncClient, query: str, token: str) -> None:
    response = await ask(client, query, token=token)

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert response.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE", "retryAfterSeconds": 1}
    assert SECRET not in response.text


async def test_a_subscriber_is_asked_to_come_back_and_not_told_of_a_fault(socket: ClientConnection) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription {news}")
    assert (await hear(socket))["type"] == "next"

    code, reason = await closed(socket)

    assert code == 1012
    assert SECRET not in reason


async def test_whoever_greets_is_asked_to_come_back(socket: ClientConnection) -> None:
    await say(socket, type="connection_init", payload={"token": "stored"})

    assert (await closed(socket))[0] == 1012


@pytest.mark.parametrize("lost", [AutoReconnect(SECRET), ServerSelectionTimeoutError(SECRET)])
async def test_every_other_path_says_it_in_the_readers_language(lost: Exception) -> None:
    async def read(_: Request) -> None:
        raise lost

    app = Starlette(routes=[Route("/files/1", read)], exception_handlers=dict.fromkeys(AWAY, store_away))
    app.state.wording = loaded().wording
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        response = await client.get("/files/1", headers={"Accept-Language": "en"})

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert response.text.startswith("A system that we need does not answer at the moment")
