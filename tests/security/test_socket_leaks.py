"""However a socket ends, its subscriptions end with it."""

import asyncio

import pytest

from api.graphql.connection import Connection, Pace
from api.graphql.gate import Caller
from tests.security.live import an_app, closed, dial, greeted, hear, say, serving, some_sockets, subscribe, until
from tests.security.small_gate import SmallGate, an_engine

GENEROUS = 60.0


async def test_a_completed_subscription_is_closed_at_once() -> None:
    gate = SmallGate()
    async with serving(an_app(some_sockets(gate))) as (_, port), dial(port) as socket:
        await greeted(socket)
        await subscribe(socket, "subscription{wait}")
        await hear(socket)
        await say(socket, type="complete", id="1")

        await until(lambda: gate.streams.ended == 1)


@pytest.mark.parametrize("politely", [True, False])
async def test_fifty_sockets_opened_and_dropped_leave_nothing_behind(*, politely: bool) -> None:
    gate = SmallGate()
    sockets = some_sockets(gate, pace=Pace(init=GENEROUS))
    async with serving(an_app(sockets)) as (server, port):
        before = len(asyncio.all_tasks())
        dialled = await asyncio.gather(*(dial(port) for _ in range(50)))
        for socket in dialled:
            await greeted(socket)
            await subscribe(socket, "subscription{wait}", operation_id="a")
            await subscribe(socket, "subscription{wait}", operation_id="b")
        await until(lambda: gate.streams.begun == 100)

        for socket in dialled:
            if politely:
                await socket.close()
            else:
                socket.transport.abort()

        await until(lambda: gate.streams.ended == 100)
        await until(lambda: not server.server_state.tasks and len(asyncio.all_tasks()) <= before)
        assert sockets.open == 0


async def test_a_server_that_stops_closes_every_socket_with_1012() -> None:
    gate = SmallGate()
    sockets = some_sockets(gate)
    async with serving(an_app(sockets)) as (server, port):
        socket = await greeted(await dial(port))
        await subscribe(socket, "subscription{wait}")
        await hear(socket)
        server.should_exit = True

        assert (await closed(socket))[0] == 1012
        await until(lambda: gate.streams.ended == 1)

    assert sockets.open == 0


class SilentPeer:
    """Greets, subscribes, and from then on reads nothing: sending to it never comes back."""

    def __init__(self, query: str) -> None:
        init = '{"type": "connection_init", "payload": {"token": "mei"}}'
        self._frames = [{"text": init}, {"text": f'{{"type": "subscribe", "id": "1", "payload": {{"query": "{query}"}}}}'}]
        self._never = asyncio.Event()
        self.taken: list[object] = []

    async def receive(self) -> dict[str, object]:
        if not self._frames:
            await self._never.wait()
        return {"type": "websocket.receive", **self._frames.pop(0)}

    async def send(self, message: object) -> None:
        if len(self.taken) >= 2:
            await self._never.wait()
        self.taken.append(message)


ALL_THAT_FITS = 1 + 1 + 100 + 1
"""Taken, in the writer's hand, queued, and the one for which there was no room."""


def to_a_silent_peer(gate: SmallGate, **pace: float) -> Connection:
    peer = SilentPeer("subscription{count(to: 1000)}")
    return Connection(an_engine(), gate, Pace(init=GENEROUS, **pace), caller=Caller(), receive=peer.receive, send=peer.send)


async def test_for_a_reader_who_stops_a_hundred_messages_wait_and_no_more_are_made() -> None:
    gate = SmallGate()
    running = asyncio.create_task(to_a_silent_peer(gate, patience=3600).run())

    await until(lambda: gate.contexts - 1 >= ALL_THAT_FITS)
    await asyncio.sleep(0.05)  # time enough to make another, for who would
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert (gate.contexts - 1, gate.streams.ended) == (ALL_THAT_FITS, 1)


async def test_a_reader_who_has_stopped_for_too_long_is_closed_with_1012() -> None:
    gate = SmallGate()

    code = await asyncio.wait_for(to_a_silent_peer(gate, patience=0.05, goodbye=0.05).run(), GENEROUS)

    assert (code, gate.streams.ended) == (1012, 1)
    assert gate.contexts - 1 <= ALL_THAT_FITS
