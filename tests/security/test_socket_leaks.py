"""However a socket ends, its subscriptions end with it."""

import asyncio

import pytest

from api.graphql.connection import Connection, Pace
from api.graphql.gate import Caller
from tests.security.live import an_app, closed, dial, greeted, hear, say, serving, some_sockets, subscribe, until
from tests.security.small_gate import SmallGate, an_engine


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
    sockets = some_sockets(gate)
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


async def test_for_a_reader_who_stops_a_hundred_messages_wait_and_then_it_is_closed_with_1012() -> None:
    gate, peer = SmallGate(), SilentPeer("subscription{count(to: 1000)}")
    pace = Pace(patience=0.05, goodbye=0.05)
    connection = Connection(an_engine(), gate, pace, caller=Caller(), receive=peer.receive, send=peer.send)

    code = await asyncio.wait_for(connection.run(), 10)

    resolved = gate.contexts - 1
    assert code == 1012
    assert resolved == 1 + 1 + 100 + 1  # taken, in the writer's hand, queued, and the one for which there was no room
    assert gate.streams.ended == 1
    assert len(peer.taken) == 2
