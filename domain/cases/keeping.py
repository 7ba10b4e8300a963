"""The end of a case's data: erased when it is due or the person asks, locked where the law keeps it. Each is a step."""

from datetime import datetime, timedelta

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.happened import Erased, ErasureAsked, Locked, Withdrawn
from domain.cases.parts import CaseStatus, RequestMark
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.errors import StepNotAllowed
from domain.words import Text

LOCKED = frozenset({CaseStatus.DONE, CaseStatus.NOT_ACCEPTED})
"""What the law keeps once it has been decided."""
FOR_DEPARTMENTS = timedelta(days=1)
"""A department that is being asked to drop something hears of it first."""


def erased(case: Case, *, moment: Moment) -> Case:
    """Once: what is erased is not due any more."""
    due = case.erase_at is not None and case.erase_at <= moment.at
    return record(case, Erased(), moment=moment) if due else case


def delete_or_lock(case: Case, *, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """As the law allows for what became of it. Raises StepNotAllowed for one in progress."""
    if already_done(case, mark) or case.erased_at or case.locked_at:
        return case
    refuse_in_progress(case)
    if case.status is CaseStatus.DRAFT:
        return record(case, Withdrawn(requests=(mark,), cancel=(), erase_at=moment.at), by=by.actor(), moment=moment)
    if case.status in LOCKED:
        return record(case, Locked(requests=(mark,)), by=by.actor(), moment=moment)
    return record(case, ErasureAsked(requests=(mark,), erase_at=_soonest(case, moment)), by=by.actor(), moment=moment)


def refuse_in_progress(case: Case) -> None:
    if not case.over and case.status is not CaseStatus.DRAFT:
        raise StepNotAllowed(Text("refusal.case-in-progress", {"number": case.number}), current=case)


def _soonest(case: Case, moment: Moment) -> datetime:
    return moment.at + (FOR_DEPARTMENTS if any(item.cancel_at for item in case.items) else timedelta())
