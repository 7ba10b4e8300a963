"""Queues: what waits for whom, the most pressing first; kept in step with the cases whatever fails in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.parts import CaseStatus, ItemState, Priority
from domain.cases.queues import QueueDesk
from domain.cases.worklist import kinds_for, work_of
from domain.catalogue.queues import OrderBy, WorkKind
from domain.looks.look import Purpose
from tests.cases import MONDAY, ZHANG, acting, an_opened_case, guangxi, loaded
from tests.domain.cases.test_graded_reviews import in_grades
from tests.looks import NotedLooks
from tests.memory import MemoryCases, a_book
from tests.officers import (
    HALL,
    ITEM,
    MEDICAL,
    TAN,
    WEI,
    a_clerk,
    a_supervisor,
    an_officer,
    at_departments,
    by_counter,
    graded,
    put_again,
    ruled,
    taken,
)
from tests.progress import withdrawn
from tests.queues import MemoryWork, some_queues

HRSS_QUEUE = "department-guangxi-hrss"


def rows(case: Case) -> list[tuple[str, str, str | None]]:
    return [(work.queue, work.kind.value, work.item) for work in work_of(case, guangxi())]


def put_before(case: Case) -> Case:
    return replace(case, private=replace(case.private, priority=Priority("VETERAN", "file-1", case.filed_by, MONDAY)))


# ---------------------------------------------------------------- what a case asks for


@pytest.mark.row("F50")
def test_an_item_that_is_at_its_department_waits_in_that_departments_queue_until_it_is_decided() -> None:
    case = at_departments(ITEM, "household-check")

    assert rows(case) == [(HRSS_QUEUE, "decide", ITEM), ("department-guangxi-police", "decide", "household-check")]
    assert rows(ruled(taken(case)))[0] == ("department-guangxi-police", "decide", "household-check")
    assert rows(withdrawn(case)) == []
    assert rows(an_opened_case()) == []


@pytest.mark.row("F50", "C12")
def test_a_graded_item_waits_for_its_next_grade() -> None:
    case = in_grades(at_departments(), an_officer(WEI))

    assert [work.kind for work in work_of(case, graded())] == [WorkKind.SECOND_REVIEW]


@pytest.mark.row("F50", "A63")
def test_what_a_counters_clerk_has_taken_stands_in_the_counters_queue_too() -> None:
    assert rows(taken(at_departments(), a_clerk())) == [(HRSS_QUEUE, "decide", ITEM), (HALL.id, "decide", ITEM)]


@pytest.mark.row("F50")
def test_a_counters_draft_and_what_came_back_to_it_wait_for_its_clerks() -> None:
    draft = by_counter(an_opened_case())

    assert rows(draft) == [(HALL.id, "fill", None)]
    assert rows(replace(draft, status=CaseStatus.CORRECTION_NEEDED)) == [(HALL.id, "correct", None)]
    assert rows(replace(draft, kept_by=ZHANG.id)) == []


@pytest.mark.row("F50")
def test_which_role_gets_which_work_in_which_order_is_data() -> None:
    queues = guangxi().queues

    assert set(queues) == {"OFFICER", "CLERK", "SUPERVISOR"}
    assert kinds_for(CapacityKind.OFFICER, queues) == (WorkKind.DECIDE, WorkKind.FIRST_REVIEW, WorkKind.SECOND_REVIEW, WorkKind.APPROVAL)
    assert queues["OFFICER"].order == (OrderBy.PRIORITY, OrderBy.DUE, OrderBy.OLDEST)
    assert all(queue.source for queue in queues.values())
    assert kinds_for(CapacityKind.HELPER, queues) == ()


@pytest.mark.row("F50")
def test_another_order_in_the_data_orders_the_queue_otherwise() -> None:
    case = at_departments()
    oldest = replace(guangxi().queues["OFFICER"], order=(OrderBy.OLDEST,))
    first, other = put_before(at_departments()), replace(guangxi(), queues={"OFFICER": oldest})

    assert work_of(first, guangxi())[0].order < work_of(case, guangxi())[0].order
    assert work_of(first, other)[0].order == work_of(case, other)[0].order


@pytest.mark.row("A78")
def test_priority_comes_first_then_what_is_due_first_then_the_oldest() -> None:
    case = at_departments()
    older = replace(case, id="case-zh8k0002", items=tuple(_ready_earlier(item) for item in case.items))
    later_but_first = put_before(replace(case, id="case-zh8k0003"))
    twin = replace(case, id="case-zh8k0000")

    order = sorted((work_of(one, guangxi())[0] for one in (case, older, later_but_first, twin)), key=lambda work: work.order)

    assert [work.case for work in order] == ["case-zh8k0003", "case-zh8k0002", "case-zh8k0000", "case-zh8k0001"]


def _ready_earlier(item: ItemState) -> ItemState:
    return replace(item, ready_at=item.ready_at - timedelta(days=3) if item.ready_at else None)


# ---------------------------------------------------------------- kept in step


def held(work: MemoryWork) -> list[str]:
    return sorted(work.rows)


@pytest.mark.row("F50")
async def test_the_queue_follows_the_case() -> None:
    work = MemoryWork()
    case = at_departments()
    book = a_book(an_opened_case(), work=work)

    await book.change(case.id, lambda stored: replace(case, version=stored.version))
    waiting = held(work)
    await book.change(case.id, lambda stored: ruled(taken(stored)))

    assert (waiting, held(work)) == ([f"{HRSS_QUEUE}/{case.id}.item.{ITEM}"], [])


async def test_a_save_that_misses_leaves_at_most_a_row_too_many_and_never_one_too_few() -> None:
    work, case = MemoryWork(), at_departments()
    queues = some_queues(work)
    before, decided = replace(case, version=1), replace(ruled(taken(case)), version=1)

    await queues.announce(before, before=an_opened_case())  # and a crash: the case was never saved like that
    await queues.announce(before, before=an_opened_case())
    assert len(held(work)) == 1
    await queues.follow(replace(decided, version=2), before=before)
    assert held(work) == []


async def test_a_slow_process_takes_away_nothing_that_was_put_back_meanwhile() -> None:
    work, case = MemoryWork(), at_departments()
    queues, gone = some_queues(work), replace(ruled(taken(case)), version=2)
    await queues.announce(replace(case, version=0), before=None)

    await queues.announce(replace(case, version=2), before=gone)
    await queues.follow(gone, before=replace(case, version=1))

    assert len(held(work)) == 1


# ---------------------------------------------------------------- reading


def a_desk(*cases: Case, looks: NotedLooks | None = None) -> QueueDesk:
    work, store = MemoryWork(), MemoryCases()
    queues = some_queues(work)
    for case in cases:
        store.put(case)
        for row in queues.work_of(case):
            work.rows[row.id] = (row, 1)
    return QueueDesk(queues, store, loaded().catalogues, looks or NotedLooks(), lambda: MONDAY)


def many(count: int) -> list[Case]:
    case = at_departments()
    return [replace(case, id=f"case-zh8k{number:04}") for number in range(count)]


async def read(desk: QueueDesk, by: Acting | None, *, first: int = 20) -> list[list[str]]:
    """The pages, each as the cases in it."""
    pages: list[list[str]] = []
    after: str | None = None
    while True:
        page = await desk.page(first=first, after=after, by=by)
        pages.append([entry.case.id for entry in page.entries])
        if not page.more:
            return pages
        after = page.entries[-1].work.order


@pytest.mark.row("F50")
async def test_a_queue_is_read_page_by_page_and_each_thing_once() -> None:
    pages = await read(a_desk(*many(7)), an_officer(), first=3)

    assert pages == [[f"case-zh8k{number:04}" for number in page] for page in ((0, 1, 2), (3, 4, 5), (6,))]


@pytest.mark.row("F50")
@pytest.mark.parametrize(
    ("by", "seen"),
    [
        (an_officer(), 1),
        (an_officer(TAN), 1),
        (a_supervisor(), 1),
        (an_officer(of=MEDICAL), 0),
        (an_officer(of=replace(MEDICAL, department="hrss", region="guyang")), 0),
        (an_officer(items=("pension",)), 0),
        (an_officer(items=(ITEM,)), 1),
        (a_clerk(), 0),
        (acting(), 0),
        (None, 0),
    ],
)
async def test_a_queue_is_the_departments_own(by: Acting | None, seen: int) -> None:
    assert len((await read(a_desk(at_departments()), by))[0]) == seen


async def test_a_row_whose_case_no_longer_asks_for_it_is_not_shown() -> None:
    desk = a_desk(*many(3))
    assert isinstance(desk.store, MemoryCases)
    desk.store.put(replace(ruled(taken(at_departments())), id="case-zh8k0001"))

    assert await read(desk, an_officer(), first=2) == [["case-zh8k0000", "case-zh8k0002"]]


@pytest.mark.row("F50")
async def test_a_clerk_sees_the_drafts_of_the_counter_and_that_is_noted() -> None:
    looks = NotedLooks()
    desk = a_desk(by_counter(an_opened_case()), looks=looks)

    assert await read(desk, a_clerk(TAN)) == [["case-zh8k0001"]]
    assert looks.told == [(ZHANG.id, TAN.id, Purpose.WORKLIST.value)]


async def test_what_an_officer_has_not_taken_is_no_look_at_anybody() -> None:
    looks = NotedLooks()
    mine, other = taken(at_departments()), replace(at_departments(), id="case-zh8k0002")

    await read(a_desk(mine, other, looks=looks), an_officer())
    await read(a_desk(mine, other, looks=looks), an_officer(TAN))

    assert looks.told == [(ZHANG.id, WEI.id, Purpose.WORKLIST.value)]


def test_a_row_is_the_same_whenever_it_is_worked_out() -> None:
    case = at_departments()

    assert work_of(case, guangxi()) == work_of(put_again(taken(case)), guangxi())
