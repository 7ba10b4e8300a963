"""The way back: what has gone to a department is asked back, what waits never starts, and nothing is left in the dark."""

import pytest

from domain.cases.case import Case
from domain.cases.errands import ErrandKind, errands, next_due
from domain.cases.parts import CaseStatus, ItemStatus, PrefillStatus, Turn
from domain.cases.patience import PATIENCE
from domain.cases.workflow import CaseAction, allowed
from domain.errors import InvalidForm, StepNotAllowed
from domain.ports import CancelAnswer, ItemOutcome, Rejected, Working
from tests.cases import a_prefilled_case, a_submitted_case, acting, an_opened_case, answered_by, at, kinds, rebuilt, slips, statuses
from tests.progress import cancel_answered, cancel_is_silent, certified, decided, department_is_silent, department_says, granted, withdrawn

ITEM = "normal-retirement"
ITEMS = (ITEM, "pension")


def cancelling(case: Case) -> list[str]:
    return [errand.about for errand in errands(case) if errand.kind is ErrandKind.CANCEL]


def test_a_draft_is_withdrawn_at_once_and_nobody_is_asked_anything() -> None:
    case = withdrawn(a_prefilled_case())

    assert (case.status, case.turn, next_due(case)) == (CaseStatus.WITHDRAWN, Turn.OVER, case.erase_at)
    assert set(statuses(case).values()) == {ItemStatus.NOT_STARTED}


def test_what_is_at_a_department_is_asked_back_and_what_waits_will_not_start() -> None:
    case = department_says(a_submitted_case(items=ITEMS), ITEM, Working(1))

    case = withdrawn(case)

    assert statuses(case) == {ITEM: ItemStatus.HANDED_OFF, "pension": ItemStatus.NOT_STARTED}
    assert cancelling(case) == [ITEM]
    assert statuses(cancel_answered(case, ITEM, CancelAnswer.CANCELLED)) == {
        ITEM: ItemStatus.NOT_STARTED,
        "pension": ItemStatus.NOT_STARTED,
    }


def test_what_is_on_its_way_to_a_department_is_asked_back_too() -> None:
    case = withdrawn(a_submitted_case(items=ITEMS))

    assert cancelling(case) == [ITEM]
    assert kinds(cancel_answered(case, ITEM, CancelAnswer.CANCELLED))[-1] == "handoff-cancelled"


@pytest.mark.parametrize("failures", [1, len(PATIENCE.hand_off), len(PATIENCE.hand_off) + 1])
def test_a_department_that_did_not_answer_may_have_heard_and_is_asked_to_drop_it(failures: int) -> None:
    case = a_submitted_case(items=ITEMS)
    for attempt in range(failures):
        case = department_is_silent(case, ITEM, 30 + attempt)

    assert cancelling(withdrawn(case)) == [ITEM]


def test_an_answer_that_was_on_its_way_at_the_withdrawal_is_kept_and_the_item_still_asked_back() -> None:
    case = withdrawn(a_submitted_case(items=ITEMS))

    case = department_says(case, ITEM, Working(1), 61)

    assert (case.status, case.item(ITEM).status, cancelling(case)) == (CaseStatus.WITHDRAWN, ItemStatus.HANDED_OFF, [ITEM])
    assert case.item(ITEM).ask_again_at is None


def test_a_hand_off_that_comes_after_its_cancelling_is_rejected_there_which_says_nothing_new() -> None:
    case = withdrawn(a_submitted_case(items=ITEMS))
    cancelled = cancel_answered(case, ITEM, CancelAnswer.CANCELLED)

    assert department_says(cancelled, ITEM, Rejected(("此编号已撤回",)), 62) == cancelled


def test_a_rejection_heard_before_the_cancelling_is_answered_means_that_the_item_is_not_there() -> None:
    case = department_says(withdrawn(a_submitted_case(items=ITEMS)), ITEM, Rejected(("此编号已撤回",)), 61)

    assert (case.item(ITEM).status, cancelling(case), kinds(case)[-1]) == (ItemStatus.NOT_STARTED, [], "handoff-cancelled")
    assert cancel_answered(case, ITEM, CancelAnswer.CANCELLED, 62) == case


def test_when_it_is_too_late_the_department_is_asked_what_it_decided() -> None:
    case = cancel_answered(withdrawn(a_submitted_case(items=ITEMS)), ITEM, CancelAnswer.TOO_LATE)
    asked = [(errand.kind, errand.at) for errand in errands(case) if errand.about == ITEM]

    case = department_says(case, ITEM, decided(), 62)

    assert asked == [(ErrandKind.ASK_AGAIN, at(61).at)]
    assert (case.status, case.item(ITEM).outcome, case.certificate_due_at) == (CaseStatus.WITHDRAWN, ItemOutcome.GRANTED, None)
    assert statuses(case)["pension"] is ItemStatus.NOT_STARTED
    assert not [errand for errand in errands(case) if errand.about == ITEM]


