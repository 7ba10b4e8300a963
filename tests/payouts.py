"""A change of the account that the pension is paid to, as far as a test needs it."""

from dataclasses import replace
from datetime import timedelta

from domain.cases.case import Case
from domain.cases.changing_payout import NewAccount, ask_change, cancel_change, department_not_told, department_told, take_effect
from domain.cases.naming import check_digit
from domain.cases.patience import PATIENCE
from domain.ports import HandoffAnswer, ItemOutcome, Rejected, Working
from tests.cases import a_mark, a_submitted_case, acting, at, guangxi
from tests.progress import decided, department_says

NEW = "622202000000000999" + check_digit("622202000000000999")
THEIRS = "622202000000000888" + check_digit("622202000000000888")
BANK = "中国农业银行"
DAYS = 3
IN_FORCE = timedelta(days=DAYS, minutes=10).total_seconds()
"""Seconds after which a change that was asked for at once is in force."""


def handed_over() -> Case:
    """What the pension waits for is approved, and its department has it."""
    case = a_submitted_case()
    for item in guangxi().items["pension"].waits_for:
        case = department_says(case, item, decided(ItemOutcome.GRANTED)) if case.find_item(item) else case
    return department_says(case, "pension", Working(1))


def payout_is_to_change(case: Case, *, mark: str = "change", seconds: float = 60) -> Case:
    by = replace(acting(), proved_at=at(seconds).at)
    return ask_change(case, new=NewAccount(BANK, NEW), catalogue=guangxi(), by=by, mark=a_mark(mark), moment=at(seconds))


def payout_is_left(case: Case, *, mark: str = "leave", seconds: float = 70) -> Case:
    return cancel_change(case, catalogue=guangxi(), by=acting(), mark=a_mark(mark), moment=at(seconds))


def payout_changes(case: Case, seconds: float = IN_FORCE) -> Case:
    return take_effect(case, catalogue=guangxi(), moment=at(seconds))


def payout_is_told(case: Case, item: str, answer: HandoffAnswer | None, seconds: float = IN_FORCE) -> Case:
    if answer is None:
        return department_not_told(case, item=item, patience=PATIENCE, moment=at(seconds))
    return department_told(case, item=item, answer=answer, moment=at(seconds))


def every_payout_change() -> list[Case]:
    asked = payout_is_to_change(handed_over())
    changed = payout_changes(asked)
    late = payout_is_told(changed, "pension", None)
    rejected = payout_is_told(late, "pension", Rejected(("不收",)))
    return [payout_is_left(asked), payout_is_told(changed, "pension", Working(1)), rejected]
