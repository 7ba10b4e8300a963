"""What is not yours and what is not there are the same: in words, in shape, and in what they cost the store."""

import pytest

from tests.access.asking import asked, is_declined
from tests.access.callers import CALLERS
from tests.access.commands import COMMANDS
from tests.access.may import CLERKS
from tests.access.wanted import MALFORMED, Place, Thing, nobodys, places, things
from tests.access.world import Json, World
from tests.access.written import root

PLACES = list(places())


async def cost(world: World, who: str, place: Place, id: str) -> tuple[str, list[str], Json]:
    """The answer without the id, and the commands."""
    with COMMANDS.noting() as commands:
        answer = await asked(world, who, place.of, place.operation, place.where, id)
    return str(answer).replace(repr(id)[1:-1], "…") if id else str(answer), list(commands), answer


def others(world: World, place: Place, who: str) -> list[Thing]:
    """Whatever changes something is asked of some of them, each of others, as that is the dearest.

    A clerk takes any item of the region, wherever it was filed (A63): there is none that is another's.
    """
    if place.operation == "takeItem" and who in CLERKS:
        return []
    beyond = [thing for thing in things(world)[place.kind] if who not in thing.to]
    return beyond if place.of == "Query" else beyond[PLACES.index(place) % 3 :: 3] or beyond[:1]


@pytest.mark.as_(*CALLERS)
async def test_what_is_anothers_is_as_if_it_were_not_there(world: World, caller: str) -> None:
    for place in PLACES:
        nothing: dict[str, tuple[str, list[str]]] = {}
        for thing in others(world, place, caller):
            make = thing.id.partition("-")[0] + thing.id.partition(".")[2]
            if make not in nothing:
                nothing[make] = (await cost(world, caller, place, nobodys(thing)))[:2]
            *theirs, answer = await cost(world, caller, place, thing.id)

            assert is_declined(answer, place.operation), (place, thing.id)
            assert tuple(theirs) == nothing[make], (place, thing.id)


@pytest.mark.as_("applicant", "helper", "officer")
async def test_what_is_no_id_at_all_is_declined_like_anything_that_is_not_there(world: World, caller: str) -> None:
    for place in PLACES:
        for id in MALFORMED:
            answer = await asked(world, caller, place.of, place.operation, place.where, id)

            assert "errors" not in answer, (place, id[:40])
            assert is_declined(answer, place.operation), (place, id[:40])


@pytest.mark.as_(*CALLERS)
async def test_a_case_is_asked_for_by_one_read_with_its_owner_in_the_filter(world: World, caller: str) -> None:
    """For whoever is known by name; of anybody else nothing is asked at all."""
    one = next(thing for thing in things(world)["case"])

    _, commands, _ = await cost(world, caller, Place("Query", "case", "id", "case"), nobodys(one))

    owners = {"'person'", "'organisation'", "'departments'"}
    assert len(commands) == (caller not in {"nobody", "known by phone"})
    assert all(
        command.startswith("find cases") and "'_id'" in command and any(owner in command for owner in owners) for command in commands
    )


PAGED = tuple(name for name, field in root("Query").fields.items() if "after" in field.args and name != "options")


@pytest.mark.as_(*CALLERS)
async def test_a_page_after_something_of_anothers_is_the_page_after_nothing(world: World, caller: str) -> None:
    for name in PAGED:
        for kind in ("case", "mandate", "post", "client", "visit"):
            beyond = [thing for thing in things(world)[kind] if caller not in thing.to][:1]
            for thing in beyond:
                assert await page_after(world, caller, name, thing.id) == await page_after(world, caller, name, nobodys(thing)), (
                    name,
                    thing.id,
                )


async def page_after(world: World, who: str, name: str, cursor: str) -> tuple[Json, list[str]]:
    page = "edges { cursor } pageInfo { hasNextPage hasPreviousPage }"
    inside = f"... on ClientConnection {{ {page} }}" if name == "clients" else page
    with COMMANDS.noting() as commands:
        answer = await world.ask(who, f"query($after: String) {{ {name}(first: 5, after: $after) {{ {inside} }} }}", after=cursor)
    return answer, [command for command in commands if "access_log" not in command]