def test_a_department_that_says_too_late_and_then_that_it_works_on_it_is_asked_again_a_day_later() -> None:
    case = cancel_answered(withdrawn(a_submitted_case(items=ITEMS)), ITEM, CancelAnswer.TOO_LATE)

    for sequence in (1, 2, 2):
        case = department_says(case, ITEM, Working(sequence), 62)

    assert [(errand.kind, errand.at) for errand in errands(case) if errand.about == ITEM] == [
        (ErrandKind.ASK_AGAIN, at(62).at + PATIENCE.ask_again)
    ]


def test_a_decision_that_comes_first_ends_the_asking_back() -> None:
    case = withdrawn(department_says(a_submitted_case(items=ITEMS), ITEM, Working(1)))

    case = department_says(case, ITEM, decided(ItemOutcome.REFUSED), 61)

    assert (case.item(ITEM).status, cancelling(case)) == (ItemStatus.REFUSED, [])
    assert cancel_answered(case, ITEM, CancelAnswer.TOO_LATE, 62) == case
    assert cancel_is_silent(case, ITEM, 62) == case


def test_a_department_that_was_asked_for_days_is_still_asked_to_drop_it_as_often_as_any() -> None:
    case = department_says(a_submitted_case(items=ITEMS), ITEM, Working(1))
    for day in range(1, 12):
        case = department_is_silent(case, ITEM, day * 86_400 + 60)
    case = withdrawn(case, seconds=12 * 86_400)

    for attempt, pause in enumerate(PATIENCE.cancel):
        case = cancel_is_silent(case, ITEM, 12 * 86_400 + attempt)

        assert case.item(ITEM).cancel_at == at(12 * 86_400 + attempt).at + pause


def test_a_department_that_never_says_whether_it_dropped_it_is_given_up_and_operators_are_told() -> None:
    case = withdrawn(department_says(a_submitted_case(items=ITEMS), ITEM, Working(1)))
    for _ in range(len(PATIENCE.cancel) + 1):
        case = cancel_is_silent(case, ITEM)

    notice = case.notices[-1]
    assert (cancelling(case), kinds(case)[-1]) == ([], "cancel-delayed")
    assert (notice.wording, notice.item, notice.to_operators) == ("notice.cancel-failed-operators", ITEM, True)
    assert cancel_is_silent(case, ITEM) == case


def test_a_case_is_not_withdrawn_once_its_pension_is_approved() -> None:
    case = department_says(department_says(a_submitted_case(items=ITEMS), ITEM, granted()), "pension", granted())

    for retired in (case, certified(case)):
        assert CaseAction.WITHDRAW not in {row.action for row in allowed(retired, acting())}
        with pytest.raises(StepNotAllowed):
            withdrawn(retired)


def test_what_a_register_was_still_asked_is_asked_no_more() -> None:
    case = withdrawn(answered_by(an_opened_case(items=ITEMS), "portrait", None))

    assert {state.source: (state.status, state.next_try) for state in case.prefill} == {
        "resident-id": (PrefillStatus.NO_ANSWER, None),
        "household-register": (PrefillStatus.NO_ANSWER, None),
        "portrait": (PrefillStatus.NOTHING_FOUND, None),
        "social-security-card": (PrefillStatus.NO_ANSWER, None),
        "contribution-record": (PrefillStatus.NO_ANSWER, None),
    }


def test_the_reason_is_private_and_not_too_long() -> None:
    case = withdrawn(a_prefilled_case(), reason="身体" * 250)

    assert "身体" not in str([step.data for step in case.history])
    assert "身体" in case.private.secrets[case.last_step.number].data.decode()
    with pytest.raises(InvalidForm) as refused:
        withdrawn(a_prefilled_case(), reason="身体" * 250 + "。")
    assert slips(refused) == [(("input", "reason"), "too-long")]


@pytest.mark.row("F38")
def test_withdrawing_twice_with_one_request_is_withdrawing_once() -> None:
    case = withdrawn(a_submitted_case(items=ITEMS))

    assert withdrawn(case) == case
    with pytest.raises(StepNotAllowed):
        withdrawn(case, mark="another")


@pytest.mark.row("B08")
def test_a_withdrawn_case_is_what_its_steps_make() -> None:
    case = department_says(a_submitted_case(), ITEM, Working(1))
    case = withdrawn(case)
    for stage in (
        case,
        cancel_answered(case, ITEM, CancelAnswer.CANCELLED),
        cancel_answered(case, ITEM, CancelAnswer.TOO_LATE),
        cancel_is_silent(case, ITEM),
    ):
        assert rebuilt(stage) == stage
