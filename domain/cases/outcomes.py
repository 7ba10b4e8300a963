"""What departments, registers, the certificate office and messengers answered, folded into the case as it now is.

Each function takes the answer and the newest case, so that an answer may come late, twice or out of order: what is no news changes nothing.
"""

from datetime import datetime

from domain.acting import Actor, system
from domain.cases import happened as h
from domain.cases.attributes import answers_of, precedence
from domain.cases.case import Case
from domain.cases.consequences import with_consequences
from domain.cases.parts import CaseStatus, ItemState, ItemStatus, ItemWords, Notice, PrefillStatus
from domain.cases.patience import Patience
from domain.cases.recording import Moment, record
from domain.catalogue.types import Catalogue, ItemMode
from domain.keeping.retention import Outcome, kept_until
from domain.ports import CancelAnswer, Decided, HandoffAnswer, ItemOutcome, Licence, Rejected, Working

OUTCOMES = {  # what is asked decides what can be answered: nothing is approved by having been found
    ItemMode.DECISION: frozenset({ItemOutcome.GRANTED, ItemOutcome.REFUSED}),
    ItemMode.LOOKUP: frozenset({ItemOutcome.FOUND, ItemOutcome.NOT_FOUND, ItemOutcome.REFUSED}),
    ItemMode.GUIDANCE: frozenset[ItemOutcome](),
}
FINAL = frozenset({ItemStatus.DONE, ItemStatus.REFUSED, ItemStatus.NOT_STARTED})


def _department(item: str, catalogue: Catalogue) -> Actor:
    return system(catalogue.items[item].department)


# ---------------------------------------------------------------- departments


def department_answered(
    case: Case, *, item: str, round: int, answer: HandoffAnswer, catalogue: Catalogue, patience: Patience, moment: Moment
) -> Case:
    """What is decided stays so, and an item that has not been handed over has no department that could speak of it.

    Whoever decides what they were not asked has a system that does not keep to what was agreed, which is told like any other failure.
    """
    state = case.item(item)
    if state.round != round or state.status in FINAL or state.ready_at is None or case.erased_at:
        return case
    by = _department(item, catalogue)
    fits = not isinstance(answer, Decided) or answer.outcome in OUTCOMES[catalogue.items[item].mode]
    match answer:
        case Decided() if not fits and (case.over or state.status is ItemStatus.FAILED):
            return department_silent(case, item=item, round=round, patience=patience, moment=moment)
        case Decided() if not fits:
            return record(case, _failed(case, state, None, moment.at), by=by, moment=moment)
        case Decided():
            decided = record(case, decision_of(case, state, answer, catalogue, moment.at), by=by, moment=moment)
            return with_consequences(decided, catalogue, moment=moment)
        case Working() if answer.sequence > state.sequence or state.hand_off_at:
            return record(case, _working(state, answer, ask_again_at=moment.at + patience.ask_again), by=by, moment=moment)
        case Working() if state.ask_again_at and state.ask_again_at <= moment.at:
            later = moment.at + patience.ask_again
            return record(case, h.AskedAgain(item=item, attempt=state.attempts + 1, ask_again_at=later), moment=moment)
        case Rejected() if case.over:
            return record(case, h.HandoffCancelled(item=item), by=by, moment=moment)
        case Rejected() if state.status is not ItemStatus.FAILED:
            return record(case, _failed(case, state, ItemWords("", answer.reasons), moment.at), by=by, moment=moment)
        case _:
            return case


def decision_of(case: Case, state: ItemState, answer: Decided, catalogue: Catalogue, heard_at: datetime) -> h.ItemDecided:
    approved = answer.outcome is ItemOutcome.GRANTED
    return h.ItemDecided(
        item=state.code,
        sequence=max(answer.sequence, state.sequence),
        outcome=answer.outcome,
        decided_at=min(answer.at, heard_at),  # a department's clock may be ahead of ours
        certificate_due=approved and catalogue.items[state.code].certificate and not case.over and case.certificate is None,
        words=ItemWords(answer.text, answer.reasons) if answer.text or answer.reasons else None,
    )


def _working(state: ItemState, answer: Working, *, ask_again_at: datetime) -> h.HandedOff | h.DepartmentWorking:
    sequence = max(answer.sequence, state.sequence)
    if state.sequence == 0:
        return h.HandedOff(item=state.code, sequence=sequence, ask_again_at=ask_again_at)
    return h.DepartmentWorking(item=state.code, sequence=sequence, ask_again_at=ask_again_at)


def _failed(case: Case, state: ItemState, words: ItemWords | None, at: datetime) -> h.HandoffFailed:
    """It may come right and fail again, which is news: so the notices' keys, by which each is sent once, name the step before."""
    key = f"failed-{state.code}-{case.last_step.number}"
    notices = (
        Notice(key, "notice.handoff-failed", at, item=state.code),
        Notice(f"{key}-operators", "notice.handoff-failed-operators", at, item=state.code, to_operators=True),
    )
    return h.HandoffFailed(item=state.code, attempt=state.attempts + 1, notices=notices, words=words)


