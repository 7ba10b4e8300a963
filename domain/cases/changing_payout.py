"""A change of the account that the pension is paid to (C05): asked for by the person, in force after some days, cancelled until then.

Whoever has got hold of somebody's telephone or sign-in gains nothing at once: the account must be the person's own, the number that
stood in the form before is told, and there is time to object.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.checks import as_kept, misfit
from domain.cases.confirming import prove
from domain.cases.happened import PayoutChangeAsked, PayoutChangeCancelled, PayoutChanged, PayoutTellingDelayed, PayoutTold
from domain.cases.parts import CaseStatus, ItemState, ItemStatus, Notice, RequestMark
from domain.cases.patience import Patience
from domain.cases.payout import ACCOUNT, BANK, PayoutTelling
from domain.cases.recording import Moment, record, settle
from domain.cases.requests import already_done
from domain.cases.workflow import CaseAction, demand, must_own
from domain.catalogue.types import Catalogue, FieldRule
from domain.clock import day_in_china
from domain.errors import InvalidForm, Issue, StepNotAllowed
from domain.ports import HandoffAnswer, Rejected
from domain.wording import day
from domain.words import Text

NEVER_PAID = frozenset({CaseStatus.WITHDRAWN, CaseStatus.NOT_ACCEPTED})
NOT_PAYING = frozenset({ItemStatus.REFUSED, ItemStatus.NOT_STARTED})


@dataclass(frozen=True, slots=True)
class NewAccount:
    bank: str
    account: str


def kept_account(new: NewAccount, case: Case, catalogue: Catalogue, *, at: datetime) -> NewAccount:
    """As it is compared and sent on. Raises InvalidForm."""
    slips = list(_slips(new, case, catalogue, at))
    if slips:
        raise InvalidForm(slips)
    return NewAccount(_kept(BANK, new.bank, catalogue), _kept(ACCOUNT, new.account, catalogue))


def _slips(new: NewAccount, case: Case, catalogue: Catalogue, at: datetime) -> Iterator[Issue]:
    for key, path, value in ((BANK, "bank", new.bank), (ACCOUNT, "account", new.account)):
        kept = _kept(key, value, catalogue)
        wrong = _wrong(key, kept, case, catalogue, at) if kept else Text("issue.required")
        if wrong:
            yield Issue(("input", path), wrong)
    if _kept(ACCOUNT, new.account, catalogue) == case.answer(ACCOUNT):
        yield Issue(("input", "account"), Text("issue.same-account"))


def _rule(key: str, catalogue: Catalogue) -> FieldRule | None:
    return next((rule for section in catalogue.sections for rule in section.fields if rule.key == key), None)


def _kept(key: str, typed: str, catalogue: Catalogue) -> str:
    rule = _rule(key, catalogue)
    return (as_kept(typed, rule) if rule else None) or ""


def _wrong(key: str, value: str, case: Case, catalogue: Catalogue, at: datetime) -> Text | None:
    rule = _rule(key, catalogue)
    return misfit(rule, value, document_kind=case.beneficiary.document_kind, today=day_in_china(at)) if rule else None


def ask_change(case: Case, *, new: NewAccount, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """`new`: as kept, and known to be the person's own."""
    if already_done(case, mark):
        return case
    may_ask(case, catalogue=catalogue, by=by, moment=moment)
    case = settle(case, moment=moment)
    cooling = timedelta(days=catalogue.figure("payout-cooling-days", day_in_china(moment.at)))
    told = Notice(f"payout-asked-{case.last_step.number + 1}", "notice.payout-change-asked", moment.at)
    asked = PayoutChangeAsked(
        requests=(mark,),
        effective_at=moment.at + cooling,
        notices=(told,),
        bank=new.bank,
        account=new.account,
        mobile=case.answer("mobile"),
    )
    return record(case, asked, by=by.actor(), moment=moment)


def may_ask(case: Case, *, catalogue: Catalogue, by: Acting, moment: Moment) -> None:
    """Raises NotPermitted, StepNotAllowed, AssuranceTooLow."""
    must_own(by, "refusal.payout-only-the-person")
    waiting = case.private.payout
    if waiting:
        key = "refusal.payout-being-told" if waiting.in_force else "refusal.payout-change-waits"
        raise StepNotAllowed(Text(key, {"day": day(day_in_china(waiting.effective_at))}), current=case)
    prove(demand(case, CaseAction.CHANGE_PAYOUT, by), catalogue, by=by, moment=moment)


def cancel_change(case: Case, *, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """No fresh proof is asked: to leave everything as it was harms nobody."""
    if already_done(case, mark):
        return case
    must_own(by, "refusal.payout-only-the-person")
    demand(case, CaseAction.CANCEL_PAYOUT_CHANGE, by)
    told = Notice(f"payout-cancelled-{case.last_step.number + 1}", "notice.payout-change-cancelled", moment.at)
    return record(case, PayoutChangeCancelled(requests=(mark,), notices=(told,)), by=by.actor(), moment=moment)


# ---------------------------------------------------------------- the product's own work


def take_effect(case: Case, *, catalogue: Catalogue, moment: Moment) -> Case:
    change = case.private.payout
    if change is None or change.in_force or change.effective_at > moment.at:
        return case
    if case.status in NEVER_PAID:
        return record(case, PayoutChangeCancelled(), moment=moment)
    told = Notice(f"payout-changed-{change.step}", "notice.payout-changed", moment.at)
    tell = tuple(item.code for item in case.items if _has_former(item, catalogue))
    return record(case, PayoutChanged(revision=case.revision + 1, tell=tell, notices=(told,)), moment=moment)


def _has_former(item: ItemState, catalogue: Catalogue) -> bool:
    """Its department pays, and has or may have been given the account that stood there before."""
    return ACCOUNT in catalogue.items[item.code].fields and item.ready_at is not None and item.status not in NOT_PAYING


def department_told(case: Case, *, item: str, answer: HandoffAnswer, moment: Moment) -> Case:
    telling = _telling(case, item)
    if telling is None:
        return case
    if isinstance(answer, Rejected):
        return record(case, _given_up(case, telling, moment), moment=moment)
    return record(case, PayoutTold(item=item), moment=moment)


def department_not_told(case: Case, *, item: str, patience: Patience, moment: Moment) -> Case:
    telling = _telling(case, item)
    if telling is None:
        return case
    retry_at = patience.after(patience.hand_off, telling.attempts + 1, now=moment.at)
    delayed = PayoutTellingDelayed(item=item, attempt=telling.attempts + 1, retry_at=retry_at)
    return record(case, delayed if retry_at else _given_up(case, telling, moment), moment=moment)


def _telling(case: Case, item: str) -> PayoutTelling | None:
    change = case.private.payout
    return next((one for one in change.tellings if one.item == item), None) if change else None


def _given_up(case: Case, telling: PayoutTelling, moment: Moment) -> PayoutTellingDelayed:
    key = f"payout-not-told-{telling.item}-{case.last_step.number}"
    told = Notice(key, "notice.payout-not-told-operators", moment.at, item=telling.item, to_operators=True)
    return PayoutTellingDelayed(item=telling.item, attempt=telling.attempts + 1, retry_at=None, notices=(told,))
