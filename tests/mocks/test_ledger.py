"""A department's ledger survives its department: a clean end, a sudden one, and one in the middle of a line."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from domain.ports import CancelAnswer, Decided, Rejected, Working
from tests.mocks.world import World, a_handoff, a_world, until

KEY = "case-1.pension.1"
Story = Callable[[World], Awaitable[object]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "mocks"


async def lived(data: Path, story: Story) -> None:
    async with a_world(data=data) as world:
        await story(world)


async def test_what_was_decided_is_still_decided(data: Path) -> None:
    await lived(data, lambda world: world.departments().hand_off(a_handoff()))

    async with a_world(data=data) as world:
        again = await world.departments().hand_off(a_handoff())
        (entry,) = await world.ledger("hrss")

    assert (type(again), entry["received"], entry["outcome"]) == (Decided, 2, "GRANTED")


async def test_what_was_to_be_called_back_is_called_back_after_the_restart_once(data: Path) -> None:
    async def accepted_but_unheard(world: World) -> None:
        world.door.refuse = 1000
        await world.behave("/departments/hrss", after_ms=0, duplicate=True)
        await world.departments().hand_off(a_handoff())
        await until(lambda: world.door.refuse < 1000)

    await lived(data, accepted_but_unheard)
    async with a_world(data=data) as world:
        await until(lambda: world.outside.departments["hrss"].ledger.entries[KEY].told == 2)
        (entry,) = await world.ledger("hrss")
        assert [key for key, _ in world.door.heard] == [KEY, KEY]
    async with a_world(data=data) as world:
        assert await world.ledger("hrss") == [entry]
        assert world.outside.departments["hrss"].ledger.entries[KEY].still_to_call() == []


async def test_what_was_cancelled_stays_cancelled(data: Path) -> None:
    async def cancelled(world: World) -> None:
        await world.behave("/departments/hrss", silence=True)
        await world.departments().hand_off(a_handoff())
        for key in (KEY, "case-2.pension.1"):
            assert await world.departments().cancel(department="hrss", key=key) is CancelAnswer.CANCELLED

    await lived(data, cancelled)
    async with a_world(data=data) as world:
        answers = [await world.departments().hand_off(a_handoff(key)) for key in (KEY, "case-2.pension.1")]

    assert answers == [Rejected(("此编号已撤回",))] * 2


async def test_a_line_that_the_end_cut_short_is_forgotten_and_nothing_else(data: Path) -> None:
    async def two(world: World) -> None:
        await world.departments().hand_off(a_handoff())
        await world.departments().hand_off(a_handoff("case-2.pension.1"))

    await lived(data, two)
    file = data / "departments" / "hrss.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    async with a_world(data=data) as world:
        known = [entry["key"] for entry in await world.ledger("hrss")]
        await world.departments().hand_off(a_handoff("case-2.pension.1"))

    async with a_world(data=data) as world:
        known_later = [entry["key"] for entry in await world.ledger("hrss")]

    assert (known, known_later) == ([KEY], [KEY, "case-2.pension.1"])


async def test_every_hand_off_is_in_the_file_before_it_is_answered(data: Path) -> None:
    async with a_world(data=data) as world:
        await world.behave("/departments/hrss", after_ms=60_000)
        answer = await world.departments().hand_off(a_handoff())
        written = (data / "departments" / "hrss.jsonl").read_text(encoding="utf-8")

    assert answer == Working(1)
    assert f'"key":"{KEY}"' in written


async def test_the_file_names_nobody(data: Path) -> None:
    await lived(data, lambda world: world.departments().hand_off(a_handoff()))

    written = (data / "departments" / "hrss.jsonl").read_text(encoding="utf-8")

    assert "450101196606159319" not in written
    assert "张守田" not in written