def department_silent(case: Case, *, item: str, round: int, patience: Patience, moment: Moment) -> Case:
    """No useful answer to a hand-off, or to asking again."""
    state = case.item(item)
    attempt = state.attempts + 1
    if state.round != round:
        return case
    if state.ask_again_at:
        later = moment.at + patience.ask_again
        return record(case, h.AskedAgain(item=item, attempt=attempt, ask_again_at=later), moment=moment)
    if state.hand_off_at is None:
        return case
    retry_at = patience.after(patience.hand_off, attempt, now=moment.at)
    if retry_at is None:
        return record(case, _failed(case, state, None, moment.at), moment=moment)
    return record(case, h.HandoffDelayed(item=item, attempt=attempt, retry_at=retry_at), moment=moment)


def cancel_answered(case: Case, *, item: str, answer: CancelAnswer, catalogue: Catalogue, moment: Moment) -> Case:
    if case.item(item).cancel_at is None:
        return case
    happening = h.HandoffCancelled(item=item) if answer is CancelAnswer.CANCELLED else h.CancelTooLate(item=item)
    return record(case, happening, by=_department(item, catalogue), moment=moment)


def cancel_silent(case: Case, *, item: str, patience: Patience, moment: Moment) -> Case:
    state = case.item(item)
    if state.cancel_at is None:
        return case
    attempt = state.attempts + 1
    retry_at = patience.after(patience.cancel, attempt, now=moment.at)
    told = Notice(f"not-cancelled-{item}", "notice.cancel-failed-operators", moment.at, item=item, to_operators=True)
    delayed = h.CancelDelayed(item=item, attempt=attempt, retry_at=retry_at, notices=() if retry_at else (told,))
    return record(case, delayed, moment=moment)


# ---------------------------------------------------------------- licences and registers


def register_answered(case: Case, *, source: str, answer: Licence | None, catalogue: Catalogue, patience: Patience, moment: Moment) -> Case:
    """Fills what is blank, offers what is late or differs, overwrites nothing."""
    state = next((state for state in case.prefill if state.source == source), None)
    if state is None or state.status is not PrefillStatus.ASKING or case.status is not CaseStatus.DRAFT:
        return case
    waited = moment.at - (state.asked_at or moment.at)
    late = waited > patience.prefill or case.revision > state.asked_revision
    kind = catalogue.licences[source].kind
    by = system(source)
    if answer is None:
        return record(case, h.RegisterAnswered(source=source, source_kind=kind), by=by, moment=moment)
    answered = h.RegisterAnswered(
        source=source,
        source_kind=kind,
        found=True,
        issuer=answer.issuer,
        issued_at=answer.issued_at,
        valid_until=answer.valid_until,
        late=late,
        precedence=precedence(catalogue),
        attributes=answers_of(case, source, answer.attributes, catalogue),
        identifier=answer.identifier,
    )
    return record(case, answered, by=by, moment=moment)


def register_silent(case: Case, *, source: str, patience: Patience, moment: Moment) -> Case:
    state = next((state for state in case.prefill if state.source == source), None)
    if state is None or state.next_try is None:
        return case
    attempt = state.attempts + 1
    next_try = patience.after(patience.register, attempt, now=moment.at)
    return record(case, h.RegisterSilent(source=source, attempt=attempt, next_try=next_try), moment=moment)


# ---------------------------------------------------------------- the product's own work


def certificate_issued(case: Case, *, answer: str, catalogue: Catalogue, moment: Moment) -> Case:
    if case.certificate:
        return case
    issued = record(case, h.CertificateIssued(certificate=answer), moment=moment)
    return with_consequences(issued, catalogue, moment=moment)


def certificate_delayed(case: Case, *, patience: Patience, moment: Moment) -> Case:
    if case.certificate_due_at is None:
        return case
    attempt = 1 + sum(step.kind == h.CertificateDelayed.kind for step in case.history)
    return record(case, h.CertificateDelayed(retry_at=patience.always_after(patience.certificate, attempt, now=moment.at)), moment=moment)


def draft_expired(case: Case, *, catalogue: Catalogue, moment: Moment) -> Case:
    """What was filled in for nothing goes soon after (F29)."""
    if case.draft_expires_at is None or case.draft_expires_at > moment.at:
        return case
    kept = kept_until(Outcome.NEVER_SUBMITTED, catalogue, since=moment.at)
    return record(case, h.DraftExpired(erase_at=kept), moment=moment)


def notice_sent(case: Case, *, key: str, answer: None, channel: str, moment: Moment) -> Case:
    return record(case, h.NoticeSent(notice=key, channel=channel), moment=moment) if _waiting(case, key) else case


def notice_delayed(case: Case, *, key: str, patience: Patience, moment: Moment) -> Case:
    notice = _waiting(case, key)
    if notice is None:
        return case
    attempt = notice.attempts + 1
    retry_at = patience.after(patience.notice, attempt, now=moment.at)
    return record(case, h.NoticeDelayed(notice=key, attempt=attempt, retry_at=retry_at), moment=moment)


def notice_undeliverable(case: Case, *, key: str, moment: Moment) -> Case:
    """There is nowhere to send it."""
    notice = _waiting(case, key)
    return record(case, h.NoticeDelayed(notice=key, attempt=notice.attempts, retry_at=None), moment=moment) if notice else case


def _waiting(case: Case, key: str) -> Notice | None:
    return next((notice for notice in case.notices if notice.key == key), None)
