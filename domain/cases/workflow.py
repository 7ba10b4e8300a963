"""What may be done to a case, by whom, in which state, and what it becomes: a table. `availableActions` is a query over it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.cases.case import Case
from domain.cases.parts import CaseStatus
from domain.errors import StepNotAllowed
from domain.words import Text


class CaseAction(StrEnum):
    CONSENT = "CONSENT"
    FILL = "FILL"
    ATTACH = "ATTACH"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"


class Role(StrEnum):
    """Whose side somebody is on, whatever the capacity."""

    APPLICANT = "APPLICANT"


@dataclass(frozen=True, slots=True)
class Transition:
    """`sensitive`: needs a sure and recent proof of who acts. `asks`: something is lost by it, so the app asks before."""

    from_: CaseStatus
    action: CaseAction
    role: Role
    to: CaseStatus
    sensitive: bool = False
    asks: bool = False


_A = Role.APPLICANT
TABLE: tuple[Transition, ...] = (
    Transition(CaseStatus.DRAFT, CaseAction.SUBMIT, _A, CaseStatus.SUBMITTED, sensitive=True, asks=True),
    Transition(CaseStatus.DRAFT, CaseAction.FILL, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.ATTACH, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.CONSENT, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
    Transition(CaseStatus.SUBMITTED, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
    Transition(CaseStatus.IN_PROGRESS, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
)


def allowed(case: Case, role: Role = Role.APPLICANT) -> tuple[Transition, ...]:
    """What this side may do next, the big button first. A case whose certificate is out, or being made, is not withdrawn any more."""
    retired = case.certificate or case.certificate_due_at
    rows = (row for row in TABLE if row.from_ is case.status and row.role is role)
    return tuple(row for row in rows if not (row.action is CaseAction.WITHDRAW and retired))


def demand(case: Case, action: CaseAction, role: Role = Role.APPLICANT) -> Transition:
    """The row that permits the action now. Raises StepNotAllowed."""
    for row in allowed(case, role):
        if row.action is action:
            return row
    status = Text(f"case.status.{case.status}")
    raise StepNotAllowed(Text("refusal.step-not-allowed", {"status": status}), current=case)
