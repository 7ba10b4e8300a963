"""Departments that decide what they were not asked, and items that failed and are handed over once more by an operator."""

from dataclasses import replace

import pytest

from domain.cases.case import Case
from domain.cases.errands import ErrandKind, handoff_key
from domain.cases.operating import retry_handoff
from domain.cases.parts import ItemStatus
from domain.cases.patience import PATIENCE
from domain.errors import StepNotAllowed
from domain.ports import CancelAnswer, ItemOutcome, Rejected, Working
from tests.cases import a_submitted_case, at, rebuilt
from tests.progress import cancel_answered, decided, department_is_silent, department_says, granted, timers, withdrawn

ITEM = "normal-retirement"
OTHER = "deemed-years"


@pytest.fixture
def case() -> Case:
    return a_submitted_case(items=(ITEM, OTHER))


# ---------------------------------------------------------------- what is no answer to what was asked


@pytest.mark.parametrize(("item", "outcome"), [(ITEM, "FOUND"), (ITEM, "NOT_FOUND"), (ITEM, "TOLD"), ("household-check", "GRANTED")])
@pytest.mark.row("F44")
def test_an_outcome_that_the_item_cannot_have_decides_nothing_and_is_told_like_any_failure(item: str, outcome: str) -> None:
    case = a_submitted_case(items=(ITEM, "pension", "household-check"))

    for before in (case, department_says(case, item, Working(1))):
        after = department_says(before, item, decided(ItemOutcome(outcome)))

        assert (after.item(item).status, after.item(item).outcome, timers(after, item)) == (ItemStatus.FAILED, None, [])
        assert [notice.to_operators for notice in after.notices if notice.item == item] == [False, True]
        assert department_says(after, item, decided(ItemOutcome(outcome), sequence=3)) == after


def test_a_withdrawn_case_is_asked_about_later_if_its_department_decides_what_it_cannot(case: Case) -> None:
    late = cancel_answered(withdrawn(department_says(case, ITEM, Working(1))), ITEM, CancelAnswer.TOO_LATE)

    after = department_says(late, ITEM, decided(ItemOutcome.FOUND), 70)

    assert timers(after) == [(ErrandKind.ASK_AGAIN, 70 + PATIENCE.ask_again.total_seconds())]


def test_what_is_decided_was_decided_before_it_was_heard(case: Case) -> None:
    case = department_says(case, ITEM, replace(granted(), at=at(999).at), 30)

    assert case.item(ITEM).decided_at == at(30).at


# ---------------------------------------------------------------- once more, by an operator


@pytest.mark.row("F44")
def test_what_failed_is_handed_over_once_more_under_the_same_key_with_new_patience(case: Case) -> None:
    failed = department_says(department_is_silent(case, ITEM), ITEM, Rejected(("证件号码格式不对",)))

    case = retry_handoff(failed, item=ITEM, moment=at(3_600))

    assert (case.item(ITEM).status, case.item(ITEM).attempts, handoff_key(case, ITEM)) == (ItemStatus.WAITING, 0, handoff_key(failed, ITEM))
    assert timers(case) == [(ErrandKind.HAND_OFF, 3_600)]
    assert ITEM not in case.private.results
    assert department_says(case, ITEM, granted(), 3_601).item(ITEM).status is ItemStatus.DONE
    assert rebuilt(case) == case


def test_what_has_not_failed_or_is_over_is_not_handed_over_once_more(case: Case) -> None:
    failed = department_says(case, ITEM, Rejected(("no",)))

    for other, item in ((case, ITEM), (failed, OTHER), (failed, "no-such-item"), (withdrawn(failed), ITEM)):
        with pytest.raises(StepNotAllowed):
            retry_handoff(other, item=item, moment=at(3_600))


def test_what_is_handed_over_once_more_may_be_where_it_was(case: Case) -> None:
    """The department remembers the key, and says the same again."""
    failed = department_says(department_says(case, ITEM, Working(1)), ITEM, Rejected(("no",)), 40)

    case = department_says(retry_handoff(failed, item=ITEM, moment=at(3_600)), ITEM, Working(1), 3_601)

    assert (case.item(ITEM).status, timers(case)) == (
        ItemStatus.IN_PROGRESS,
        [(ErrandKind.ASK_AGAIN, 3_601 + PATIENCE.ask_again.total_seconds())],
    )
