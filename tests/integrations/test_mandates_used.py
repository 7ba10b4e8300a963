"""Cases begun by mandates: under one given in person exactly one, in time; under others each stands in the mandate's life."""

import asyncio
from datetime import timedelta

import pytest

from domain.errors import NotFound, NotPermitted
from domain.mandates.actions import MandateStatus
from domain.mandates.steps import MandateStepKind
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import ZHANG
from tests.mandates import DAUGHTER, House, open_house, refused


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


@pytest.mark.row("F11")
async def test_it_is_bound_to_the_first_case_and_to_no_other_ever(house: House) -> None:
    taken, by = await house.taken(), (await house.at_the_station()).actor()

    begun = await asyncio.gather(*(house.use.begin(taken.id, f"case-{turn}", by=by) for turn in range(6)), return_exceptions=True)

    bound = [one for one in begun if not isinstance(one, BaseException)]
    assert {type(one) for one in begun if isinstance(one, BaseException)} == {NotPermitted}
    assert len(bound) == 1
    assert await house.use.begin(taken.id, bound[0].scope.case, by=by) == bound[0]
    assert bound[0].authority.case == bound[0].scope.case
    house.later(days=1)
    assert await refused(house.use.begin(taken.id, "case-later", by=by)) == "refusal.mandate-for-one-case"


@pytest.mark.row("F11")
async def test_what_is_not_begun_within_minutes_is_over_and_what_is_begun_within_days(house: House) -> None:
    idle, by = await house.taken(), (await house.at_the_station()).actor()
    house.later(minutes=30)
    assert (await house.store.one(idle.id)).status(house.clock()) is MandateStatus.EXPIRED
    assert await refused(house.use.begin(idle.id, "case-1", by=by)) == "refusal.capacity-ended"

    used = await house.use.begin((await house.taken()).id, "case-1", by=by)
    in_force = [used.in_force(house.clock() + timedelta(days=days)) for days in (7, 8)]

    assert in_force == [True, False]


async def test_an_ordinary_mandate_may_begin_cases_and_each_stands_in_its_life(house: House) -> None:
    mandate, by = await house.accepted(), (await house.as_(DAUGHTER)).actor()

    for case in ("case-1", "case-2", "case-2"):
        used = await house.use.begin(mandate.id, case, by=by)

    assert [step.case for step in used.history if step.kind is MandateStepKind.USED] == ["case-1", "case-2"]
    assert used.scope == mandate.scope
    assert await refused(house.use.begin("mandate-none", "case-1", by=by), NotFound) == "mandate.not-found"


@pytest.mark.row("F65")
async def test_the_person_reads_who_had_their_card_and_who_read_their_name_since(house: House) -> None:
    helper, zhang = await house.at_the_station(), await house.known(ZHANG)
    mandate = await house.taken(by=helper)

    await house.desk.page(first=20, after=None, by=helper)
    await house.desk.one(mandate.id, by=helper)
    await house.desk.one("mandate-of-another", by=helper)
    await house.desk.page(first=20, after=None, by=await house.as_(ZHANG))

    read, seen = (zhang.id, helper.known_person().id, "read-card"), (zhang.id, helper.known_person().id, "mandates")
    assert house.looks.told == [read, seen, seen]
