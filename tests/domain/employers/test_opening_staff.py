"""Cases are opened from a list row by row: each once, for the employer's own staff alone, and what cannot be opened stops no other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from domain.acting import CapacityKind
from domain.employers.opening import MOST_AT_ONCE, StaffImport
from domain.employers.sheet import PostCategory
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted
from domain.identifiers import DocumentKind
from domain.looks.look import Purpose
from domain.people import Person
from domain.words import Language
from tests.staff_sheets import TODAY, a_number, wording
from tests.works import AGENT, FACTORY, FIVE, MILL, Registers, Works, a_row


@pytest.fixture
def works() -> Works:
    return Works()


async def test_every_row_becomes_a_case_of_that_employee_filed_by_the_employer(works: Works) -> None:
    done = await works.open()

    assert [(one.row.row, one.problem) for one in done.rows] == [(2, None), (3, None), (4, None), (5, None), (6, None)]
    assert (done.opened, done.waiting) == (5, 0)
    assert works.numbers_of_cases() == FIVE
    assert {(one.case.channel, one.case.filed_by.organisation) for one in done.rows if one.case} == {("EMPLOYER", FACTORY.id)}


async def test_the_same_request_again_opens_nothing_and_answers_the_same(works: Works) -> None:
    first = await works.open()

    assert await works.open() == first
    assert works.numbers_of_cases() == FIVE


async def test_the_same_request_many_times_at_once_opens_each_row_once(works: Works) -> None:
    answers = await asyncio.gather(*(works.open() for _ in range(8)))

    assert works.numbers_of_cases() == FIVE
    assert {tuple(one.case.id for one in answer.rows if one.case) for answer in answers} == {
        tuple(one.case.id for one in answers[0].rows if one.case)
    }


async def test_an_agent_whose_post_ends_while_rows_are_opened_opens_no_more(works: Works) -> None:
    class Dismissing(Registers):
        async def employs(self, code: str, *, document_kind: DocumentKind, document_number: str) -> bool:
            works.shelf.posts.clear()
            return True

    works.desk = replace(works.desk, employments=Dismissing())

    done = await works.open()

    assert [one.problem and one.problem.key for one in done.rows] == ["refusal.capacity-ended"] * 5
    assert works.numbers_of_cases() == []


@pytest.mark.parametrize("after", range(5))
async def test_an_import_broken_off_anywhere_goes_on_with_nothing_lost_or_doubled(works: Works, after: int) -> None:
    async def fail() -> None:
        raise asyncio.CancelledError

    async def go_on() -> None: ...

    works.store.before_save += [*[go_on] * after, fail]
    with pytest.raises(asyncio.CancelledError):
        await works.open()

    done = await works.open()

    assert done.opened == 5
    assert works.numbers_of_cases() == FIVE


async def test_rows_are_opened_some_at_a_time(works: Works) -> None:
    first = await works.open(first=2)
    second = await works.open(first=2, after=first.rows[-1].row.row)
    third = await works.open(first=1_000, after=second.rows[-1].row.row)

    assert [[one.row.row for one in part.rows] for part in (first, second, third)] == [[2, 3], [4, 5], [6]]
    assert [part.waiting for part in (first, second, third)] == [3, 1, 0]
    assert works.numbers_of_cases() == FIVE


async def test_no_call_opens_more_than_fifty(works: Works) -> None:
    works.bring("sheet-2", *(a_row(order) for order in range(MOST_AT_ONCE + 1)))

    done = await works.open(sheet="sheet-2", first=MOST_AT_ONCE + 1)

    assert (done.opened, done.waiting) == (MOST_AT_ONCE, 1)


async def test_who_is_not_the_employers_own_is_named_and_stays_unknown(works: Works) -> None:
    works.registers.strangers = {a_number(1)}

    done = await works.open()

    assert [one.row.row for one in done.rows if one.problem] == [3]
    assert said(done.rows[1].problem).startswith("第 3 行的人，社保登记里现在不是您单位的职工")
    assert a_number(1) not in works.persons.known
    assert done.opened == 4
    assert set(works.registers.asked) == {FACTORY.code}


async def test_a_name_that_is_not_known_with_that_number_is_named(works: Works) -> None:
    works.persons.known[a_number(1)] = Person("person-other", "别的名字", DocumentKind.RESIDENT_ID, a_number(1))

    done = await works.open()

    assert [(one.row.row, one.case) for one in done.rows if one.problem] == [(3, None)]
    assert "别的名字" not in said(done.rows[1].problem)


async def test_a_name_may_be_written_with_another_dot(works: Works) -> None:
    works.persons.known[a_number(0)] = Person("person-other", "买买提·测试", DocumentKind.RESIDENT_ID, a_number(0))
    works.bring("sheet-2", a_row(0, name="买买提．测试"))

    assert (await works.open(sheet="sheet-2")).opened == 1


async def test_while_the_register_is_away_its_rows_wait_and_the_same_request_goes_on(works: Works) -> None:
    works.registers.away = 2

    first, second = await works.open(), await works.open()

    assert [(one.row.row, one.again) for one in first.rows if one.problem] == [(2, True), (3, True)]
    assert second.opened == 5
    assert works.numbers_of_cases() == FIVE


async def test_whoever_has_a_case_already_is_not_given_a_second(works: Works) -> None:
    await works.open()

    again = await works.open("another-import-012345")

    assert [one.problem is not None for one in again.rows] == [True] * 5
    assert works.numbers_of_cases() == FIVE


async def test_what_the_employer_knows_is_filled_in_where_it_is_asked(works: Works) -> None:
    known = {"mobile": "13900000001", "post_category": PostCategory.ORDINARY, "retirement_date": TODAY}
    works.bring("sheet-2", a_row(0, **known))

    (one,) = (await works.open(sheet="sheet-2")).rows

    assert one.problem is None
    assert one.case is not None
    assert one.case.private.answers["mobile"].value == "13900000001"


async def test_the_same_request_for_another_list_or_other_services_is_a_conflict(works: Works) -> None:
    works.bring("sheet-2", a_row(7))
    await works.open()

    for other in ({"sheet": "sheet-2"}, {"items": ("item-guangxi-household-check",)}):
        with pytest.raises(Conflict):
            await works.open(**other)


async def test_a_service_that_is_not_there_is_told_for_each_row(works: Works) -> None:
    done = await works.open(items=("item-guangxi-none",))

    assert {said(one.problem) for one in done.rows} == {"这个地区没有这个事项，请重新选。"}


async def test_employees_can_later_see_that_their_data_was_used(works: Works) -> None:
    done = await works.open()

    assert [(look.person, look.purpose, look.organisation) for look in works.looks.kept] == [
        (one.case.person, Purpose.IMPORT_STAFF, FACTORY.id) for one in done.rows if one.case
    ]


Try = Callable[[Works], Awaitable[StaffImport]]


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda works: works.open(sheet="sheet-9"), NotFound),
        (lambda works: works.open(by=replace(AGENT, organisation=MILL.id)), NotFound),
        (lambda works: works.open(by=replace(AGENT, organisation="org-none")), NotPermitted),
        (lambda works: works.open(by=replace(AGENT, capacity=CapacityKind.HELPER)), NotPermitted),
        (lambda works: works.open(by=replace(AGENT, capacity=CapacityKind.SELF, organisation=None)), NotPermitted),
        (lambda works: works.open("short"), InvalidForm),
    ],
    ids=["no list", "another employer's list", "no employer", "a helper", "oneself", "no request id"],
)
async def test_nobody_else_opens_cases_from_it(works: Works, attempt: Try, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        await attempt(works)

    assert works.numbers_of_cases() == []


def said(problem: object) -> str:
    return wording().say(problem, Language.ZH_HANS)  # type: ignore[arg-type]
