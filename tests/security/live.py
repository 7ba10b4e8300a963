"""A real server on a free port, and what tests say to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import orjson
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from api.bodies import BodyLimits
from api.graphql.connection import Pace
from api.graphql.sockets import GraphQLSockets
from api.server import Patience, Server
from tests.security.small_gate import SmallGate, an_engine, over_http

TRANSPORT_WS = [Subprotocol("graphql-transport-ws")]


def an_app(sockets: GraphQLSockets, **more: object) -> ASGIApp:
    return BodyLimits(Starlette(routes=[WebSocketRoute("/graphql", sockets), Route("/graphql", over_http(sockets.engine))]), **more)


def some_sockets(gate: SmallGate | None = None, *, pace: Pace | None = None, **more: object) -> GraphQLSockets:
    return GraphQLSockets(engine=an_engine(), gate=gate or SmallGate(), pace=pace or Pace(), **more)


@asynccontextmanager
async def serving(app: ASGIApp, *, patience: Patience | None = None) -> AsyncIterator[tuple[Server, int]]:
    port = asyncio.get_running_loop().create_future()
    server = Server(app, patience=patience or Patience(shutdown=2), ready=port.set_result)
    task = asyncio.create_task(server.listen(host="127.0.0.1", port=0))
    try:
        yield server, await asyncio.wait_for(port, 10)
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, 10)


def dial(port: int, *, subprotocols: list[Subprotocol] | None = TRANSPORT_WS, **more: object) -> connect:
    return connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=subprotocols, proxy=None, **more)


async def say(socket: ClientConnection, **message: object) -> None:
    await socket.send(orjson.dumps(message).decode())


async def hear(socket: ClientConnection) -> dict[str, object]:
    return orjson.loads(await asyncio.wait_for(socket.recv(), 10))


async def greeted(socket: ClientConnection, *, token: str | None = "mei", language: str = "en") -> ClientConnection:
    await say(socket, type="connection_init", payload={"token": token, "language": language})
    assert await hear(socket) == {"type": "connection_ack"}
    return socket


async def subscribe(socket: ClientConnection, query: str, *, operation_id: str = "1", **more: object) -> None:
    await say(socket, type="subscribe", id=operation_id, payload={"query": query, **more})


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """The code and the reason; whatever comes before is passed over."""
    async with asyncio.timeout(10):
        async for _ in _messages(socket):
            pass
        await socket.wait_closed()
    return socket.close_code or 0, socket.close_reason or ""


async def _messages(socket: ClientConnection) -> AsyncIterator[object]:
    with suppress(ConnectionClosed):
        async for message in socket:
            yield message


async def until(condition: Callable[[], bool], *, within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  # conditions of any kind
            await asyncio.sleep(0.01)
