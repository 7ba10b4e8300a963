"""While a crowd retires, processes are killed at listed moments; started again, everything is as it was promised to be."""

import asyncio
from collections.abc import Sequence

import pytest

from tests.faults.crowd import crowd, retiring
from tests.faults.house import House, Part
from tests.faults.listed import Kind, Listed, chosen
from tests.faults.manners import misbehave
from tests.faults.tap import When
from tests.faults.truth import check, settled, verify_history
from tests.whole.applicant import Outside

KILLING = (Kind.API, Kind.WORKER, Kind.STORE, Kind.VALKEY, Kind.MANY)
RETIRED_SECONDS = 600.0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("listed", chosen(metafunc.config, KILLING), ids=str)


@pytest.mark.row("B13", "B08", "F54")
async def test_after_a_kill_everything_is_there_once(house: House, outside: Outside, listed: Listed, cases: int) -> None:
    async with crowd(house.url, listed.seed, cases) as walkers:
        await misbehave(outside, [walker.person.key for walker in walkers], listed.seed)
        async with retiring(walkers) as everybody:
            for turn, (nth, when) in enumerate(listed.moments(cases)):
                await strike(house, victims(house, listed, turn), nth, when, during=everybody)
            await asyncio.wait_for(everybody, RETIRED_SECONDS)

        found = await settled(house, outside)
        for walker in walkers:
            await check(walker, found)
    assert await verify_history(house) == (0, "Every history is whole.")


def victims(house: House, listed: Listed, turn: int) -> Sequence[Part]:
    """Now one API process or worker, now the other: on the one that has just come back there is little to disturb."""
    api, worker = house.apis[(listed.seed + turn) % 2], house.workers[(listed.seed + turn) % 2]
    by_kind = {Kind.API: [api], Kind.WORKER: [worker], Kind.STORE: [house.store], Kind.VALKEY: [house.valkey]}
    return by_kind.get(listed.kind, [house.store, api, worker])


async def strike(house: House, parts: Sequence[Part], nth: int, when: When, *, during: "asyncio.Task[None]") -> None:
    fuse = house.lay(nth, when, parts)
    blown = asyncio.create_task(fuse.blown.wait())
    await asyncio.wait([blown, during], return_when=asyncio.FIRST_COMPLETED)
    if not blown.done():
        during.result()
        pytest.fail(f"nothing was killed: everybody was done after {fuse.counted} commands, before number {nth}")
    await asyncio.gather(*(part.come_back() for part in parts))
