"""Whatever is wrong with a socket or a message ends it with the code that says so."""

import asyncio

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus

from api.graphql.connection import Pace
from api.graphql.messages import Closing
from tests.security.live import an_app, closed, dial, greeted, hear, say, serving, some_sockets, subscribe
from tests.security.small_gate import SmallGate
from tests.security.small_schema import SECRET

BAD_MESSAGES = [
    "null",
    "[]",
    "1",
    '"connection_init"',
    "",
    "no JSON",
    "[" * 100_000,
    "{}",
    '{"type": null}',
    '{"type": 5}',
    '{"type": ["ping"]}',
    '{"type": "start"}',
    '{"type": "connection_ack"}',
    '{"type": "ping", "payload": "x"}',
    '{"type": "subscribe", "id": {"a": 1}, "payload": {"query": "{who}"}}',
    '{"type": "subscribe", "id": 1, "payload": {"query": "{who}"}}',
    '{"type": "subscribe", "id": "", "payload": {"query": "{who}"}}',
    '{"type": "subscribe", "id": "' + "x" * 129 + '", "payload": {"query": "{who}"}}',
    '{"type": "subscribe", "payload": {"query": "{who}"}}',
    '{"type": "subscribe", "id": "1", "payload": "{who}"}',
    '{"type": "subscribe", "id": "1", "payload": ["{who}"]}',
    '{"type": "complete", "id": ["1"]}',
    '{"type": "complete"}',
    b'{"type": "ping"}',
]


@pytest.mark.parametrize("message", BAD_MESSAGES, ids=[str(message[:60]) for message in BAD_MESSAGES])
async def test_a_message_without_the_right_shape_closes_with_4400(socket: ClientConnection, message: str | bytes) -> None:
    await greeted(socket)
    await socket.send(message)

    code, reason = await closed(socket)

    assert code == 4400
    assert reason


@pytest.mark.parametrize("payload", ['"mei"', '["mei"]', '{"token": 1}', '{"token": {"a": 1}}', '{"language": ["en"]}'])
async def test_a_first_message_without_the_right_shape_closes_with_4400(socket: ClientConnection, payload: str) -> None:
    await socket.send(f'{{"type": "connection_init", "payload": {payload}}}')

    assert (await closed(socket))[0] == 4400


@pytest.mark.parametrize("token", ["bad", "", "x" * 9_000])
async def test_a_token_that_is_not_good_closes_with_4401(socket: ClientConnection, token: str) -> None:
    await say(socket, type="connection_init", payload={"token": token})

    assert (await closed(socket))[0] == 4401


async def test_whoever_subscribes_before_the_greeting_is_closed_with_4401(socket: ClientConnection) -> None:
    await subscribe(socket, "{who}")

    assert (await closed(socket))[0] == 4401


async def test_a_second_greeting_closes_with_4429(socket: ClientConnection) -> None:
    await greeted(socket)
    await say(socket, type="connection_init")

    assert (await closed(socket))[0] == 4429


async def test_an_id_in_use_closes_with_4409(socket: ClientConnection) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription{wait}")
    await subscribe(socket, "subscription{wait}")

    assert (await closed(socket))[0] == 4409


async def test_a_reason_is_cut_to_what_a_close_frame_holds() -> None:
    assert len(Closing(4409, "字" * 100).reason.encode()) == 120
    assert Closing(4409, "字" * 40 + "x").reason == "字" * 40


async def test_a_fault_while_greeting_closes_with_1011_and_says_nothing_of_it(socket: ClientConnection) -> None:
    await say(socket, type="connection_init", payload={"token": "broken"})

    code, reason = await closed(socket)

    assert code == 1011
    assert SECRET not in reason


async def test_what_is_away_while_greeting_asks_to_come_back(socket: ClientConnection) -> None:
    await say(socket, type="connection_init", payload={"token": "busy"})

    assert (await closed(socket))[0] == 1012


async def test_whoever_does_not_greet_in_time_is_closed_with_4408() -> None:
    async with serving(an_app(some_sockets(pace=Pace(init=0.2)))) as (_, port), dial(port) as socket:
        assert (await closed(socket))[0] == 4408


async def test_whoever_greets_in_time_is_let_in_however_long_we_take_to_know_them() -> None:
    gate, known = SmallGate(), asyncio.Event()
    gate.looks_for = known.wait
    async with serving(an_app(some_sockets(gate, pace=Pace(init=1)))) as (_, port), dial(port) as socket:
        await say(socket, type="connection_init", payload={"token": "mei"})
        await asyncio.sleep(1.2)
        known.set()

        assert await hear(socket) == {"type": "connection_ack"}


async def test_another_protocol_is_closed_with_4406(port: int) -> None:
    async with dial(port, subprotocols=["graphql-ws"]) as legacy, dial(port, subprotocols=None) as none:
        assert [(await closed(socket))[0] for socket in (legacy, none)] == [4406, 4406]


async def test_a_page_of_another_site_may_not_open_a_socket() -> None:
    sockets = some_sockets(allowed_origins=frozenset({"https://ours.example"}))
    async with serving(an_app(sockets)) as (_, port):
        with pytest.raises(InvalidStatus) as refused:
            async with dial(port, origin="https://theirs.example"):
                pass
        async with dial(port, origin="https://ours.example") as ours, dial(port) as no_browser:
            await greeted(ours)
            await greeted(no_browser)

    assert refused.value.response.status_code == 403


async def test_one_socket_too_many_is_refused_and_told_to_come_back() -> None:
    async with serving(an_app(some_sockets(at_most=1))) as (_, port), dial(port) as first:
        await greeted(first)
        with pytest.raises(InvalidStatus) as refused:
            async with dial(port):
                pass

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (503, "5")


async def test_a_message_over_256_kib_is_closed_by_the_server(socket: ClientConnection) -> None:
    await greeted(socket)
    await socket.send('{"type": "ping", "payload": {"a": "' + "x" * 260 * 1024 + '"}}')

    assert (await closed(socket))[0] == 1009
