"""Everything that can be selected is asked by everybody, and nobody is told more than its rule says."""

from functools import cache
from typing import Any

import msgspec
import pytest

from tests.access.callers import CALLERS, PERSONAL, REACH
from tests.access.rules import RULES, Rule
from tests.access.told import Told, everything, told
from tests.access.world import HIS, THEIRS, Json, World

ANSWERS: dict[str, list[Json]] = {}


async def answers(world: World, who: str) -> list[Json]:
    if who not in ANSWERS:
        ANSWERS[who] = await everything(world, who)
    return ANSWERS[who]


async def all_told(world: World, who: str) -> list[Told]:
    return [one for answer in await answers(world, who) for one in told(answer)]


def numbers(world: World, names: tuple[str, ...]) -> set[str]:
    return {world.cases[name].id for name in names}


@pytest.mark.parametrize("who", CALLERS)
async def test_every_question_is_answered_without_a_fault(world: World, who: str) -> None:
    assert [answer["errors"] for answer in await answers(world, who) if "errors" in answer] == []


@pytest.mark.parametrize("who", CALLERS)
async def test_whatever_stands_in_a_case_is_told_to_whom_the_case_concerns(world: World, who: str) -> None:
    reach = numbers(world, REACH.get(who, ()))

    assert {one.field for one in await all_told(world, who) if one.case and one.case not in reach} == set()
    assert {one.field for one in await all_told(world, who) if RULES[one.field] is Rule.CASE and one.case is None} == set()


@pytest.mark.parametrize("who", CALLERS)
async def test_what_is_personal_in_a_case_is_told_to_the_applicants_side_and_to_who_took_it(world: World, who: str) -> None:
    open_to = numbers(world, PERSONAL.get(who, ()))

    assert {one.field for one in await all_told(world, who) if RULES[one.field] is Rule.PERSONAL and one.case not in open_to} == set()


async def test_show(world: World) -> None:
    seen: dict[Rule, dict[str, set[str]]] = {}
    for who in CALLERS:
        for one in await all_told(world, who):
            seen.setdefault(RULES[one.field], {}).setdefault(one.field, set()).add(who)
    for rule, fields in seen.items():
        for field, whom in fields.items():
            print(rule, field, len(whom), sorted(whom) if len(whom) < 9 else "")
    print(
        "UNSEEN",
        sorted(
            field for field, rule in RULES.items() if rule not in (Rule.PUBLIC, Rule.ASKED) and not any(field in f for f in seen.values())
        ),
    )
    for who in CALLERS:
        text = str(await answers(world, who))
        print(who, [s for s in sorted(HIS.secrets) if s in text], [s for s in sorted(THEIRS.secrets) if s in text])
