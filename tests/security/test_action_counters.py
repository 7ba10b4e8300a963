"""How often one caller may act in a minute (F68)."""

import pytest

from api.graphql.counters import ActionCounters
from api.graphql.http import LEGACY
from tests.security.asking import a_client, ask
from tests.security.small_gate import an_engine


class Counter:
    """Counts in memory as the store would; `away` raises instead."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away
        self.counts: dict[str, int] = {}

    async def __call__(self, key: str, seconds: int) -> int:
        if self.away:
            raise ConnectionError("away")
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]


@pytest.mark.row("F68")
async def test_a_user_who_acts_too_often_is_held_back_until_the_minute_is_over_and_nobody_else_is() -> None:
    moment = [1_000_000_030.0]
    counters = ActionCounters(count=Counter(), per_minute=3, now=lambda: moment[0])
    async with a_client(an_engine(counters=counters)) as client:
        mei = [(await ask(client, "{who}", token="mei")).status_code for _ in range(4)]
        held_back = await ask(client, "{who}", token="mei", accept=LEGACY)
        others = [(await ask(client, "{who}", token=token)).status_code for token in ("bo", None)]
        moment[0] += int(held_back.headers["retry-after"])
        later = await ask(client, "{who}", token="mei")

    assert mei == [200, 200, 200, 429]
    assert held_back.status_code == 429
    assert held_back.json()["errors"][0]["extensions"]["retryAfterSeconds"] == int(held_back.headers["retry-after"])
    assert others == [200, 200]
    assert later.status_code == 200


@pytest.mark.row("F68")
async def test_an_action_is_counted_once_for_each_alias_whatever_the_operation_is_called() -> None:
    counters = ActionCounters(count=Counter(), by_action={"guess": 3})
    async with a_client(an_engine(counters=counters)) as client:
        first = await ask(client, 'mutation A{a: guess(code: "1") b: guess(code: "2") c: guess(code: "3")}')
        second = await ask(client, 'mutation B{guess(code: "4")}')
        other = await ask(client, "{who}")

    assert [first.status_code, second.status_code, other.status_code] == [200, 429, 200]


async def test_without_its_counters_everything_still_works() -> None:
    counters = ActionCounters(count=Counter(away=True), per_minute=1, by_action={"who": 1})
    async with a_client(an_engine(counters=counters)) as client:
        answers = [(await ask(client, "{who}")).status_code for _ in range(3)]

    assert answers == [200, 200, 200]


async def test_documents_never_seen_before_are_counted_apart_as_they_cost_most() -> None:
    counters = ActionCounters(count=Counter(), new_documents=2)
    async with a_client(an_engine(counters=counters)) as client:
        known = [(await ask(client, "{who}", token="mei")).status_code for _ in range(5)]
        broken = [(await ask(client, "{nobody}", token="mei")).status_code for _ in range(3)]
        others = await ask(client, "{a: who}", token="bo")

    assert known == [200] * 5
    assert broken == [400, 429, 429]
    assert others.status_code == 200
