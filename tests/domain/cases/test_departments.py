"""What departments answer: at once or later, twice, out of order, as refusals, or not at all; and the case is right each time."""

from itertools import permutations

import pytest

from domain.acting import CapacityKind
from domain.cases.case import Case
from domain.cases.errands import ErrandKind
from domain.cases.parts import CaseStatus, ItemState, ItemStatus, ItemWords, Turn
from domain.cases.patience import PATIENCE
from domain.ports import HandoffAnswer, ItemOutcome, Rejected, Working
from tests.cases import a_complete_case, a_submitted_case, at, kinds, rebuilt, statuses
from tests.progress import decided, department_is_silent, department_says, granted, refused, timers

ITEM = "normal-retirement"
OTHER = "deemed-years"


@pytest.fixture
def case() -> Case:
    return a_submitted_case(items=(ITEM, OTHER))


# ---------------------------------------------------------------- in parallel, at once or later


@pytest.mark.row("F42")
def test_at_submission_every_item_that_waits_for_nothing_is_due_at_its_department(case: Case) -> None:
    assert [timers(case, item) for item in (ITEM, OTHER)] == [[(ErrandKind.HAND_OFF, 20)], [(ErrandKind.HAND_OFF, 20)]]
    assert (case.status, case.turn) == (CaseStatus.SUBMITTED, Turn.OURS)


@pytest.mark.row("F42")
def test_each_item_has_its_own_state_whoever_answers_at_once_later_or_not_at_all() -> None:
    case = a_submitted_case(items=(ITEM, OTHER, "household-check", "pension"))

    case = department_says(case, ITEM, Working(1))
    case = department_says(case, OTHER, refused())
    case = department_is_silent(case, "household-check")

    assert statuses(case) == {
        ITEM: ItemStatus.HANDED_OFF,
        OTHER: ItemStatus.REFUSED,
        "household-check": ItemStatus.WAITING,
        "pension": ItemStatus.WAITING,
    }
    assert case.status is CaseStatus.IN_PROGRESS


@pytest.mark.row("F42")
def test_a_decision_at_once_is_the_departments_word_with_its_time_and_reasons(case: Case) -> None:
    case = department_says(case, ITEM, decided(ItemOutcome.REFUSED, sequence=1, text="不予通过", reasons=("档案待查",)))

    assert case.item(ITEM) == ItemState(
        ITEM, ItemStatus.REFUSED, sequence=1, ready_at=at(20).at, outcome=ItemOutcome.REFUSED, decided_at=at(30).at
    )
    assert case.private.results == {ITEM: ItemWords("不予通过", ("档案待查",))}
    actor = case.last_step.actor
    assert (actor.capacity, actor.system, case.last_step.at, case.last_step.item) == (CapacityKind.SYSTEM, "hrss", at(30).at, ITEM)


def test_a_department_that_will_call_back_is_asked_again_after_a_day(case: Case) -> None:
    case = department_says(case, ITEM, Working(1))
    once = timers(case)
    case = department_says(case, ITEM, Working(1), 86_430)
    case = department_is_silent(case, ITEM, 2 * 86_430)

    assert once == [(ErrandKind.ASK_AGAIN, 30 + 86_400)]
    assert timers(case) == [(ErrandKind.ASK_AGAIN, 2 * 86_430 + 86_400)]
    assert kinds(case)[-3:] == ["handed-off", "asked-again", "asked-again"]


def test_a_department_says_that_it_has_begun(case: Case) -> None:
    case = department_says(department_says(case, ITEM, Working(1)), ITEM, Working(2), 40)

    assert (case.item(ITEM).status, case.item(ITEM).sequence, kinds(case)[-1]) == (ItemStatus.IN_PROGRESS, 2, "department-working")


# ---------------------------------------------------------------- twice and out of order


@pytest.mark.row("A28")
@pytest.mark.parametrize("answer", [granted(), refused(), Working(1)], ids=["granted", "refused", "working"])
def test_the_same_answer_twice_leaves_one_step(case: Case, answer: HandoffAnswer) -> None:
    once = department_says(case, ITEM, answer)

    assert department_says(once, ITEM, answer, 31) == once


@pytest.mark.row("A28")
@pytest.mark.parametrize("order", [*permutations([Working(1), Working(2), decided(sequence=3)])])
def test_in_whatever_order_answers_come_the_decision_stands(case: Case, order: tuple[HandoffAnswer, ...]) -> None:
    for number, answer in enumerate(order):
        case = department_says(case, ITEM, answer, 30 + number)

    assert (case.item(ITEM).status, timers(case)) == (ItemStatus.DONE, [])
    assert kinds(case).count("item-decided") == 1


