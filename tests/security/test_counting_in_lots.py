"""The counter of everything one caller does asks the store once for a lot, and admits no more for it (F68)."""

import asyncio
from dataclasses import dataclass, field

import pytest

from api.graphql.counters import ActionCounters, InLots
from tests.security.asking import a_client, ask
from tests.security.small_gate import an_engine


@dataclass
class Store:
    """Of the whole installation; `asked`: how often."""

    counts: dict[str, int] = field(default_factory=dict)
    asked: int = 0

    async def add(self, key: str, seconds: int, many: int) -> int:
        self.asked += 1
        await asyncio.sleep(0)
        self.counts[key] = self.counts.get(key, 0) + many
        return self.counts[key]


@pytest.mark.row("F68")
async def test_in_lots_as_many_are_admitted_as_one_by_one_and_the_next_is_held_back() -> None:
    store = Store()
    counters = ActionCounters(count_all=InLots(store.add, 5).count, per_minute=12, now=lambda: 1_000_000_030.0)
    async with a_client(an_engine(counters=counters)) as client:
        answers = [(await ask(client, "{who}", token="mei")).status_code for _ in range(14)]
        other = (await ask(client, "{who}", token="bo")).status_code

    assert answers == [200] * 12 + [429] * 2
    assert other == 200
    assert store.asked == 4


async def test_two_processes_together_never_give_the_same_number_twice() -> None:
    store = Store()
    one, other = InLots(store.add, 4), InLots(store.add, 4)

    numbers = [await process.count("mei", 60) for _ in range(9) for process in (one, other)]

    assert sorted(numbers) == sorted(set(numbers))


async def test_a_burst_fetches_a_lot_at_a_time_and_not_one_for_each_of_its_requests() -> None:
    store = Store()
    lots = InLots(store.add, 20)

    numbers = await asyncio.gather(*(lots.count("mei", 60) for _ in range(50)))

    assert sorted(numbers) == list(range(1, 51))
    assert store.asked == 3


async def test_a_lot_is_forgotten_with_its_minute() -> None:
    lots = InLots(Store().add)
    await lots.count("mei", 0)
    await asyncio.sleep(0.01)

    assert lots._lots == {}


async def test_while_the_store_is_away_nobody_is_held_back_and_then_it_counts_again() -> None:
    async def away(key: str, seconds: int, many: int) -> int:
        raise ConnectionError("away")

    store = Store()
    lots = InLots(away)
    counters = ActionCounters(count_all=lots.count, per_minute=1)
    for _ in range(3):
        await counters.admit("mei")
    object.__setattr__(lots, "add", store.add)

    assert await lots.count("mei", 60) == 1
