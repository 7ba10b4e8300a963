"""What happens to a task between agencies."""

from dataclasses import dataclass

from domain.cases.happened.happening import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGiven(Happening):
    """To the department that the catalogue names for this paper."""

    kind = "task-given"
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTaken(Happening):
    kind = "task-taken"
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Happening):
    """`reference`: under which number the other agency sent it."""

    kind = "task-done"
    private = ("reference",)
    material: str
    reference: str = ""
