"""How staff work, as data of the catalogue: queues by role (F50), grades of review (C12), why a case goes before others (A78)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.words import Words


class WorkKind(StrEnum):
    """DECIDE and the three grades are an officer's; FILL a draft that a counter began, CORRECT a case that came back to it."""

    DECIDE = "decide"
    FIRST_REVIEW = "first-review"
    SECOND_REVIEW = "second-review"
    APPROVAL = "approval"
    FILL = "fill"
    CORRECT = "correct"


class ReviewGrade(StrEnum):
    """初审, 复审, 审批: who does one of them does no other (C12)."""

    FIRST_REVIEW = "first-review"
    SECOND_REVIEW = "second-review"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class GradedReview:
    """The grades in which an item is reviewed, the last of which decides."""

    grades: tuple[ReviewGrade, ...]
    source: str


class OrderBy(StrEnum):
    PRIORITY = "priority"
    DUE = "due"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Queue:
    """`role`: OFFICER, CLERK or SUPERVISOR. `kinds`: the work that it gets; `order`: what comes first, and what where that is equal."""

    role: str
    kinds: tuple[WorkKind, ...]
    source: str
    order: tuple[OrderBy, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityBasis:
    """What shows it without a paper of its own: one of these licences, a register's answer (key → values), or one of these materials."""

    code: str
    name: Words
    source: str
    licences: tuple[str, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    materials: tuple[str, ...] = ()
