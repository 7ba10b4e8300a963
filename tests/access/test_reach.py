"""Who reaches which case."""

import pytest

from tests.access.callers import CALLERS, REACH
from tests.access.world import World

CASE = "query($id: ID!) { case(id: $id) { id } }"


@pytest.mark.as_(*CALLERS)
async def test_a_case_is_read_by_whom_it_concerns_and_by_nobody_else(world: World, caller: str) -> None:
    answers = {name: await world.ask(caller, CASE, id=case.id) for name, case in world.cases.items()}

    assert {name for name, answer in answers.items() if answer["data"]["case"]} == set(REACH.get(caller, ()))
