"""One subscription on one WebSocket, as graphql-transport-ws has it, for as long as the line holds."""

import asyncio
import json
from collections.abc import AsyncGenerator

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from mocks.answers import Fault, Json, SessionEnded

PROTOCOL = Subprotocol("graphql-transport-ws")
OPENING_SECONDS = 10.0
QUIET_SECONDS = 45.0
"""The server pings every 20 seconds: two missed, and the line is dead."""


class LineLost(Exception):
    """Closed from afar, or dead; nothing speaks against coming back."""


class TokenNotGood(Exception):
    """4401: ask again with another token."""


async def listen(url: str, *, token: str | None, language: str, document: str, variables: Json) -> AsyncGenerator[Json, None]:
    """The data of each message, until the server completes the operation. Raises Fault, LineLost, TokenNotGood, SessionEnded."""
    try:
        async with connect(
            url, subprotocols=[PROTOCOL], compression=None, proxy=None, open_timeout=OPENING_SECONDS, max_size=None
        ) as socket:
            await _greet(socket, token, language)
            await _send(socket, {"id": "1", "type": "subscribe", "payload": {"query": document, "variables": variables}})
            while (message := await _next(socket))["type"] != "complete":
                yield _data(message)
    except ConnectionClosed as closed:
        raise _why(closed) from closed
    except (OSError, InvalidHandshake, TimeoutError) as lost:
        raise LineLost(str(lost)) from lost


async def linger(url: str, *, token: str | None, language: str, there: asyncio.Event) -> None:
    """On a line on which nothing is asked, until it is closed from afar. `there`: told once it holds. Raises what `listen` raises."""
    try:
        async with connect(url, subprotocols=[PROTOCOL], compression=None, proxy=None, open_timeout=OPENING_SECONDS) as socket:
            await _greet(socket, token, language)
            there.set()
            await _next(socket)
    except ConnectionClosed as closed:
        raise _why(closed) from closed
    except (OSError, InvalidHandshake, TimeoutError) as lost:
        raise LineLost(str(lost)) from lost


async def _greet(socket: ClientConnection, token: str | None, language: str) -> None:
    await _send(socket, {"type": "connection_init", "payload": {"token": token, "language": language}})
    message = await _next(socket)
    if message["type"] != "connection_ack":
        raise Fault(f"instead of connection_ack: {message}")


async def _next(socket: ClientConnection) -> Json:
    """The next message that is not about the line itself."""
    while True:
        async with asyncio.timeout(QUIET_SECONDS):
            message: Json = json.loads(await socket.recv())
        if message["type"] == "ping":
            await _send(socket, {"type": "pong"})
        elif message["type"] != "pong":
            return message


async def _send(socket: ClientConnection, message: Json) -> None:
    await socket.send(json.dumps(message))


def _data(message: Json) -> Json:
    payload = message["payload"]
    if message["type"] != "next" or payload.get("errors"):
        raise Fault(str(payload))
    data: Json = payload["data"]
    return data


def _why(closed: ConnectionClosed) -> Exception:
    code = closed.rcvd.code if closed.rcvd else None
    match code:
        case 4401:
            return TokenNotGood(str(closed))
        case 4403:
            return SessionEnded(str(closed))
        case None | 1000 | 1001 | 1006 | 1011 | 1012 | 1013:
            return LineLost(str(closed))
        case _:
            return Fault(f"the socket was closed: {closed}")
