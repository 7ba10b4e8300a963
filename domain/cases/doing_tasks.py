"""What officers do about a task between agencies: take it, and say that the paper is there, after which the items that need it go on."""

from collections.abc import Sequence

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.consequences import with_consequences
from domain.cases.happened import TaskDone, TaskTaken
from domain.cases.officers import took_part
from domain.cases.parts import RequestMark
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.cases.tasks import AgencyTask
from domain.catalogue.types import Catalogue
from domain.errors import Conflict, InvalidForm, Issue, NotFound, NotPermitted, Remedy, StepNotAllowed
from domain.words import Text

LONGEST_REFERENCE = 100


def departments_in(case: Case, catalogue: Catalogue) -> Sequence[str]:
    """Before whom the case lies: whose items it has, and who fetches a paper for it."""
    owners = (catalogue.materials[task.material].owner for task in case.tasks)
    return sorted({*(catalogue.items[item.code].department for item in case.items), *(owner for owner in owners if owner)})


def take_task(case: Case, *, material: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """Of two at once one has it. Raises NotFound, NotPermitted, StepNotAllowed, Conflict."""
    if already_done(case, mark):
        return case
    task = _theirs(case, material, catalogue, by)
    if task.taken_for(by.known_person().id):
        return case
    if task.taken_by:
        raise Conflict("refusal.task-taken", current=case)
    return record(case, TaskTaken(material=material, requests=(mark,)), by=by.actor(), moment=moment)


def complete_task(
    case: Case, *, material: str, reference: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment
) -> Case:
    """By whoever took it. Raises NotFound, NotPermitted, StepNotAllowed, InvalidForm."""
    if already_done(case, mark):
        return case
    task = _theirs(case, material, catalogue, by)
    if not task.taken_for(by.known_person().id):
        raise StepNotAllowed("refusal.take-task-first", current=case)
    if not reference.strip():
        raise InvalidForm([Issue(("input", "reference"), Text("issue.required"))])
    if len(reference) > LONGEST_REFERENCE:
        raise InvalidForm([Issue(("input", "reference"), Text("issue.too-long", {"most": LONGEST_REFERENCE}))])
    done = TaskDone(material=material, reference=reference.strip(), requests=(mark,))
    return with_consequences(record(case, done, by=by.actor(), moment=moment), catalogue, moment=moment)


def _theirs(case: Case, material: str, catalogue: Catalogue, by: Acting) -> AgencyTask:
    """Still to be done, by an officer of the department that owns it, who has no part in the application."""
    task = next((task for task in case.tasks if task.material == material), None)
    if task is None:
        raise NotFound("refusal.not-found")
    mine = (by.authority.region, by.authority.department) == (catalogue.region.code, catalogue.materials[material].owner)
    if by.capacity is not CapacityKind.OFFICER or not mine:
        raise NotPermitted("refusal.task-of-another", remedy=Remedy.NONE)
    if took_part(case, by):
        raise NotPermitted("refusal.own-matter")
    if task.done_at or case.over:
        raise StepNotAllowed("refusal.task-over", current=case)
    return task
