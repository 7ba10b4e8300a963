"""What becomes of the items at their departments."""

from dataclasses import replace
from datetime import datetime

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.apply import apply, change_item
from domain.cases.parts import CaseStatus, ItemStatus, ItemWords
from domain.cases.reviews import Review
from domain.cases.steps import Step
from domain.ports import ItemOutcome

REFUSING = frozenset({ItemOutcome.REFUSED})


@apply.register
def _(happening: h.HandedOff, case: Case, step: Step) -> Case:
    return _handed_over(case, happening.item, ItemStatus.HANDED_OFF, happening.sequence, happening.ask_again_at)


@apply.register
def _(happening: h.DepartmentWorking, case: Case, step: Step) -> Case:
    return _handed_over(case, happening.item, ItemStatus.IN_PROGRESS, happening.sequence, happening.ask_again_at)


def _handed_over(case: Case, code: str, status: ItemStatus, sequence: int, ask_again_at: datetime) -> Case:
    """In a withdrawn case it has been asked back already; whether it is asked about goes on as it was."""
    if case.over:
        asked = ask_again_at if case.item(code).ask_again_at else None
        return change_item(case, code, status=status, sequence=sequence, ask_again_at=asked)
    case = change_item(case, code, status=status, sequence=sequence, hand_off_at=None, ask_again_at=ask_again_at, attempts=0)
    return replace(case, status=CaseStatus.IN_PROGRESS)


@apply.register
def _(happening: h.HandoffDelayed, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, attempts=happening.attempt, hand_off_at=happening.retry_at)


@apply.register
def _(happening: h.HandoffFailed, case: Case, step: Step) -> Case:
    case = change_item(case, happening.item, status=ItemStatus.FAILED, attempts=happening.attempt, hand_off_at=None, ask_again_at=None)
    return replace(_with_words(case, happening.item, happening.words), notices=(*case.notices, *happening.notices))


@apply.register
def _(happening: h.HandoffRetried, case: Case, step: Step) -> Case:
    case = change_item(case, happening.item, status=ItemStatus.WAITING, attempts=0, hand_off_at=step.at)
    return _with_words(case, happening.item, None)


@apply.register
def _(happening: h.AskedAgain, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, attempts=happening.attempt, ask_again_at=happening.ask_again_at)


@apply.register
def _(happening: h.ItemDecided, case: Case, step: Step) -> Case:
    case = change_item(
        case,
        happening.item,
        status=ItemStatus.REFUSED if happening.outcome in REFUSING else ItemStatus.DONE,
        outcome=happening.outcome,
        sequence=happening.sequence,
        decided_at=happening.decided_at,
        hand_off_at=None,
        ask_again_at=None,
        cancel_at=None,
        attempts=0,
    )
    due = step.at if happening.certificate_due else case.certificate_due_at
    status = case.status if case.over else CaseStatus.IN_PROGRESS
    return replace(_with_words(case, happening.item, happening.words), status=status, certificate_due_at=due)


@apply.register
def _(happening: h.ItemTaken, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, taken_by=step.actor, taken_at=step.at)


@apply.register
def _(happening: h.ItemPutBack, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, taken_by=None, taken_at=None)


@apply.register
def _(happening: h.ItemReviewed, case: Case, step: Step) -> Case:
    """Whoever does the next grade takes it anew."""
    reviews = (*case.item(happening.item).reviews, Review(happening.grade, step.actor, step.at))
    case = change_item(case, happening.item, reviews=reviews, taken_by=None, taken_at=None)
    if happening.proposal is None:
        return case
    proposed = (*case.private.proposals.get(happening.item, ()), happening.proposal)
    return replace(case, private=replace(case.private, proposals={**case.private.proposals, happening.item: proposed}))


@apply.register
def _(happening: h.ReviewWaived, case: Case, step: Step) -> Case:
    case = change_item(case, happening.item, waived_by=step.actor)
    return replace(case, private=replace(case.private, waivers={**case.private.waivers, happening.item: happening.reason}))


def _with_words(case: Case, item: str, words: ItemWords | None) -> Case:
    """What it wrote last is all that it says; a refusal that was made good is not the reason of the approval."""
    others = {code: said for code, said in case.private.results.items() if code != item}
    return replace(case, private=replace(case.private, results={**others, item: words} if words else others))


@apply.register
def _(happening: h.ItemReady, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, ready_at=step.at, hand_off_at=step.at)


@apply.register
def _(happening: h.ItemNotStarted, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, status=ItemStatus.NOT_STARTED, because=happening.because, hand_off_at=None)


@apply.register
def _(happening: h.HandoffCancelled, case: Case, step: Step) -> Case:
    return change_item(case, happening.item, status=ItemStatus.NOT_STARTED, cancel_at=None, ask_again_at=None)


@apply.register
def _(happening: h.CancelTooLate, case: Case, step: Step) -> Case:
    """It has been decided there: how, is asked at once, in case that has not come through."""
    return change_item(case, happening.item, cancel_at=None, ask_again_at=step.at, attempts=0)


@apply.register
def _(happening: h.CancelDelayed, case: Case, step: Step) -> Case:
    case = change_item(case, happening.item, cancel_at=happening.retry_at, attempts=happening.attempt)
    return replace(case, notices=(*case.notices, *happening.notices))