def test_what_is_decided_is_not_decided_differently_later(case: Case) -> None:
    case = department_says(case, ITEM, refused())

    assert department_says(case, ITEM, granted(sequence=9), 40) == case
    assert department_is_silent(case, ITEM, 40) == case


def test_a_word_about_another_round_says_nothing(case: Case) -> None:
    assert department_says(case, ITEM, granted(), round=2) == case
    assert department_is_silent(case, ITEM, round=2) == case


def test_a_department_cannot_speak_of_what_it_was_not_given() -> None:
    draft, waiting = a_complete_case(items=(ITEM, "pension")), a_submitted_case(items=(ITEM, "pension"))

    for answer in (granted(), Working(1), Rejected(("no",))):
        assert department_says(draft, ITEM, answer) == draft
        assert department_says(waiting, "pension", answer) == waiting
    assert department_is_silent(draft, ITEM) == draft


# ---------------------------------------------------------------- no answer, and no taking it on


def test_a_hand_off_without_an_answer_is_sent_again_later_and_later(case: Case) -> None:
    due = []
    for pause in PATIENCE.hand_off:
        case = department_is_silent(case, ITEM, 100)
        due.append((timers(case), pause.total_seconds()))

    assert due == [([(ErrandKind.HAND_OFF, 100 + pause)], pause) for _, pause in due]
    assert kinds(case)[-1] == "handoff-delayed"


@pytest.mark.row("F44")
def test_a_hand_off_that_fails_for_good_is_told_to_the_applicant_and_to_operators(case: Case) -> None:
    for _ in range(len(PATIENCE.hand_off) + 1):
        case = department_is_silent(case, ITEM, 100)

    told = {(notice.wording, notice.item, notice.to_operators, notice.due_at) for notice in case.notices}
    assert (case.item(ITEM).status, timers(case), kinds(case)[-1]) == (ItemStatus.FAILED, [], "handoff-failed")
    assert told >= {
        ("notice.handoff-failed", ITEM, False, at(100).at),
        ("notice.handoff-failed-operators", ITEM, True, at(100).at),
    }
    assert department_is_silent(case, ITEM, 200) == case


@pytest.mark.row("F44")
def test_a_department_whose_system_refuses_the_hand_off_has_failed_at_once_with_its_reasons(case: Case) -> None:
    case = department_says(case, ITEM, Rejected(("证件号码应为18位",)))

    assert (case.item(ITEM).status, case.private.results[ITEM]) == (ItemStatus.FAILED, ItemWords("", ("证件号码应为18位",)))
    assert [notice.wording for notice in case.notices] == ["notice.submitted", "notice.handoff-failed", "notice.handoff-failed-operators"]
    assert department_says(case, ITEM, Rejected(("again",)), 40) == case


def test_a_department_that_knows_nothing_of_the_item_when_it_is_asked_again_has_failed_and_is_asked_no_more(case: Case) -> None:
    case = department_says(case, ITEM, Working(1))

    case = department_says(case, ITEM, Rejected(("没有这件交办",)), 86_430)

    assert (case.item(ITEM).status, timers(case)) == (ItemStatus.FAILED, [])


def test_an_answer_that_comes_after_all_makes_good_what_had_failed_and_a_second_failure_is_told_again(case: Case) -> None:
    failed = department_says(case, ITEM, Rejected(("no",)))

    recovered = department_says(failed, ITEM, Working(1), 40)
    again = department_says(recovered, ITEM, Rejected(("no",)), 50)

    assert (recovered.item(ITEM).status, department_says(failed, ITEM, granted(), 40).item(ITEM).status) == (
        ItemStatus.HANDED_OFF,
        ItemStatus.DONE,
    )
    assert len({notice.key for notice in again.notices}) == 5


def test_what_was_wrong_with_a_hand_off_is_no_reason_of_the_decision_that_came_after_all(case: Case) -> None:
    failed = department_says(case, ITEM, Rejected(("证件号码应为18位",)))

    decided_after_all = department_says(failed, ITEM, granted(), 40)

    assert (failed.private.results, decided_after_all.private.results) == ({ITEM: ItemWords("", ("证件号码应为18位",))}, {})
    assert rebuilt(decided_after_all) == decided_after_all


@pytest.mark.row("B08")
def test_a_case_with_every_kind_of_answer_is_what_its_steps_make(case: Case) -> None:
    answers = [Working(1), Working(2), Rejected(("no",)), Working(3), decided(ItemOutcome.REFUSED, sequence=4, text="不予通过")]
    for number, answer in enumerate(answers):
        case = department_is_silent(department_says(case, ITEM, answer, 30 + number), OTHER, 30 + number)

        assert rebuilt(case) == case
