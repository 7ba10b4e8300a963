"""No caller keeps the others out of the sockets: each holds a small share, and a socket on which nothing is asked is closed."""

import asyncio
from contextlib import suppress

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from api.graphql.connection import Pace
from api.graphql.gate import Caller
from api.graphql.places import Places
from domain.acting import Acting, Assurance
from tests.security.live import an_app, closed, dial, greeted, hear, say, serving, some_sockets, subscribe, until
from tests.security.small_gate import SmallGate

HURRIED = Pace(init=60, check=0.05, idle=0.6)


class GateByBrowser(SmallGate):
    """As if every browser stood at an address of its own."""

    def counting_key(self, caller: Caller, acting: Acting | None) -> str:
        return super().counting_key(caller, acting) if acting else caller.browser


# ---------------------------------------------------------------- shares


async def test_one_address_gets_its_share_and_the_next_caller_still_gets_in() -> None:
    sockets = some_sockets(GateByBrowser(), places=Places(each=3))
    async with serving(an_app(sockets)) as (_, port):
        held = [await greeted(await dial(port, user_agent_header="flood"), token=None) for _ in range(3)]
        with pytest.raises(InvalidStatus) as refused:
            await dial(port, user_agent_header="flood")
        async with dial(port, user_agent_header="next") as socket:
            await greeted(socket, token=None)
        await held.pop().close()
        await until(lambda: sockets.open == 2)
        async with dial(port, user_agent_header="flood") as socket:
            await greeted(socket, token=None)

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "5")
    assert sockets.open == 0


async def test_the_product_s_share_is_small() -> None:
    sockets = some_sockets()

    assert sockets.places.each * 20 <= sockets.at_most


async def test_whoever_has_greeted_takes_no_place_from_others_at_their_address() -> None:
    sockets = some_sockets(places=Places(each=2))
    async with serving(an_app(sockets)) as (_, port):
        for token in ("mei", "mei", "bo", "bo", "li"):
            await greeted(await dial(port), token=token)
        third = await dial(port)
        await say(third, type="connection_init", payload={"token": "mei"})

        assert (await closed(third))[0] == 1012
        await greeted(await dial(port), token="li")
        await until(lambda: sockets.open == 6)

    assert sockets.open == 0


async def test_a_session_that_greets_nobody_keeps_the_address_s_place() -> None:
    sockets = some_sockets(places=Places(each=1))
    async with serving(an_app(sockets)) as (_, port), dial(port) as socket:
        await greeted(socket, token=None)

        with pytest.raises(InvalidStatus):
            await dial(port)


# ---------------------------------------------------------------- sockets without an operation


async def test_a_socket_of_nobody_on_which_nothing_is_asked_is_closed_however_it_pings() -> None:
    async with serving(an_app(some_sockets(pace=HURRIED))) as (_, port), dial(port) as socket:
        await greeted(socket, token=None)
        pinging = asyncio.create_task(_ping(socket))
        code, reason = await closed(socket)
        pinging.cancel()

    assert (code, reason) == (1012, "Nothing is asked for here; come back when there is something.")


async def _ping(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        while True:
            await say(socket, type="ping")
            await asyncio.sleep(0.02)


async def test_a_socket_of_a_session_lives_as_long_as_the_session() -> None:
    gate = SmallGate()
    async with serving(an_app(some_sockets(gate, pace=HURRIED))) as (_, port), dial(port) as socket:
        await greeted(socket)
        await asyncio.sleep(2 * HURRIED.idle)
        await subscribe(socket, "{who}")
        answer = await hear(socket)
        gate.ended.add("mei")

        assert answer["payload"] == {"data": {"who": "mei/en"}}
        assert (await closed(socket))[0] == 4403


async def test_whoever_proves_more_meanwhile_may_more_on_the_socket_that_is_open() -> None:
    gate = SmallGate()
    async with serving(an_app(some_sockets(gate, pace=HURRIED))) as (_, port), dial(port) as socket:
        await greeted(socket)
        gate.raised["mei"] = Assurance.L3
        async with asyncio.timeout(10):
            while gate.seen is None or gate.seen.assurance is not Assurance.L3:
                await subscribe(socket, "{who}")
                assert [(await hear(socket))["type"] for _ in range(2)] == ["next", "complete"]


async def test_a_socket_lives_while_it_has_a_subscription_and_is_closed_when_that_is_over() -> None:
    async with serving(an_app(some_sockets(pace=HURRIED))) as (_, port), dial(port) as socket:
        await greeted(socket, token=None)
        await subscribe(socket, "subscription{wait}")
        await hear(socket)
        await asyncio.sleep(2 * HURRIED.idle)
        await subscribe(socket, "{who}", operation_id="2")
        answer = await hear(socket)
        await say(socket, type="complete", id="1")

        assert answer["payload"] == {"data": {"who": "nobody/en"}}
        assert (await closed(socket))[0] == 1012


async def test_whoever_asks_now_and_then_is_not_closed() -> None:
    async with serving(an_app(some_sockets(pace=HURRIED))) as (_, port), dial(port) as socket:
        await greeted(socket, token=None)
        for number in range(6):
            await asyncio.sleep(HURRIED.idle / 4)
            await subscribe(socket, "{who}", operation_id=f"{number}")
            assert [(await hear(socket))["type"] for _ in range(2)] == ["next", "complete"]
