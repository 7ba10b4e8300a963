"""One mandate for each pair and matter, one who acts in each matter, and so many and no more: whoever is quicker."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.cases.case import Case
from domain.errors import Refusal, StepNotAllowed
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.mandate import Mandate
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG, an_opened_case
from tests.mandates import DAUGHTER, FILL, HOUSEHOLD, MEDICAL, PENSION, SON, VIEW, House, a_grant, open_house, refused, resident


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


async def a_case_of_zhang(house: House) -> Case:
    case = replace(an_opened_case(), person=(await house.known(ZHANG)).id)
    house.cases.cases = {case.id: case}
    return case


# ---------------------------------------------------------------- one for each matter


@pytest.mark.row("F09")
@pytest.mark.parametrize("actions", [FILL, VIEW])
async def test_a_second_mandate_of_the_same_pair_and_matter_is_refused(house: House, actions: tuple[MandateAction, ...]) -> None:
    await house.granted(a_grant(items=(PENSION, MEDICAL)))

    assert await refused(house.granted(a_grant(items=(PENSION, HOUSEHOLD), actions=actions)), StepNotAllowed) == "mandate.given-already"
    assert (await house.granted(a_grant(items=(HOUSEHOLD,)))).number == 2


@pytest.mark.row("F09", "C08")
async def test_in_one_matter_one_relative_acts_and_a_second_may_only_look(house: House) -> None:
    await house.accepted()

    assert await refused(house.granted(a_grant(SON)), StepNotAllowed) == "mandate.one-acts"
    looking = await house.granted(a_grant(SON, actions=VIEW))
    assert (await house.accepts(looking, looking.code, by=SON)).actions == {MandateAction.VIEW}


@pytest.mark.row("F09")
async def test_a_mandate_for_a_case_and_one_for_its_services_are_the_same_matter(house: House) -> None:
    case = await a_case_of_zhang(house)
    await house.granted(a_grant(items=None, case=case.id))

    assert await refused(house.granted(a_grant(items=(PENSION,))), StepNotAllowed) == "mandate.given-already"


@pytest.mark.row("F09")
async def test_of_twelve_given_at_once_from_several_phones_exactly_one_is(house: House) -> None:
    principal, delegates = await house.as_(ZHANG), [resident(100 + place, f"代{place}") for place in range(12)]

    async def give(place: int) -> Mandate | str:
        try:
            return await house.desk.grant(house.request(), a_grant(delegates[place]), by=principal)
        except Refusal as why:
            return why.text.key

    answers = await asyncio.gather(*map(give, range(12)))

    assert sorted(answer for answer in answers if isinstance(answer, str)) == ["mandate.one-acts"] * 11
    assert len(await house.store.given(principal.person.id)) == 1


async def test_one_that_has_ended_is_in_nobodys_way(house: House) -> None:
    first = await house.accepted()
    await house.desk.revoke(house.request(), first.id, by=await house.as_(ZHANG))
    second = await house.granted(a_grant(until=date(2026, 11, 30)))
    house.later(days=8)

    third = await house.granted()

    assert [one.number for one in (first, second, third)] == [1, 2, 3]


# ---------------------------------------------------------------- how many


@pytest.mark.row("F18")
async def test_a_principal_authorises_five_people_and_no_sixth(house: House) -> None:
    for place in range(5):
        await house.granted(a_grant(resident(200 + place, f"代{place}"), actions=VIEW))
    await house.granted(a_grant(resident(200, "代0"), items=(HOUSEHOLD,), actions=VIEW))

    assert await refused(house.granted(a_grant(resident(205, "代5"), actions=VIEW))) == "mandate.too-many-delegates"


@pytest.mark.row("F18")
async def test_of_four_taken_up_at_once_a_delegate_who_has_three_gets_two_and_the_principals_are_not_told(house: House) -> None:
    for place in range(3):
        await house.accepted(by=resident(310 + place, f"委{place}"))
    given = [await house.granted(by=resident(300 + place, f"委{place}")) for place in range(4)]

    async def accept(mandate: Mandate) -> str:
        try:
            return (await house.accepts(mandate, mandate.code)).status(MONDAY)
        except Refusal as why:
            return why.text.key

    answers = await asyncio.gather(*map(accept, given))
    ninth = await house.granted(by=resident(309, "委9"))

    assert sorted(answers) == ["ACTIVE"] * 2 + ["mandate.too-many-principals"] * 2
    assert ninth.status(MONDAY) is MandateStatus.PENDING


async def test_a_place_is_free_again_when_its_mandate_has_ended(house: House) -> None:
    principals = [resident(300 + place, f"委{place}") for place in range(6)]
    taken = [await house.accepted(by=principal) for principal in principals[:5]]
    await house.desk.decline(house.request(), taken[0].id, by=await house.as_(DAUGHTER))

    assert (await house.accepted(by=principals[5])).status(MONDAY) is MandateStatus.ACTIVE
