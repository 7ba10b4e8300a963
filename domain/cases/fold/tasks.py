"""What becomes of tasks between agencies."""

from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.apply import apply
from domain.cases.steps import Step
from domain.cases.tasks import AgencyTask


@apply.register
def _(happening: h.TaskGiven, case: Case, step: Step) -> Case:
    return replace(case, tasks=(*case.tasks, AgencyTask(happening.material, step.at)))


@apply.register
def _(happening: h.TaskTaken, case: Case, step: Step) -> Case:
    return _with(case, happening.material, taken_by=step.actor, taken_at=step.at)


@apply.register
def _(happening: h.TaskDone, case: Case, step: Step) -> Case:
    fetched = {**case.private.fetched, happening.material: happening.reference}
    case = replace(case, private=replace(case.private, fetched=fetched))
    return _with(case, happening.material, done_by=step.actor, done_at=step.at)


def _with(case: Case, material: str, **changes: object) -> Case:
    tasks = tuple(replace(task, **changes) if task.material == material else task for task in case.tasks)  # type: ignore[arg-type]
    return replace(case, tasks=tasks)
