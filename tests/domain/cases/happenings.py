"""What people, registers and departments may do to a case: what it waits for and permits, and anything else at any moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from domain.acting import Acting
from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.errands import Errand, ErrandKind, errands
from domain.cases.filling import AnswerGiven
from domain.cases.form import Form
from domain.cases.keeping import delete_or_lock, erased
from domain.cases.parts import ConsentStatus, MaterialStatus
from domain.cases.patience import PATIENCE
from domain.cases.reading import materials_of
from domain.cases.recording import settle
from domain.cases.workflow import CaseAction, allowed
from domain.catalogue.types import ItemMode
from domain.ports import CancelAnswer, HandoffAnswer, ItemOutcome, Licence, Rejected, Working
from tests.cases import (
    MONDAY,
    a_file,
    a_licence,
    a_mark,
    acting,
    answered_by,
    at,
    attached,
    completed,
    consented,
    filled,
    guangxi,
    register_is_silent,
    submitted,
)
from tests.payouts import payout_changes, payout_is_left, payout_is_to_change, payout_is_told
from tests.progress import cancel_answered, cancel_is_silent, certified, decided, department_is_silent, department_says, withdrawn
from tests.staff import does

ITEMS = ("normal-retirement", "deemed-years", "pension", "medical-transfer", "household-check")


@dataclass(frozen=True)
class Now:
    """`mark`: a name for the request, now and then one that was used before."""

    seconds: float
    mark: str


Doing = Callable[[Case, Now], Case]
T = TypeVar("T")


@dataclass
class Picks:
    """One choice after another as the numbers say, the first option once there are no more."""

    numbers: list[int]

    def __call__(self, options: Sequence[T]) -> T:
        return options[self.numbers.pop() % len(options) if self.numbers else 0]


# ---------------------------------------------------------------- one thing that happens


def register_says(source: str, answer: Licence | None) -> Doing:
    return lambda case, now: answered_by(case, source, answer, now.seconds)


def register_says_nothing(source: str) -> Doing:
    return lambda case, now: register_is_silent(case, source, now.seconds)


def department_answers(item: str, answer: HandoffAnswer | None) -> Doing:
    if answer is None:
        return lambda case, now: department_is_silent(case, item, now.seconds)
    return lambda case, now: department_says(case, item, answer, now.seconds)


def asked_to_drop_it_answers(item: str, answer: CancelAnswer | None) -> Doing:
    if answer is None:
        return lambda case, now: cancel_is_silent(case, item, now.seconds)
    return lambda case, now: cancel_answered(case, item, answer, now.seconds)


def notice_goes(key: str) -> Doing:
    return lambda case, now: outcomes.notice_sent(case, key=key, answer=None, channel="SMS", moment=at(now.seconds))


def notice_does_not_go(key: str) -> Doing:
    return lambda case, now: outcomes.notice_delayed(case, key=key, patience=PATIENCE, moment=at(now.seconds))


def consent_is(purpose: str, *, given: bool) -> Doing:
    return lambda case, now: consented(case, Consenting(purpose, "1", given), mark=now.mark, seconds=now.seconds)


def answer_is(*given: AnswerGiven) -> Doing:
    return lambda case, now: filled(case, *given, mark=now.mark, seconds=now.seconds)


def file_is_attached(material: str) -> Doing:
    return lambda case, now: attached(case, material, a_file(f"{now.mark}-{case.revision}"), mark=now.mark, seconds=now.seconds)


def certificate_is_issued(case: Case, now: Now) -> Case:
    return certified(case, now.seconds) if case.certificate_due_at else case


def certificate_is_late(case: Case, now: Now) -> Case:
    return outcomes.certificate_delayed(case, patience=PATIENCE, moment=at(now.seconds))


def draft_expires(case: Case, now: Now) -> Case:
    return outcomes.draft_expired(case, catalogue=guangxi(), moment=at(now.seconds))


def its_time_is_over(case: Case, now: Now) -> Case:
    return erased(case, moment=at(now.seconds))


def its_deletion_is_asked_before(case: Case, now: Now) -> Case:
    return its_time_is_over(its_deletion_is_asked(case, now), replace(now, seconds=now.seconds + 2 * 86_400))


def its_deletion_is_asked(case: Case, now: Now) -> Case:
    return delete_or_lock(case, by=acting(), mark=a_mark(now.mark), moment=at(now.seconds))


def autosaves_settle(case: Case, now: Now) -> Case:
    return settle(case, moment=at(now.seconds))


def proved(now: Now) -> Acting:
    """The person, as surely known as needed."""
    return replace(acting(), proved_at=at(now.seconds).at)


def is_handed_in(case: Case, now: Now) -> Case:
    return submitted(case, mark=now.mark, seconds=now.seconds, by=proved(now))


def is_taken_back(case: Case, now: Now) -> Case:
    return withdrawn(case, mark=now.mark, seconds=now.seconds)


def told_of_payout(item: str, answer: HandoffAnswer | None) -> Doing:
    return lambda case, now: payout_is_told(case, item, answer, now.seconds)


def offer_is_taken(case: Case, now: Now) -> Case:
    offers = case.private.offers[-1:]
    return answer_is(*(AnswerGiven(offer.place, offer_id=offer.id) for offer in offers))(case, now)


# ---------------------------------------------------------------- what the case waits for, and what its applicant may do


def answers_to(errand: Errand, case: Case) -> Sequence[Doing]:
    match errand.kind:
        case ErrandKind.ASK_REGISTER:
            answers = [register_says(errand.about, answer) for answer in (a_licence(errand.about), a_licence(errand.about), None)]
            return [*answers, register_says_nothing(errand.about)]
        case ErrandKind.HAND_OFF | ErrandKind.ASK_AGAIN:
            return [department_answers(errand.about, answer) for answer in possible_answers(case, errand.about)]
        case ErrandKind.CANCEL:
            return [asked_to_drop_it_answers(errand.about, answer) for answer in (*CancelAnswer, None)]
        case ErrandKind.NOTIFY:
            return [notice_goes(errand.about), notice_does_not_go(errand.about)]
        case ErrandKind.CERTIFICATE:
            return [certificate_is_issued, certificate_is_late]
        case ErrandKind.SETTLE:
            return [autosaves_settle]
        case ErrandKind.EXPIRE_DRAFT:
            return [draft_expires]
        case ErrandKind.CHANGE_PAYOUT:
            return [lambda case, now: payout_changes(case, now.seconds)]
        case ErrandKind.TELL_PAYOUT:
            return [told_of_payout(errand.about, answer) for answer in (Working(1), Rejected(("不收",)), None)]
        case ErrandKind.ERASE:
            return [its_time_is_over, its_deletion_is_asked_before]


def possible_answers(case: Case, item: str) -> Sequence[HandoffAnswer | None]:
    """A department approves more often than not, or no story would get far."""
    next = case.item(item).sequence + 1
    good = ItemOutcome.FOUND if guangxi().items[item].mode is ItemMode.LOOKUP else ItemOutcome.GRANTED
    outcomes_said = [*[good] * 4, ItemOutcome.REFUSED]
    return [*(decided(one, sequence=next) for one in outcomes_said), *[Working(next)] * 3, Rejected(("不收",)), None, None]


def ways_to(action: CaseAction, case: Case) -> Sequence[Doing]:
    match action:
        case CaseAction.CONSENT:
            return [consent_is(one.purpose, given=one.status is not ConsentStatus.GIVEN) for one in case.consents]
        case CaseAction.FILL:
            said = f"{case.revision}@b.cn"
            return [answer_is(AnswerGiven("email", value=said)), answer_is(AnswerGiven("bank", value=said)), offer_is_taken]
        case CaseAction.ATTACH:
            needed = [one.code for one in materials_of(case, guangxi()) if one.status(MONDAY.date()) is MaterialStatus.NEEDED]
            return [file_is_attached(code) for code in needed or ["identity-card"]]
        case CaseAction.SUBMIT:
            return [is_handed_in if Form(case, guangxi()).complete else lambda case, now: completed(case)]
        case CaseAction.WITHDRAW:
            return [is_taken_back]
        case CaseAction.CONFIRM:
            return [lambda case, now: does("confirm", case, proved(now), now.seconds, now.mark)]
        case CaseAction.CHANGE_PAYOUT:
            return [lambda case, now: payout_is_to_change(case, mark=now.mark, seconds=now.seconds)]
        case CaseAction.CANCEL_PAYOUT_CHANGE:
            return [lambda case, now: payout_is_left(case, mark=now.mark, seconds=now.seconds)]


def ahead(case: Case) -> Sequence[Errand | CaseAction]:
    """Each of what may come next, four times; and once what ends a draft or a case before its time."""
    every = [*errands(case), *(row.action for row in allowed(case, acting()))]
    ending = [
        one
        for one in every
        if one is CaseAction.WITHDRAW or (isinstance(one, Errand) and one.kind in {ErrandKind.EXPIRE_DRAFT, ErrandKind.ERASE})
    ]
    return [*(one for one in every if one not in ending for _ in range(4)), *ending]


def possible(case: Case, pick: Picks) -> Doing:
    """An errand when it is due, or an action that is allowed."""
    chosen = pick(ahead(case))
    if isinstance(chosen, CaseAction):
        return pick(ways_to(chosen, case))
    answered = pick(answers_to(chosen, case))

    def run(case: Case, now: Now) -> Case:
        after = answered(case, replace(now, seconds=max(now.seconds, (chosen.at - MONDAY).total_seconds())))
        assert chosen not in errands(after), "what was done is still to be done"
        return after

    return run
