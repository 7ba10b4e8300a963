"""The applicant hands in: files to materials, the whole form at once, and the way back."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.acting import Acting
from domain.cases.admitting import refuse_alone
from domain.cases.case import Case
from domain.cases.confirming import prove
from domain.cases.consequences import is_ready, to_be_confirmed, with_consequences
from domain.cases.form import Form
from domain.cases.happened import Attached, Submitted, Withdrawn
from domain.cases.parts import FileRef, ItemStatus, MaterialStatus, Notice, RequestMark
from domain.cases.reading import MaterialInCase, items_of, known_of, materials_of
from domain.cases.recording import Moment, record, settle
from domain.cases.requests import already_done
from domain.cases.workflow import CaseAction, demand
from domain.catalogue.types import Catalogue, PromiseMark
from domain.clock import day_in_china
from domain.errors import Conflict, InvalidForm, Issue, NotFound
from domain.keeping.retention import Outcome, kept_until
from domain.words import Text

LONGEST_REASON = 500
AT_THE_DEPARTMENT = frozenset({ItemStatus.HANDED_OFF, ItemStatus.IN_PROGRESS, ItemStatus.SUSPENDED, ItemStatus.FAILED})
"""FAILED: it did not answer, which does not say that it did not hear."""


def attach(
    case: Case,
    *,
    material: str,
    files: Sequence[FileRef],
    catalogue: Catalogue,
    by: Acting,
    mark: RequestMark,
    moment: Moment,
    marks: Collection[PromiseMark] = (),
) -> Case:
    """These files and no others, in this order. `marks`: seen on them. Raises what `attachable` raises."""
    if already_done(case, mark):
        return case
    found = attachable(case, material, len(files), catalogue, by=by)
    seen = tuple(mark for mark in found.rule.needs if files and mark in marks)
    if (tuple(file.id for file in files), seen) == (tuple(file.id for file in found.files), found.marks):
        return case
    case = settle(case, moment=moment)
    attached = Attached(requests=(mark,), material=material, files=tuple(files), revision=case.revision + 1, marks=seen)
    return record(case, attached, by=by.actor(), moment=moment)


def attachable(case: Case, code: str, how_many: int, catalogue: Catalogue, *, by: Acting) -> MaterialInCase:
    """The material, if so many files may be its own now. Raises StepNotAllowed, InvalidForm, and NotFound if the case does not have it."""
    demand(case, CaseAction.ATTACH, by)
    found = next((material for material in materials_of(case, catalogue) if material.code == code), None)
    if found is None:
        raise NotFound("refusal.not-found")
    if how_many > found.max_files:
        raise InvalidForm([Issue(("input", "fileIds"), Text("issue.too-many-files", {"most": found.max_files}), about=found.id)])
    return found


def submit(
    case: Case, *, revision: int, declarations: Sequence[str], catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment
) -> Case:
    """All that is demanded is demanded here, together. `declarations`: ids of those agreed to."""
    if already_done(case, mark):
        return case
    row = demand(case, CaseAction.SUBMIT, by)
    today = day_in_china(moment.at)
    prove(row, catalogue, by=by, moment=moment)
    if revision != case.revision:
        raise Conflict("refusal.form-changed", current=case)
    _refuse_alone(case, catalogue)
    _refuse_incomplete(case, declarations, catalogue, today)
    agreed = tuple((declaration.code, declaration.version) for declaration in catalogue.declarations)
    ready = tuple(item.code for item in items_of(case, catalogue) if is_ready(item))
    submitted = Submitted(
        requests=(mark,),
        revision=revision,
        declarations=agreed,
        ready=ready,
        notices=(Notice("submitted", "notice.to-confirm" if to_be_confirmed(case) else "notice.submitted", moment.at),),
    )
    return with_consequences(record(case, submitted, by=by.actor(), moment=moment), catalogue, moment=moment)


def _refuse_alone(case: Case, catalogue: Catalogue) -> None:
    """Who said at the opening that they are retired may have said otherwise since."""
    facts, _ = known_of(case, catalogue)
    refuse_alone([item.offered for item in items_of(case, catalogue)], catalogue, retired=facts.yes("retired-already") is True)


def _refuse_incomplete(case: Case, declarations: Sequence[str], catalogue: Catalogue, today: date) -> None:
    missing = [
        Issue(("input", "declarations"), Text("issue.declaration-needed"), about=declaration.id)
        for declaration in catalogue.declarations
        if declaration.id not in declarations
    ]
    papers = [
        Issue(("materials", material.code), material.lacking, about=material.id)
        for material in materials_of(case, catalogue)
        if material.status(today) is MaterialStatus.NEEDED
    ]
    issues = [*Form(case, catalogue).issues, *papers, *missing]
    if issues:
        raise InvalidForm(issues)


def withdraw(case: Case, *, reason: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """What is at a department, or on its way there, it is asked to drop; what waits will not start."""
    if already_done(case, mark):
        return case
    demand(case, CaseAction.WITHDRAW, by)
    if len(reason) > LONGEST_REASON:
        raise InvalidForm([Issue(("input", "reason"), Text("issue.too-long", {"most": LONGEST_REASON}))])
    cancel = tuple(item.code for item in case.items if item.status in AT_THE_DEPARTMENT or item.hand_off_at)
    outcome = Outcome.WITHDRAWN if case.submitted_at else Outcome.NEVER_SUBMITTED
    kept = kept_until(outcome, catalogue, since=moment.at)
    return record(case, Withdrawn(requests=(mark,), cancel=cancel, reason=reason, erase_at=kept), by=by.actor(), moment=moment)
