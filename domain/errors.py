"""Every way the domain can say no.

Refusal                     understood and declined; nothing has changed; carries a stable code
  NotFound                  nothing there, or nothing this person may see
  NotPermitted              this person, in this capacity, may not do that
  AssuranceTooLow           who they are must be proved more surely, or again
  StepNotAllowed            the case is not in a state that permits the action
  Conflict                  someone else changed it meanwhile
  AlreadyOpen               there is an open case for this matter
  NotEligible               a condition is not met; the reasons name every one
  Expired                   it was good once
  TooManyAttempts           locked for a while
  Unavailable               a system that is needed does not answer
InvalidForm                 answers that need correcting, one issue per slip; nothing has been kept

Each is told in the reader's language: the sentence is a key of the message catalogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from domain.words import Text

if TYPE_CHECKING:
    from domain.acting import Assurance
    from domain.cases.case import Case
    from domain.reasons import Reason


class RefusalCode(StrEnum):
    NOT_FOUND = "NOT_FOUND"
    NOT_PERMITTED = "NOT_PERMITTED"
    ASSURANCE_TOO_LOW = "ASSURANCE_TOO_LOW"
    STEP_NOT_ALLOWED = "STEP_NOT_ALLOWED"
    CONFLICT = "CONFLICT"
    ALREADY_OPEN = "ALREADY_OPEN"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    EXPIRED = "EXPIRED"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    UNAVAILABLE = "UNAVAILABLE"


class Remedy(StrEnum):
    """What the app does about a refusal, also when it does not know the code."""

    NONE = "NONE"
    RETRY = "RETRY"
    STEP_UP = "STEP_UP"
    RELOAD = "RELOAD"
    OPEN_CASE = "OPEN_CASE"
    ASK_A_PERSON = "ASK_A_PERSON"


@dataclass(frozen=True, slots=True)
class StepUp:
    """How sure we must be, and how recently (seconds) it must have been proved."""

    assurance: "Assurance"
    max_age_seconds: int

    @property
    def url(self) -> str:
        """Asking the platform for that level, whatever it is content with otherwise."""
        return f"/sign-in?acr={self.assurance}"


class Refusal(Exception):
    """Understood and declined. `text` says what happened, why, and what to do next."""

    code: ClassVar[RefusalCode]
    remedy: Remedy = Remedy.NONE

    def __init__(
        self,
        text: Text | str,
        *,
        reasons: "Sequence[Reason]" = (),
        remedy: Remedy | None = None,
        step_up: StepUp | None = None,
        retry_after_seconds: int | None = None,
        current: "Case | None" = None,
    ) -> None:
        self.text = Text(text) if isinstance(text, str) else text
        super().__init__(self.text.key)
        self.reasons = tuple(reasons)
        self.remedy = remedy or type(self).remedy
        self.step_up = step_up
        self.retry_after_seconds = retry_after_seconds
        self.current = current


class NotFound(Refusal):
    code = RefusalCode.NOT_FOUND


class NotPermitted(Refusal):
    code = RefusalCode.NOT_PERMITTED
    remedy = Remedy.ASK_A_PERSON


class AssuranceTooLow(Refusal):
    code = RefusalCode.ASSURANCE_TOO_LOW
    remedy = Remedy.STEP_UP


class StepNotAllowed(Refusal):
    code = RefusalCode.STEP_NOT_ALLOWED
    remedy = Remedy.RELOAD


class Conflict(Refusal):
    code = RefusalCode.CONFLICT
    remedy = Remedy.RELOAD


class AlreadyOpen(Refusal):
    code = RefusalCode.ALREADY_OPEN
    remedy = Remedy.OPEN_CASE


class NotEligible(Refusal):
    code = RefusalCode.NOT_ELIGIBLE


class Expired(Refusal):
    code = RefusalCode.EXPIRED


class TooManyAttempts(Refusal):
    code = RefusalCode.TOO_MANY_ATTEMPTS
    remedy = Remedy.RETRY


class Unavailable(Refusal):
    code = RefusalCode.UNAVAILABLE
    remedy = Remedy.RETRY


@dataclass(frozen=True, slots=True)
class Issue:
    """One slip. `path` leads down from the argument; `about` is the id of the field, section or material to go to."""

    path: tuple[str, ...]
    text: Text
    about: str | None = None

    @property
    def code(self) -> str:
        """The stable code of a slip is the last part of its message's key."""
        return self.text.key.rpartition(".")[2]


class InvalidForm(Exception):
    """Answers that need correcting, all of them at once; nothing has been kept."""

    def __init__(self, issues: Sequence[Issue], text: Text | None = None) -> None:
        super().__init__(", ".join(issue.code for issue in issues))
        self.issues = tuple(issues)
        self.text = text or Text("problem.invalid-form", {"count": len(issues)})
