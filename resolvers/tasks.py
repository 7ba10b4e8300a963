"""Tasks between agencies, as a case shows them. Every rule is the desk's."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry
from strawberry import ID, Parent

from domain.cases.case import Case
from domain.cases.tasks import AgencyTask
from domain.catalogue.types import Catalogue, Department
from resolvers.context import Info


@strawberry.input(description="reference: under which number the other agency sent the paper.")
class CompleteTaskInput:
    task_id: ID
    reference: str


@dataclass(frozen=True, slots=True)
class TaskInCase:
    case: Case
    catalogue: Catalogue
    task: AgencyTask

    @property
    def id(self) -> str:
        return f"{self.case.id}.task.{self.task.material}"


async def take(info: Info, request_id: ID, task_id: ID) -> Case:
    return await info.context.desks.officers.take_task(request_id, task_id, by=info.context.must_act())


async def complete(info: Info, request_id: ID, input: CompleteTaskInput) -> Case:
    by, desk = info.context.must_act(), info.context.desks.officers
    return await desk.complete_task(request_id, input.task_id, reference=input.reference, by=by)


def tasks(case: Parent[Case], info: Info) -> Sequence[TaskInCase]:
    """Those of the papers that the viewer sees."""
    catalogue, sight = info.context.catalogues.version(case.region, case.catalogue_version), info.context.sight(case)
    return [TaskInCase(case, catalogue, task) for task in case.tasks if sight.material(task.material)]


def material(of: Parent[TaskInCase], info: Info) -> str:
    return info.context.say(of.catalogue.materials[of.task.material].title)


def department(of: Parent[TaskInCase]) -> Department:
    return of.catalogue.departments[of.catalogue.materials[of.task.material].owner or ""]


def is_taken(of: Parent[TaskInCase]) -> bool:
    return of.task.taken_by is not None
