"""The real client of the departments against their stand-ins: handing over, cancelling, and a bureau in trouble."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.identifiers import DocumentKind
from domain.ports import CancelAnswer, Decided, ItemOutcome, NoAnswer, Rejected, Working
from integrations.departments import HttpDepartments
from mocks.decisions import BY_HAND, DEPARTMENTS
from mocks.people import PEOPLE, anyone
from mocks.serve import wall_clock
from tests.mocks.world import SECRETS, World, a_handoff, a_world

EVERY_ITEM = [(department, item) for department, items in DEPARTMENTS.items() for item in items]
MILLISECOND, MINUTES_AGO = timedelta(milliseconds=1), timedelta(minutes=10)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


@pytest.fixture
async def departments(world: World) -> AsyncIterator[HttpDepartments]:
    departments = world.departments()
    yield departments
    await departments.close()


async def test_a_department_decides_at_once(departments: HttpDepartments) -> None:
    before = wall_clock()

    decided = await departments.hand_off(a_handoff())

    assert decided == Decided(
        sequence=1,
        outcome=ItemOutcome.GRANTED,
        at=decided.at,
        text="核定缴费年限412个月，其中视同缴费38个月，养老金从退休次月起发放",
    )
    assert before - MILLISECOND < decided.at <= wall_clock()


async def test_a_refusal_comes_with_its_reasons(departments: HttpDepartments) -> None:
    decided = await departments.hand_off(a_handoff(person=PEOPLE["zhao"]))

    assert (decided.outcome, decided.reasons) == (ItemOutcome.REFUSED, ("累计缴费161个月，距最低缴费年限还差19个月",))


@pytest.mark.parametrize(("department", "item"), EVERY_ITEM)
async def test_every_item_is_decided_by_its_department(departments: HttpDepartments, department: str, item: str) -> None:
    said = Working if item in BY_HAND else Decided

    assert isinstance(await departments.hand_off(a_handoff(item=item, department=department)), said)


async def test_what_is_left_to_an_officer_is_decided_by_the_department_only_if_it_is_told_to(
    world: World, departments: HttpDepartments
) -> None:
    await world.behave("/departments/hrss", rules=[{"person": "li", "outcome": "GRANTED"}])

    (item,) = BY_HAND
    left, told = [await departments.hand_off(a_handoff(key, item=item, person=PEOPLE[key])) for key in ("zhang", "li")]

    assert isinstance(left, Working)
    assert (told.outcome, [entry["status"] for entry in await world.ledger("hrss")]) == (ItemOutcome.GRANTED, ["accepted", "decided"])


@pytest.mark.row("F05")
@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_every_kind_of_document_is_handed_over_unharmed(departments: HttpDepartments, kind: DocumentKind) -> None:
    person = anyone(23, kind.value)

    decided = await departments.hand_off(a_handoff(person=person))

    assert f"核定缴费年限{person.contribution_months}个月" in decided.text


async def test_a_department_may_answer_later(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", after_ms=60_000)

    assert await departments.hand_off(a_handoff()) == Working(1)


async def test_a_hand_off_that_is_wrong_in_itself_is_rejected_with_reasons(departments: HttpDepartments) -> None:
    assert await departments.hand_off(a_handoff(item="dog-licence")) == Rejected(("本部门不办理事项 dog-licence",))


async def test_the_same_hand_off_again_gets_the_same_answer_and_has_no_second_effect(world: World, departments: HttpDepartments) -> None:
    first = await departments.hand_off(a_handoff())

    second = await departments.hand_off(a_handoff())

    (entry,) = await world.ledger("hrss")
    assert (second, entry["received"]) == (first, 2)


async def test_asked_again_later_a_department_says_how_it_stands_now(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", after_ms=0)
    assert await departments.hand_off(a_handoff()) == Working(1)

    again = await departments.hand_off(a_handoff())

    assert (type(again), again.sequence) == (Decided, 3)


async def test_one_key_never_stands_for_two_hand_offs(departments: HttpDepartments) -> None:
    await departments.hand_off(a_handoff())

    answer = await departments.hand_off(a_handoff(answers={"retirement-date": "2026-12-01"}))

    assert answer == Rejected(("此编号已用于另一份交办内容",))


async def test_an_answer_lost_on_the_way_has_no_second_effect(world: World) -> None:
    await world.behave("/departments/hrss", error_rate=0.5, seed=11)
    departments = world.departments(wiring=world.with_limits(attempts=20))

    for number in range(10):
        await departments.hand_off(a_handoff(f"case-{number}.pension.1"))

    entries = await world.ledger("hrss")
    assert [entry["key"] for entry in entries] == [f"case-{number}.pension.1" for number in range(10)]
    assert any(entry["received"] > 1 for entry in entries)


# ---------------------------------------------------------------- cancelling


async def test_what_is_not_decided_can_be_cancelled(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", silence=True)
    await departments.hand_off(a_handoff())

    assert await departments.cancel(department="hrss", key="case-1.pension.1") is CancelAnswer.CANCELLED
    assert await departments.cancel(department="hrss", key="case-1.pension.1") is CancelAnswer.CANCELLED


async def test_what_is_decided_cannot_be_cancelled(departments: HttpDepartments) -> None:
    await departments.hand_off(a_handoff())

    assert await departments.cancel(department="hrss", key="case-1.pension.1") is CancelAnswer.TOO_LATE


async def test_a_hand_off_that_its_cancelling_overtook_is_refused(departments: HttpDepartments) -> None:
    assert await departments.cancel(department="hrss", key="case-1.pension.1") is CancelAnswer.CANCELLED

    assert await departments.hand_off(a_handoff()) == Rejected(("此编号已撤回",))


async def test_a_key_with_unusual_characters_can_be_cancelled(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", silence=True)
    await departments.hand_off(a_handoff("case/1 ?.pension#.1"))

    await departments.cancel(department="hrss", key="case/1 ?.pension#.1")

    assert [entry["cancelled"] for entry in await world.ledger("hrss")] == [True]


# ---------------------------------------------------------------- who may speak


async def test_a_department_does_not_believe_another_secret(world: World) -> None:
    departments = world.departments(secrets={**SECRETS, "hrss": SECRETS["police"]})

    with pytest.raises(NoAnswer, match="HTTP 401"):
        await departments.hand_off(a_handoff())

    assert await world.ledger("hrss") == []


async def test_a_department_does_not_believe_what_is_old(world: World) -> None:
    departments = world.departments(now=lambda: wall_clock() - MINUTES_AGO)

    with pytest.raises(NoAnswer, match="HTTP 401"):
        await departments.hand_off(a_handoff())
