"""Whoever hangs up on a department before it has read what was handed over leaves nothing there: neither an entry nor a traceback."""

import pytest
from starlette.types import Message

from tests.mocks.world import World, a_world


async def hung_up(world: World, path: str) -> list[Message]:
    """What was said into the dead line."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "root_path": "", "query_string": b"", "headers": []}
    await world.outside.app(scope, receive, send)
    return said


@pytest.mark.parametrize("path", ["handoffs", "handoffs/case-1.pension.1/cancel"])
async def test_a_hung_up_question_is_dropped_quietly(path: str) -> None:
    async with a_world() as world:
        said = await hung_up(world, f"/departments/hrss/{path}")

        assert said[0]["status"] == 400
        assert await world.ledger("hrss") == []
