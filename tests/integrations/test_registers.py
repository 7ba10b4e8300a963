"""The real client of the registers against their stand-in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.identifiers import DocumentKind
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import ALIVE, Life, Standing, Ward
from integrations.registers import HttpRegisters
from mocks.numbers import company_code
from mocks.others import CROWD, FURNACE, MACHINES
from mocks.people import PEOPLE, Resident, anyone
from tests.mocks.world import SILENT, World, a_world
from tests.sign_in import Clock


def person(who: str | Resident) -> Person:
    known = PEOPLE[who] if isinstance(who, str) else who
    return Person(f"person-{known.key}", known.name, DocumentKind(known.document_kind), known.document_number)


NOBODY = Person("person-nobody", "某人", DocumentKind.PASSPORT, "XX000000")
HUSBAND, SUN = person("sun-husband"), person("sun")
THE_JUDGMENT = date(2024, 5, 20)


@pytest.fixture
async def world(moment: datetime) -> AsyncIterator[World]:
    async with a_world(now=Clock(moment)) as world:
        yield world


@pytest.fixture
async def registers(world: World) -> AsyncIterator[HttpRegisters]:
    registers = world.registers()
    yield registers
    await registers.close()


async def register(world: World, key: str, standing: str, since: str | None = None, guardian: str | None = None) -> None:
    entry = {"person": key, "standing": standing, "since": since, "guardian": guardian}
    assert (await world.ask("POST", "/registers/_set", json=entry)).status_code == 200


# ---------------------------------------------------------------- who can still act


@pytest.mark.parametrize("who", ["zhang", "lin", "bai", "helper", anyone(17), anyone(17, "PASSPORT")], ids=str)
async def test_of_most_people_no_death_and_no_judgment_is_registered(registers: HttpRegisters, who: str | Resident) -> None:
    assert await registers.standing(person(who)) == ALIVE


async def test_whom_no_register_knows_is_not_registered_as_dead(registers: HttpRegisters) -> None:
    assert await registers.standing(NOBODY) == ALIVE


async def test_who_has_lost_capacity_is_told_with_the_day_of_the_judgment(registers: HttpRegisters) -> None:
    standing = await registers.standing(SUN)

    assert standing == Standing(Life.INCAPACITATED, THE_JUDGMENT)
    assert not standing.acts_alone


async def test_a_death_is_told_with_its_day_and_a_false_one_can_be_taken_back(world: World, registers: HttpRegisters) -> None:
    zhang = person("zhang")
    await register(world, "zhang", "DECEASED", "2026-11-20")
    died = await registers.standing(zhang)
    await register(world, "zhang", "ALIVE")

    assert died == Standing(Life.DECEASED, date(2026, 11, 20))
    assert await registers.standing(zhang) == ALIVE


async def test_a_guardian_is_told_whose_guardian_they_are(registers: HttpRegisters) -> None:
    assert await registers.wards_of(HUSBAND) == (Ward(SUN.name, SUN.document_kind, SUN.document_number, THE_JUDGMENT),)


@pytest.mark.parametrize("who", [SUN, person("li-daughter"), NOBODY], ids=lambda who: who.id)
async def test_nobody_else_is_a_guardian(registers: HttpRegisters, who: Person) -> None:
    assert await registers.wards_of(who) == ()


@pytest.mark.parametrize(
    ("key", "standing", "since"),
    [
        ("sun", "DECEASED", "2026-11-20"),
        ("sun", "ALIVE", None),
        ("sun-husband", "DECEASED", "2026-11-20"),
        ("sun-husband", "INCAPACITATED", "2026-11-20"),
    ],
)
async def test_a_guardianship_ends_with_either_life_or_with_the_return_of_capacity(
    world: World, registers: HttpRegisters, key: str, standing: str, since: str | None
) -> None:
    await register(world, key, standing, since)

    assert await registers.wards_of(HUSBAND) == ()


async def test_a_judgment_of_today_names_the_new_guardian(world: World, registers: HttpRegisters) -> None:
    li, daughter = person("li"), person("li-daughter")
    await register(world, "li", "INCAPACITATED", "2026-11-23", "li-daughter")

    assert await registers.wards_of(daughter) == (Ward(li.name, li.document_kind, li.document_number, date(2026, 11, 23)),)


# ---------------------------------------------------------------- relatives, accounts, employment


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("li", "li-daughter", True),
        ("li-daughter", "li", True),
        ("sun", "sun-husband", True),
        ("wang", "volunteer", True),
        ("li", "helper", False),
        ("li", "sun-husband", False),
        ("bai", "helper", False),
        ("li", "li", False),
    ],
)
async def test_relatives_are_those_of_one_family(registers: HttpRegisters, one: str, other: str, related: bool) -> None:
    assert await registers.related(person(one), person(other)) is related


@pytest.mark.parametrize("who", [PEOPLE["zhang"], PEOPLE["li-daughter"], anyone(3), anyone(4, "TAIWAN_PERMIT")], ids=lambda who: who.key)
async def test_an_account_is_that_of_the_social_security_card(registers: HttpRegisters, who: Resident) -> None:
    assert await registers.holds(person(who), who.bank_account)


async def test_an_account_is_nobody_elses(registers: HttpRegisters) -> None:
    li, daughter = PEOPLE["li"], PEOPLE["li-daughter"]

    assert not await registers.holds(person(li), daughter.bank_account)
    assert not await registers.holds(person(daughter), li.bank_account)
    assert not await registers.holds(replace(person(li), name=daughter.name), li.bank_account)
    assert not await registers.holds(NOBODY, li.bank_account)


@pytest.mark.parametrize(
    ("code", "who", "employed"),
    [
        (FURNACE, PEOPLE["gao"], True),
        (FURNACE, PEOPLE["agent"], True),
        (FURNACE, PEOPLE["boss"], True),
        (FURNACE, PEOPLE["zhang"], False),
        (MACHINES, PEOPLE["zhang"], True),
        (FURNACE, PEOPLE["bai"], False),
        (company_code("450100", 77), PEOPLE["gao"], False),
    ],
)
async def test_an_employer_insures_its_own_people_only(registers: HttpRegisters, code: str, who: Resident, employed: bool) -> None:
    kind, number = DocumentKind(who.document_kind), who.document_number

    assert await registers.employs(code, document_kind=kind, document_number=number) is employed


async def test_the_enterprise_of_the_crowd_insures_those_of_nanning(registers: HttpRegisters) -> None:
    people = [anyone(seed) for seed in range(40)]

    insured = [
        await registers.employs(CROWD, document_kind=DocumentKind.RESIDENT_ID, document_number=who.document_number) for who in people
    ]

    assert insured == [who.insured_place.endswith("南宁市") for who in people]
    assert any(insured)
    assert not all(insured)


async def test_the_dead_are_employed_nowhere(world: World, registers: HttpRegisters) -> None:
    await register(world, "gao", "DECEASED", "2026-11-20")
    gao = person("gao")

    assert not await registers.employs(FURNACE, document_kind=gao.document_kind, document_number=gao.document_number)


# ---------------------------------------------------------------- a register that is away


async def test_a_silent_register_is_no_answer_and_holds_up_no_other(world: World) -> None:
    registers = world.registers(wiring=world.with_limits(total=SILENT))
    await world.behave("/registers", rules=[{"item": "guardianships", "silence": True}])

    with pytest.raises(NoAnswer, match="registers: did not answer in time"):
        await registers.wards_of(HUSBAND)
    assert await world.registers().related(SUN, HUSBAND)


@pytest.mark.parametrize("manner", [{"outage": "503"}, {"rules": [{"reject": True}]}], ids=str)
async def test_a_register_that_is_away_says_neither_yes_nor_no(world: World, manner: dict[str, object]) -> None:
    registers = world.registers()
    await world.behave("/registers", **manner)

    answers = await asyncio.gather(
        registers.standing(SUN),
        registers.wards_of(HUSBAND),
        registers.related(SUN, HUSBAND),
        registers.holds(SUN, "6"),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers] == [NoAnswer] * 4


async def test_without_an_account_there_is_no_token(world: World) -> None:
    with pytest.raises(NoAnswer, match="registers: gave us no token"):
        await world.registers(client_secret="wrong").standing(SUN)


async def test_one_token_serves_every_register(world: World, registers: HttpRegisters) -> None:
    await registers.standing(SUN)
    await registers.wards_of(HUSBAND)
    await registers.related(SUN, HUSBAND)

    assert len(world.outside.registers.caller.tokens) == 1
