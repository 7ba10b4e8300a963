"""The real client of the message provider against its stand-in."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.ports import MessageChannel, NoAnswer, OutgoingMessage
from tests.mocks.world import SILENT, World, a_world

MESSAGE = OutgoingMessage(key="case-1.accepted", channel=MessageChannel.SMS, to="19900000001", text="您的退休申请已受理。")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


async def sent(world: World) -> list[dict[str, object]]:
    return (await world.ask("GET", "/messages/_sent")).json()["messages"]


@pytest.mark.parametrize("channel", list(MessageChannel))
async def test_a_message_is_accepted_as_it_was_given(world: World, channel: MessageChannel) -> None:
    await world.messenger().send(replace(MESSAGE, channel=channel))

    (message,) = await sent(world)
    assert (message["channel"], message["to"], message["text"]) == (channel, "19900000001", "您的退休申请已受理。")


async def test_the_same_message_again_reaches_nobody_twice(world: World) -> None:
    for _ in range(3):
        await world.messenger().send(MESSAGE)

    (message,) = await sent(world)
    assert message["asked"] == 3


async def test_an_answer_lost_on_the_way_sends_nothing_twice(world: World) -> None:
    await world.behave("/messages", error_rate=0.5, seed=4)
    messenger = replace(world, wiring=world.with_limits(attempts=20)).messenger()

    for number in range(10):
        await messenger.send(replace(MESSAGE, key=f"case-{number}.accepted"))

    messages = await sent(world)
    assert [message["key"] for message in messages] == [f"case-{number}.accepted" for number in range(10)]
    assert any(message["asked"] > 1 for message in messages)


async def test_the_provider_reports_what_became_of_a_message(world: World) -> None:
    await world.messenger().send(MESSAGE)
    (message,) = await sent(world)

    async def status() -> str:
        return (await world.ask("GET", f"/messages/messages/{message['id']}")).json()["status"]

    delivered = await status()
    await world.behave("/messages", rules=[{"item": "SMS", "reject": True}])
    failed = await status()
    await world.behave("/messages", rules=[{"item": "SMS", "after_ms": 3_600_000}])

    assert (delivered, failed, await status()) == ("delivered", "failed", "accepted")


async def test_a_message_that_the_provider_does_not_take_is_no_answer(world: World) -> None:
    with pytest.raises(NoAnswer, match="HTTP 422"):
        await world.messenger().send(replace(MESSAGE, text=""))


async def test_a_provider_that_is_away_is_no_answer(world: World) -> None:
    await world.behave("/messages", outage="503")

    with pytest.raises(NoAnswer, match="out of order"):
        await world.messenger().send(MESSAGE)


async def test_a_slow_provider_is_no_answer(world: World) -> None:
    await world.behave("/messages", latency_ms=3_600_000)
    messenger = replace(world, wiring=world.with_limits(total=SILENT)).messenger()

    with pytest.raises(NoAnswer, match="in time"):
        await messenger.send(MESSAGE)
