"""优先办 (A78): a case goes before others for a reason that is shown, by what it holds already or by a paper that comes with the wish."""

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.happened import PutFirst
from domain.cases.parts import FileRef, RequestMark
from domain.cases.reading import MaterialInCase
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.cases.workflow import ROLES
from domain.catalogue.queues import PriorityBasis
from domain.catalogue.types import Catalogue, SourceKind
from domain.errors import InvalidForm, Issue, NotEligible, NotPermitted, Remedy, StepNotAllowed
from domain.mandates.actions import MandateAction
from domain.words import Text


def put_first(case: Case, *, basis: str, file: FileRef | None, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """Raises NotPermitted, StepNotAllowed, InvalidForm, and NotEligible if nothing shows it."""
    if already_done(case, mark):
        return case
    flaggable(case, by)
    known = basis_named(basis, catalogue)
    evidence = file.id if file else evidence_of(known, case, catalogue)
    if evidence is None:
        raise NotEligible(Text("refusal.priority-without-evidence", {"basis": known.name}))
    if case.private.priority and (case.private.priority.basis, case.private.priority.evidence) == (basis, evidence):
        return case
    return record(case, PutFirst(basis=basis, evidence=evidence, file=file, requests=(mark,)), by=by.actor(), moment=moment)


def flaggable(case: Case, by: Acting) -> None:
    """By the applicant's side, before the case is over."""
    if by.capacity not in ROLES or not by.authority.permits(MandateAction.FILL):
        raise NotPermitted("refusal.not-in-this-capacity", remedy=Remedy.NONE)
    if case.over:
        raise StepNotAllowed(Text("refusal.step-not-allowed", {"status": Text(f"case.status.{case.status}")}), current=case)


def basis_named(basis: str, catalogue: Catalogue) -> PriorityBasis:
    known = catalogue.priorities.get(basis)
    if known is None:
        raise InvalidForm([Issue(("input", "basis"), Text("issue.no-such-basis"))])
    return known


def evidence_of(basis: PriorityBasis, case: Case, catalogue: Catalogue) -> str | None:
    """The code of what the case holds already: a licence, what a register answered, a paper that was handed in."""
    licences = (held.kind for held in case.private.licences.values() if held.kind in basis.licences)
    answers = (key for key, values in basis.answers.items() if _registered(case, key, values))
    papers = (code for code in basis.materials if MaterialInCase(case, catalogue, catalogue.materials[code]).evidence)
    return next((code for found in (licences, answers, papers) for code in found), None)


def _registered(case: Case, key: str, values: tuple[str, ...]) -> bool:
    answer = case.private.answers.get(key)
    return answer is not None and answer.source.kind is not SourceKind.PERSON and answer.value in values
