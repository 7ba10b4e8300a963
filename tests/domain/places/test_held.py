"""A few counties are held for a while, and never more than that."""

from datetime import timedelta

from domain.clock import Now
from domain.places.held import FRESH, RecentCounties
from tests.cases import MONDAY
from tests.memory import Clock
from tests.places import QINGXIU, Imported


def held(imported: Imported, now: Now, most: int = 2) -> RecentCounties:
    return RecentCounties(imported, now, most)


async def test_a_county_is_read_once_and_again_after_a_while() -> None:
    imported, clock = Imported(QINGXIU), Clock()
    counties = held(imported, clock)
    await counties.county("450103")
    await counties.county("450103")
    clock.at = MONDAY + FRESH + timedelta(seconds=1)
    await counties.county("450103")

    assert imported.asked == ["450103", "450103"]


async def test_only_so_many_are_held_and_what_was_asked_longest_ago_goes_first() -> None:
    imported = Imported({code: [(f"{code}001", "甲镇")] for code in ("450102", "450103", "450105")})
    counties = held(imported, lambda: MONDAY)
    for code in ("450102", "450103", "450102", "450105"):
        await counties.county(code)

    assert [code for code in ("450102", "450103", "450105") if counties.held(code)] == ["450102", "450105"]
