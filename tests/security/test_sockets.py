"""graphql-transport-ws: every message is checked, every end has its code, and nothing is left behind."""

import pytest
from websockets.asyncio.client import ClientConnection

from api.graphql.connection import Pace
from tests.security.live import an_app, closed, dial, greeted, hear, say, serving, some_sockets, subscribe
from tests.security.small_gate import SmallGate
from tests.security.small_schema import SECRET

QUICK = Pace(check=0.05, ping=0.1)


# ---------------------------------------------------------------- what works


async def test_queries_mutations_and_subscriptions_are_answered(socket: ClientConnection) -> None:
    await greeted(socket)
    told = []
    for operation_id, query in [("q", "{who}"), ("m", 'mutation{guess(code: "right")}'), ("s", "subscription{count(to: 2)}")]:
        await subscribe(socket, query, operation_id=operation_id)
        told.append(await hear(socket))
        while told[-1]["type"] == "next":
            told.append(await hear(socket))

    assert told == [
        {"type": "next", "id": "q", "payload": {"data": {"who": "mei/en"}}},
        {"type": "complete", "id": "q"},
        {"type": "next", "id": "m", "payload": {"data": {"guess": True}}},
        {"type": "complete", "id": "m"},
        {"type": "next", "id": "s", "payload": {"data": {"count": "0"}}},
        {"type": "next", "id": "s", "payload": {"data": {"count": "1"}}},
        {"type": "complete", "id": "s"},
    ]


async def test_each_event_is_resolved_in_a_context_of_its_own(socket: ClientConnection) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription{contexts{number}}")

    numbers = [(await hear(socket))["payload"]["data"]["contexts"]["number"] for _ in range(3)]

    assert len(set(numbers)) == 3


async def test_a_burst_reaches_a_quick_reader_whole_and_in_order(socket: ClientConnection) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription{count(to: 1000)}")

    numbers = [(await hear(socket))["payload"]["data"]["count"] for _ in range(1000)]

    assert numbers == [str(number) for number in range(1000)]


async def test_a_ping_is_answered_and_a_pong_is_not(socket: ClientConnection) -> None:
    await greeted(socket)
    await say(socket, type="pong")
    await say(socket, type="ping", payload={"at": 1})

    assert await hear(socket) == {"type": "pong"}


async def test_the_server_pings_by_itself() -> None:
    async with serving(an_app(some_sockets(pace=QUICK))) as (_, port), dial(port) as socket:
        await greeted(socket)

        assert await hear(socket) == {"type": "ping"}


async def test_an_id_may_be_used_again_once_its_operation_is_over(socket: ClientConnection) -> None:
    await greeted(socket)
    for _ in range(3):
        await subscribe(socket, "{who}")
        assert [(await hear(socket))["type"] for _ in range(2)] == ["next", "complete"]


# ---------------------------------------------------------------- one operation's trouble is its own


BAD_OPERATIONS = {
    "syntax": {"query": "{who"},
    "validation": {"query": "{nobody}"},
    "limits": {"query": "{node{" + "child{" * 20 + "name" + "}" * 22},
    "variables": {"query": "query($n: [Int!]!){size(numbers: $n)}", "variables": {"n": "x"}},
    "no query": {},
    "query is a number": {"query": 1},
    "unknown documentId": {"documentId": "x"},
}


@pytest.mark.parametrize("payload", BAD_OPERATIONS.values(), ids=BAD_OPERATIONS)
async def test_a_bad_operation_is_told_under_its_id_and_the_others_live_on(socket: ClientConnection, payload: dict[str, object]) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription{wait}", operation_id="good")
    first = await hear(socket)
    await say(socket, type="subscribe", id="bad", payload=payload)
    error = await hear(socket)
    await subscribe(socket, "{who}", operation_id="after")

    assert first["payload"] == {"data": {"wait": "begun"}}
    assert (error["type"], error["id"]) == ("error", "bad")
    assert error["payload"][0]["message"]
    assert (await hear(socket))["payload"] == {"data": {"who": "mei/en"}}


async def test_an_eleventh_operation_is_refused_and_the_ten_live_on(socket: ClientConnection) -> None:
    await greeted(socket)
    for number in range(10):
        await subscribe(socket, "subscription{wait}", operation_id=f"{number}")
        assert (await hear(socket))["type"] == "next"
    await subscribe(socket, "subscription{wait}", operation_id="eleventh")
    refused = await hear(socket)
    await say(socket, type="complete", id="0")
    await subscribe(socket, "subscription{wait}", operation_id="eleventh")

    assert (refused["type"], refused["id"]) == ("error", "eleventh")
    assert (await hear(socket))["type"] == "next"


async def test_a_subscription_that_breaks_ends_in_an_error_without_its_text(socket: ClientConnection) -> None:
    await greeted(socket)
    await subscribe(socket, "subscription{breaks}")
    first, error = await hear(socket), await hear(socket)

    assert first["payload"] == {"data": {"breaks": "one"}}
    assert (error["type"], error["payload"][0]["extensions"]) == ("error", {"errorId": "error-id"})
    assert SECRET not in str(error)


# ---------------------------------------------------------------- sessions that end


async def test_a_quiet_socket_is_closed_with_4403_soon_after_its_session_ends() -> None:
    gate = SmallGate()
    async with serving(an_app(some_sockets(gate, pace=QUICK))) as (_, port), dial(port) as mei, dial(port) as bo:
        await greeted(mei)
        await greeted(bo, token="bo")
        gate.ended.add("mei")
        code, _ = await closed(mei)
        await subscribe(bo, "{who}")

        assert code == 4403
        while (message := await hear(bo)) == {"type": "ping"}:
            pass
        assert message["payload"] == {"data": {"who": "bo/en"}}


async def test_no_event_is_sent_after_the_session_has_ended() -> None:
    gate = SmallGate()
    async with serving(an_app(some_sockets(gate, pace=Pace(check=60)))) as (_, port), dial(port) as socket:
        await greeted(socket)
        gate.ended.add("mei")
        await subscribe(socket, "subscription{count}")

        with pytest.raises(Exception, match="4403"):
            await hear(socket)
