"""What becomes of an item: handed off, delayed, worked on, decided, cancelled."""

from dataclasses import dataclass
from datetime import datetime

from domain.cases.happened.happening import Happening
from domain.cases.parts import ItemWords, Notice, Proposal
from domain.catalogue.types import ReviewGrade
from domain.ports import ItemOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOff(Happening):
    kind = "handed-off"
    item: str
    sequence: int
    ask_again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffDelayed(Happening):
    kind = "handoff-delayed"
    item: str
    attempt: int
    retry_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffFailed(Happening):
    """After the last retry, or because the department's system refused the hand-off itself."""

    kind = "handoff-failed"
    private = ("words",)
    item: str
    attempt: int
    notices: tuple[Notice, ...] = ()
    words: ItemWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffRetried(Happening):
    """An operator asked for it, once what was in the way was gone. Under the same key, so that a department that has it has it once."""

    kind = "handoff-retried"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain(Happening):
    kind = "asked-again"
    item: str
    attempt: int
    ask_again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentWorking(Happening):
    kind = "department-working"
    item: str
    sequence: int
    ask_again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecided(Happening):
    kind = "item-decided"
    private = ("words",)
    item: str
    sequence: int
    outcome: ItemOutcome
    decided_at: datetime
    certificate_due: bool = False
    words: ItemWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTaken(Happening):
    """An officer has it now, and nobody else may decide it."""

    kind = "item-taken"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPutBack(Happening):
    kind = "item-put-back"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReviewed(Happening):
    """One grade is done; what it proposes goes to whoever does the next."""

    kind = "item-reviewed"
    private = ("proposal",)
    item: str
    grade: ReviewGrade
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWaived(Happening):
    """A supervisor lets the same person do more than one grade."""

    kind = "review-waived"
    private = ("reason",)
    item: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReady(Happening):
    """What it waited for has been approved."""

    kind = "item-ready"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNotStarted(Happening):
    """It will not be started: `because` is the item that was refused."""

    kind = "item-not-started"
    item: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffCancelled(Happening):
    kind = "handoff-cancelled"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTooLate(Happening):
    kind = "cancel-too-late"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDelayed(Happening):
    """`retry_at` None: given up, the department does not answer; operators are told."""

    kind = "cancel-delayed"
    item: str
    attempt: int
    retry_at: datetime | None
    notices: tuple[Notice, ...] = ()
