"""Every operation is tried in every capacity: who may not is refused, whatever they ask it of, and nothing has changed."""

from collections.abc import Sequence

import pytest

from tests.access.asking import asked, is_declined
from tests.access.callers import CALLERS
from tests.access.may import ALL, MAY
from tests.access.things import ITEM
from tests.access.wanted import Thing, places, things
from tests.access.world import World
from tests.access.written import root

KEPT_FOR_COUNTING = frozenset({"session_requests", "certificate_attempts", "mandate_attempts", "access_log"})
"""Who asked, and how often; whoever looked."""
MUTATIONS = tuple(root("Mutation").fields)


async def everything_kept(world: World) -> dict[str, list[object]]:
    store = world.made.database
    names = sorted(name for name in await store.list_collection_names() if name not in KEPT_FOR_COUNTING)
    return {name: sorted(map(str, await store[name].find().to_list(None))) for name in names}


def all_asked(world: World, mutation: str, who: str) -> list[tuple[str, str]]:
    """At each place for an id, every other thing of that kind that is there for them, or else the first; where none is taken, once."""
    there = [place for place in places() if place.operation == mutation]
    return [(place.where, id) for place in there for id in _there_for(who, things(world)[place.kind])] or [("", "")]


def _there_for(who: str, all: Sequence[Thing]) -> list[str]:
    return [thing.id for thing in all if who in thing.to][::2] or [all[0].id]


@pytest.mark.row("A51")
@pytest.mark.as_(*CALLERS)
async def test_whoever_may_not_do_it_is_refused_and_nothing_has_changed(world: World, caller: str) -> None:
    before = await everything_kept(world)

    done = {
        mutation
        for mutation in MUTATIONS
        if caller not in MAY.get(mutation, ALL)
        for where, id in all_asked(world, mutation, caller)
        if not is_declined(await asked(world, caller, "Mutation", mutation, where, id), mutation)
    }

    assert not done
    after = await everything_kept(world)
    assert [name for name in after if after[name] != before.get(name)] == []


@pytest.mark.row("F48")
@pytest.mark.as_(*sorted(set(CALLERS) - {"officer who took it"}))
async def test_what_somebody_has_taken_is_decided_by_nobody_else(world: World, caller: str) -> None:
    item = f"{world.cases['helped'].id}.item.{ITEM}"

    answer = await asked(world, caller, "Mutation", "decideItem", "input.itemId", item)

    assert is_declined(answer, "decideItem")
