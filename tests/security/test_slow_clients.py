"""Whoever sends or reads slowly costs nobody else anything, and is gone at the deadline."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress

import httpx2

from api.bodies import KIB, MIB, Allowance
from api.server import Patience
from tests.security.live import an_app, dial, greeted, serving, some_sockets, subscribe, until
from tests.security.small_gate import SmallGate

HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b'Content-Length: 16\r\n\r\n{"query":"{who}"}'.replace(b"16", b"17")
HALF = HEAD + b'Content-Length: 17\r\n\r\n{"query"'
DRIP = [HEAD, HEAD + b"Content-Length: 17\r\n", b"G", b"", b"\r\n\r\n"]
GENEROUS = 60.0


class Slow:
    """A connection over which bytes go as slowly as a test wants."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, sent: bytes) -> None:
        self.writer.write(sent)
        await self.writer.drain()

    async def drip(self) -> None:
        while True:
            await self.say(b"X")
            await asyncio.sleep(0.02)

    async def answer(self) -> bytes:
        return await asyncio.wait_for(self.reader.readuntil(b"}}"), GENEROUS)

    async def rest(self) -> bytes:
        """What is answered until the other side hangs up."""
        try:
            return await asyncio.wait_for(self.reader.read(), GENEROUS)
        except ConnectionResetError:
            return b""


@asynccontextmanager
async def connections(port: int, how_many: int) -> AsyncIterator[Sequence[Slow]]:
    async with AsyncExitStack() as stack:
        opened = [Slow(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(how_many)]
        for slow in opened:
            stack.callback(slow.writer.transport.abort)
        yield opened


async def who_answers(port: int) -> object:
    async with httpx2.AsyncClient(trust_env=False, timeout=GENEROUS) as client:
        response = await client.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{who}"})
    return response.json()


async def test_two_hundred_slow_heads_and_bodies_keep_nobody_waiting() -> None:
    app, patience = an_app(some_sockets(), otherwise=Allowance(64 * KIB, 3600)), Patience(head=3600, connections=300, shutdown=2)
    async with serving(app, patience=patience) as (server, port), connections(port, 200) as slow:
        for number, each in enumerate(slow):
            await each.say([*DRIP[:-1], HALF][number % len(DRIP)])
        await until(lambda: len(server.server_state.connections) == 200)

        assert await who_answers(port) == {"data": {"who": "nobody/"}}
        assert len(server.server_state.connections) >= 200


async def test_slow_heads_are_dropped_at_the_deadline() -> None:
    patience = Patience(head=0.3, shutdown=2)
    async with serving(an_app(some_sockets()), patience=patience) as (server, port), connections(port, 50) as slow:
        for number, each in enumerate(slow):
            with suppress(ConnectionError):  # whose time is over already
                await each.say(DRIP[number % len(DRIP)])
        answers = await asyncio.gather(*(each.rest() for each in slow))

        assert {answer[:12] for answer in answers} <= {b"", b"HTTP/1.1 400"}
        await until(lambda: not server.server_state.connections)


async def test_a_head_that_keeps_dripping_is_dropped_all_the_same() -> None:
    async with serving(an_app(some_sockets()), patience=Patience(head=0.3, shutdown=2)) as (server, port), connections(port, 1) as (slow,):
        dripping = asyncio.create_task(slow.drip())

        assert await slow.rest() == b""
        await until(lambda: not server.server_state.connections)
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)


async def test_when_too_many_wait_the_one_who_has_waited_longest_goes() -> None:
    patience = Patience(head=60, headless=5, shutdown=2)
    async with serving(an_app(some_sockets()), patience=patience) as (server, port), connections(port, 5) as slow:
        await until(lambda: len(server.server_state.connections) == 5)

        assert await who_answers(port) == {"data": {"who": "nobody/"}}
        assert await slow[0].rest() == b""
        await until(lambda: len(server.server_state.connections) == 4)


async def test_a_connection_kept_alive_serves_one_request_after_another() -> None:
    """However long it asks nothing in between. The first is sent before the server looks, so that its deadline cannot pass meanwhile."""
    async with serving(an_app(some_sockets()), patience=Patience(head=0.2, shutdown=2)) as (_, port):
        dialled = socket.create_connection(("127.0.0.1", port))
        dialled.sendall(WHOLE)
        dialled.setblocking(False)
        kept = Slow(*await asyncio.open_connection(sock=dialled))
        with closing(kept.writer):
            assert b"200 OK" in await kept.answer()
            for _ in range(2):
                await asyncio.sleep(0.3)
                await kept.say(WHOLE)
                assert b"200 OK" in await kept.answer()


async def test_a_body_that_does_not_come_is_408_and_the_connection_ends() -> None:
    app = an_app(some_sockets(), otherwise=Allowance(64 * KIB, 0.2))
    async with serving(app, patience=Patience(head=3600, shutdown=2)) as (server, port), connections(port, 20) as slow:
        for each in slow:
            await each.say(HALF)
        answers = await asyncio.gather(*(each.rest() for each in slow))

        assert [answer for answer in answers if not answer.startswith(b"HTTP/1.1 408")] == []
        assert b"within 0.2 seconds" in answers[0]
        await until(lambda: not server.server_state.connections)


async def test_a_body_in_pieces_is_cut_off_where_it_becomes_too_large() -> None:
    app = an_app(some_sockets(), allowances={"/graphql": Allowance(1_000, 30)}, otherwise=Allowance(MIB, 30))
    async with serving(app) as (_, port), connections(port, 1) as (slow,):
        await slow.say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"12c\r\n" + b" " * 300 + b"\r\n")
        for _ in range(3):
            await slow.say(b"12c\r\n" + b" " * 300 + b"\r\n")

        assert (await slow.rest()).startswith(b"HTTP/1.1 413")


async def test_a_head_over_sixteen_kib_is_refused() -> None:
    async with serving(an_app(some_sockets())) as (_, port), connections(port, 1) as (slow,):
        await slow.say(b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000)

        assert (await slow.rest()).startswith(b"HTTP/1.1 400")


async def test_a_socket_whose_peer_reads_nothing_is_dropped_with_its_subscription() -> None:
    gate = SmallGate()
    sockets = some_sockets(gate)
    async with serving(an_app(sockets), patience=Patience(write=0.5, shutdown=2)) as (server, port):
        silent = await greeted(await dial(port, max_queue=1))
        await subscribe(silent, "subscription{count(to: 100000, size: 10000)}")

        await until(lambda: gate.streams.ended == 1, within=GENEROUS)
        await until(lambda: not server.server_state.connections and not sockets.open)
        silent.transport.abort()
