"""A request's body may be only so large and take only so long; the server itself waits for ever.

The limits go by path, as the route is not known yet: the most specific prefix counts.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes of a body, and seconds for all of it."""

    size: int
    seconds: float


SMALL = Allowance(64 * KIB, 30)
ALLOWANCES: Mapping[str, Allowance] = {"/files": Allowance(1024 * MIB, 120), "/employers/staff-sheets": Allowance(64 * MIB, 60)}
"""Both count for themselves, and take 10 MiB and 2: whoever sends too much is to be told what to do, and hung up on would hear nothing."""


class BodyRefused(HTTPException):
    """Raised by `receive`. An HTTPException, so that an application that catches those answers right too."""


class BodyLimits:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, *, allowances: Mapping[str, Allowance] = ALLOWANCES, otherwise: Allowance = SMALL) -> None:
        self._app = app
        self._otherwise = otherwise
        self._allowances = sorted(allowances.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, self._allowed(scope["path"]))
        try:
            body.check_declared(Headers(scope=scope).get("content-length"))
            await self._app(scope, body.receive, send)
        except BodyRefused as refused:
            await _refusal(refused)(scope, receive, send)

    def _allowed(self, path: str) -> Allowance:
        under = (allowance for prefix, allowance in self._allowances if path == prefix or path.startswith(prefix + "/"))
        return next(under, self._otherwise)


class _Body:
    def __init__(self, receive: Receive, allowed: Allowance) -> None:
        self._receive = receive
        self._allowed = allowed
        self._read = 0
        self._deadline = asyncio.get_running_loop().time() + allowed.seconds
        self._whole = False

    def check_declared(self, length: str | None) -> None:
        if length is not None and length.isdecimal():
            self._check(int(length[:20]))

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise BodyRefused(408, f"The body did not arrive within {self._allowed.seconds:g} seconds.", _HANG_UP) from None
        self._read += len(message.get("body", b""))
        self._check(self._read)
        self._whole = not message.get("more_body", False)
        return message

    def _check(self, size: int) -> None:
        if size > self._allowed.size:
            raise BodyRefused(413, f"The body may hold at most {self._allowed.size} bytes here.", _HANG_UP)


_HANG_UP = {"Connection": "close"}


def _refusal(refused: BodyRefused) -> Response:
    body = orjson.dumps({"errors": [{"message": refused.detail}]})
    return Response(body, status_code=refused.status_code, headers=refused.headers, media_type="application/json")
