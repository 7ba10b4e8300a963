"""A server that answers as a script says and remembers what it was asked: to see what the phone does about it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

Json = dict[str, Any]


def session(number: int) -> Json:
    """What signIn and refreshSession answer."""
    tokens = {"accessToken": f"access-{number}", "refreshToken": f"refresh-{number}", "accessTokenLivesSeconds": 600}
    return {"__typename": "Session", "viewer": {"person": {"name": "张*"}}, **tokens}


@dataclass
class Scripted:
    """`answer` is asked for each GraphQL request but those that sign in or refresh; `lines` holds a script for each socket, in order."""

    answer: Callable[[Json], Json | Response] = lambda asked: {"data": {"now": "2026-11-23T10:00:00+08:00"}}
    lines: list[list[Json | int]] = field(default_factory=list)
    good_tokens: set[str] = field(default_factory=lambda: {"access-1"})
    asked: list[Json] = field(default_factory=list)
    greeted: list[Json] = field(default_factory=list)
    subscribed: list[Json] = field(default_factory=list)
    refreshed: int = 0
    challenge: str = ""
    identity: str = "http://identity.test"

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/graphql", self._graphql, methods=["POST"]),
                Route("/sign-in", self._sign_in),
                Route("/authorize", self._authorize),
                Route("/sign-in/callback", self._callback),
                WebSocketRoute("/graphql", self._line),
            ]
        )

    async def _graphql(self, request: Request) -> Response:
        asked: Json = await request.json()
        variables = asked.get("variables", {})
        if asked["query"].startswith("mutation SignIn"):
            return self._exchange(variables["input"])
        if asked["query"].startswith("mutation RefreshSession"):
            return self._refresh()
        self.asked.append(asked | {"token": request.headers.get("Authorization")})
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return JSONResponse({"errors": [{"message": "token"}]}, 401)
        answer = self.answer(asked)
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    def _exchange(self, given: Json) -> Response:
        made_of = urlsafe_b64encode(hashlib.sha256(given["verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (given["ticket"], made_of) == ("ticket-1", self.challenge)
        return JSONResponse({"data": {"signIn": session(1)}})

    def _refresh(self) -> Response:
        self.refreshed += 1
        if not self.good_tokens:
            refusal = {"__typename": "Refusal", "message": "over", "refusalCode": "EXPIRED", "remedy": "NONE"}
            return JSONResponse({"data": {"refreshSession": refusal}})
        return JSONResponse({"data": {"refreshSession": session(1)}})

    async def _sign_in(self, request: Request) -> Response:
        self.challenge = request.query_params["challenge"]
        answer = RedirectResponse(f"{self.identity}/authorize?hint={request.query_params['login_hint']}")
        answer.set_cookie("browser", "this one")
        return answer

    async def _authorize(self, request: Request) -> Response:
        if request.query_params["hint"] != "zhang":
            return Response("Who are you?", 404)
        return RedirectResponse("http://phone.test/sign-in/callback?code=1")

    async def _callback(self, request: Request) -> Response:
        assert request.cookies == {"browser": "this one"}
        return RedirectResponse("/app#ticket=ticket-1")

    async def _line(self, socket: WebSocket) -> None:
        await socket.accept("graphql-transport-ws")
        self.greeted.append((await socket.receive_json())["payload"])
        script = self.lines.pop(0)
        try:
            await self._play(socket, script)
        except WebSocketDisconnect:
            return

    async def _play(self, socket: WebSocket, script: list[Json | int]) -> None:
        if script[0] != 4401:
            await socket.send_json({"type": "connection_ack"})
            self.subscribed.append((await socket.receive_json())["payload"]["variables"])
        for part in script:
            if isinstance(part, int):
                await socket.close(part)
                return
            await socket.send_json(part if "type" in part else {"type": "next", "id": "1", "payload": {"data": part}})
        await socket.send_json({"type": "complete", "id": "1"})
        await socket.receive_text()


class Losing(httpx2.AsyncBaseTransport):
    """A line on which the first answers are lost after they took effect."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, *, answers: int) -> None:
        self.inner = inner
        self.left = answers

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self.inner.handle_async_request(request)
        if self.left:
            self.left -= 1
            raise httpx2.ReadError("the line broke")
        return answer
