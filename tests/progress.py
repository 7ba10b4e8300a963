"""What becomes of a submitted case: departments answer or are silent, it is withdrawn, certified, finished."""

from datetime import timedelta
from functools import partial

from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.errands import ErrandKind, errands
from domain.cases.patience import PATIENCE
from domain.cases.submitting import withdraw
from domain.ports import CancelAnswer, Decided, HandoffAnswer, ItemOutcome
from tests.cases import MONDAY, a_mark, a_submitted_case, acting, at, guangxi


def department_says(case: Case, item: str, answer: HandoffAnswer, seconds: float = 30, *, round: int = 1) -> Case:
    return outcomes.department_answered(
        case, item=item, round=round, answer=answer, catalogue=guangxi(), patience=PATIENCE, moment=at(seconds)
    )


def department_is_silent(case: Case, item: str, seconds: float = 30, *, round: int = 1) -> Case:
    return outcomes.department_silent(case, item=item, round=round, patience=PATIENCE, moment=at(seconds))


def withdrawn(case: Case, *, mark: str = "withdraw", seconds: float = 60, reason: str = "想晚点再退休") -> Case:
    return withdraw(case, reason=reason, catalogue=guangxi(), by=acting(), mark=a_mark(mark), moment=at(seconds))


def cancel_answered(case: Case, item: str, answer: CancelAnswer, seconds: float = 61) -> Case:
    return outcomes.cancel_answered(case, item=item, answer=answer, catalogue=guangxi(), moment=at(seconds))


def cancel_is_silent(case: Case, item: str, seconds: float = 61) -> Case:
    return outcomes.cancel_silent(case, item=item, patience=PATIENCE, moment=at(seconds))


def decided(outcome: ItemOutcome = ItemOutcome.GRANTED, *, sequence: int = 2, text: str = "", reasons: tuple[str, ...] = ()) -> Decided:
    return Decided(sequence, outcome, MONDAY + timedelta(seconds=30), text, reasons)


granted = partial(decided, ItemOutcome.GRANTED)
refused = partial(decided, ItemOutcome.REFUSED)


def certified(case: Case, seconds: float = 40) -> Case:
    return outcomes.certificate_issued(case, answer="certificate-1", catalogue=guangxi(), moment=at(seconds))


def a_finished_case() -> Case:
    case = a_submitted_case()
    for item in ("household-check", "normal-retirement", "deemed-years", "pension", "medical-deemed-years"):
        case = department_says(case, item, decided(ItemOutcome.FOUND if item == "household-check" else ItemOutcome.GRANTED))
    case = certified(case)
    for item in ("medical-transfer", "housing-fund-withdrawal", "family-planning-reward"):
        case = department_says(case, item, granted(), 50)
    return case


def notified(case: Case, seconds: float = 70) -> Case:
    """Every notice that was due has been sent."""
    for notice in case.notices:
        case = outcomes.notice_sent(case, key=notice.key, answer=None, channel="SMS", moment=at(seconds))
    return case


def timers(case: Case, item: str = "normal-retirement") -> list[tuple[ErrandKind, float]]:
    """What is to be done about the item, and how many seconds after the case was opened."""
    return [(errand.kind, (errand.at - at().at).total_seconds()) for errand in errands(case) if errand.about == item]
