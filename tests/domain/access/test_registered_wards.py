"""Whose guardian somebody is: asked of the register, known for a minute, and for ten while the register is away."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest

from domain.access.wards import MOST, RegisteredWards
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import Ward
from tests.sign_in import Clock

HUSBAND = Person("person-husband", "韩立恒", DocumentKind.PASSPORT, "E00000001")
SUN = Person("person-E00000002", "孙月华", DocumentKind.PASSPORT, "E00000002")
WARD = Ward("孙月华", DocumentKind.PASSPORT, "E00000002", date(2024, 5, 20))


@dataclass
class Register:
    wards: tuple[Ward, ...] = (WARD,)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def wards_of(self, guardian: Person) -> tuple[Ward, ...]:
        self.asked.append(guardian.id)
        if self.away:
            raise NoAnswer("registers", "did not answer in time")
        return self.wards


class People:
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        return Person(f"person-{number}", name, kind, number)


@dataclass
class Given:
    """Whose mandates are to be looked at again."""

    asked: list[str] = field(default_factory=list)

    async def ask_register_now(self, principal: str, *, at: datetime) -> None:
        self.asked.append(principal)


@pytest.fixture
def given() -> Given:
    return Given()


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
def register() -> Register:
    return Register()


@pytest.fixture
def wards(register: Register, given: Given, clock: Clock) -> RegisteredWards:
    return RegisteredWards(register, People(), given, clock)


@pytest.mark.row("C08")
async def test_where_a_guardian_begins_the_wards_mandates_are_looked_at_again_and_once(
    wards: RegisteredWards, given: Given, clock: Clock
) -> None:
    await wards.of(HUSBAND)
    clock.passes(minutes=2)
    await wards.of(HUSBAND)

    assert given.asked == [SUN.id]


async def test_a_ward_of_the_register_is_a_person_of_ours(wards: RegisteredWards) -> None:
    assert await wards.of(HUSBAND) == (SUN,)


async def test_an_answer_is_known_for_a_minute(wards: RegisteredWards, register: Register, clock: Clock) -> None:
    await wards.of(HUSBAND)
    clock.passes(seconds=59)
    await wards.of(HUSBAND)

    assert register.asked == [HUSBAND.id]


async def test_the_end_of_a_guardianship_is_noticed_after_a_minute(wards: RegisteredWards, register: Register, clock: Clock) -> None:
    await wards.of(HUSBAND)
    register.wards = ()
    clock.passes(seconds=60)

    assert await wards.of(HUSBAND) == ()


async def test_one_guardians_answer_is_not_anothers(wards: RegisteredWards, register: Register) -> None:
    await wards.of(HUSBAND)
    register.wards = ()

    assert await wards.of(replace(HUSBAND, id="person-other")) == ()


@pytest.mark.parametrize(("minutes", "known"), [(9, (SUN,)), (10, ())])
async def test_while_the_register_is_away_its_last_answer_holds_for_ten_minutes(
    wards: RegisteredWards, register: Register, clock: Clock, minutes: int, known: tuple[Person, ...]
) -> None:
    await wards.of(HUSBAND)
    register.away = True
    clock.passes(minutes=minutes)

    assert await wards.of(HUSBAND) == known


async def test_a_register_that_was_never_reached_names_nobody_and_is_asked_again(wards: RegisteredWards, register: Register) -> None:
    register.away = True
    unreached = await wards.of(HUSBAND)
    register.away = False

    assert unreached == ()
    assert await wards.of(HUSBAND) == (SUN,)


async def test_no_more_answers_are_kept_than_fit(wards: RegisteredWards, register: Register) -> None:
    guardians = [replace(HUSBAND, id=f"person-{number}") for number in range(MOST + 1)]
    for guardian in guardians:
        await wards.of(guardian)
    register.asked.clear()

    await wards.of(guardians[0])
    await wards.of(guardians[-1])

    assert register.asked == [guardians[0].id]
