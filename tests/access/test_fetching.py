"""What is fetched over plain HTTP: files, certificates, one's own data, employers' lists."""

import pytest
from httpx2 import Response

from tests.access.callers import CALLERS, ENDED
from tests.access.commands import COMMANDS
from tests.access.may import AGENTS
from tests.access.wanted import Thing, nobodys, things
from tests.access.world import HIS, World
from tests.staff_sheets import as_csv, staff

ON_FOOT = tuple(who for who in CALLERS if who != "nobody")
PATHS = {"file": "/files/{}", "certificate": "/certificates/{}.pdf"}


async def cost(world: World, who: str, path: str) -> tuple[tuple[int, str], list[str]]:
    with COMMANDS.noting() as commands:
        answer = await world.get(who, path)
    return (answer.status_code, answer.text), list(commands)


def fetched(world: World, kind: str, thing: Thing) -> list[str]:
    """The paths; a file is also asked for as part of a case."""
    path = PATHS[kind].format(thing.id)
    return [path, *(f"{path}?caseId={world.cases[name].id}" for name in ("draft", "helped", "strangers") if kind == "file")]


@pytest.mark.as_(*ON_FOOT)
@pytest.mark.parametrize("kind", PATHS)
async def test_what_is_anothers_is_not_there_to_fetch(world: World, caller: str, kind: str) -> None:
    for thing in things(world)[kind]:
        if caller in thing.to:
            continue
        for theirs, nothing in zip(fetched(world, kind, thing), fetched(world, kind, Thing(nobodys(thing), thing.to)), strict=True):
            if caller in _to_whom_it_is_open(world, thing, theirs):
                continue
            answer, commands = await cost(world, caller, theirs)

            assert answer[0] in {400, 403, 404}, theirs
            assert (answer, commands) == await cost(world, caller, nothing), theirs


def _to_whom_it_is_open(world: World, thing: Thing, path: str) -> frozenset[str]:
    """His photograph lies in his draft: whoever acts in that case alone need not name it."""
    draft = next(one for one in things(world)["field"] if one.id.startswith(f"{world.cases['draft'].id}."))
    if thing.id != world.files["his"]:
        return frozenset()
    return draft.to if path.endswith(world.cases["draft"].id) else draft.to & {"delegate of one case"} if "?" not in path else frozenset()


@pytest.mark.parametrize("kind", PATHS)
async def test_ones_own_is_fetched(world: World, kind: str) -> None:
    for thing in things(world)[kind]:
        for who in thing.to:
            answers = [await world.get(who, path) for path in fetched(world, kind, thing)]
            assert {200} & {answer.status_code for answer in answers}, (who, thing.id)


@pytest.mark.as_("nobody", *ENDED)
async def test_without_a_session_that_goes_on_nothing_is_fetched(world: World, caller: str) -> None:
    paths = [path for kind in PATHS for thing in things(world)[kind] for path in fetched(world, kind, thing)]

    answers = [await world.get(caller, path) for path in [*paths, "/me/data.json"]]

    assert {answer.status_code for answer in answers} == {401}


@pytest.mark.as_(*ON_FOOT)
async def test_everything_about_somebody_is_given_to_themselves_alone(world: World, caller: str) -> None:
    answer = await world.get(caller, "/me/data.json")

    his = {HIS.person.document_number, *HIS.in_case(1).of_the_case}
    assert {value for value in his if value in answer.text} == (his if caller == "applicant" else set())


@pytest.mark.as_(*ON_FOOT)
async def test_a_list_of_staff_is_taken_from_an_employers_agent_alone(world: World, caller: str) -> None:
    answer = await _handed_in(world, caller)

    assert (answer.status_code == 200) == (caller in AGENTS)


async def _handed_in(world: World, who: str) -> Response:
    headers = {"Authorization": f"Bearer {world.token(who)}"}
    file = {"file": ("staff.csv", as_csv(staff(1)), "text/csv")}
    return await world.http.post(f"/employers/staff-sheets?requestId=sheet-of-{who.replace(' ', '-')}-1", headers=headers, files=file)
