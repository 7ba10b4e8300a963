"""What may be done to a case, by whom, in which state, and what it becomes: a table. `availableActions` is a query over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.parts import CaseStatus, ConsentStatus
from domain.cases.payout import ACCOUNT
from domain.errors import NotPermitted, Remedy, StepNotAllowed
from domain.mandates.actions import MandateAction
from domain.words import Text


class CaseAction(StrEnum):
    CONSENT = "CONSENT"
    FILL = "FILL"
    ATTACH = "ATTACH"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
    CONFIRM = "CONFIRM"
    STAMP = "STAMP"
    HAND_OVER = "HAND_OVER"
    CHANGE_PAYOUT = "CHANGE_PAYOUT"
    CANCEL_PAYOUT_CHANGE = "CANCEL_PAYOUT_CHANGE"


class Role(StrEnum):
    """Whose side somebody is on, whatever the capacity. BENEFICIARY: the person alone; FILER: the staff through whom it is filed.

    OWNER: the person, or who is their legal guardian (whom the register makes one, not a mandate).
    """

    APPLICANT = "APPLICANT"
    BENEFICIARY = "BENEFICIARY"
    FILER = "FILER"
    OWNER = "OWNER"


ROLES: Mapping[CapacityKind, frozenset[Role]] = {
    CapacityKind.SELF: frozenset({Role.APPLICANT, Role.BENEFICIARY, Role.OWNER}),
    CapacityKind.PROXY: frozenset({Role.APPLICANT}),
    CapacityKind.HELPER: frozenset({Role.APPLICANT, Role.FILER}),
    CapacityKind.EMPLOYER: frozenset({Role.APPLICANT, Role.FILER}),
    CapacityKind.CLERK: frozenset({Role.APPLICANT, Role.FILER}),
}


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
PAYING = (CaseStatus.SUBMITTED, CaseStatus.IN_PROGRESS, CaseStatus.DONE)
"""Where money is, or will be, paid to the account that the form says."""
TABLE: tuple[Transition, ...] = (
    Transition(CaseStatus.DRAFT, CaseAction.SUBMIT, _A, CaseStatus.SUBMITTED, sensitive=True, asks=True),
    Transition(CaseStatus.DRAFT, CaseAction.FILL, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.ATTACH, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.CONSENT, _A, CaseStatus.DRAFT),
    Transition(CaseStatus.DRAFT, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
    Transition(CaseStatus.DRAFT, CaseAction.STAMP, Role.FILER, CaseStatus.DRAFT, sensitive=True),
    Transition(CaseStatus.DRAFT, CaseAction.HAND_OVER, Role.FILER, CaseStatus.DRAFT, asks=True),
    Transition(CaseStatus.SUBMITTED, CaseAction.CONFIRM, Role.BENEFICIARY, CaseStatus.SUBMITTED, sensitive=True, asks=True),
    Transition(CaseStatus.SUBMITTED, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
    Transition(CaseStatus.IN_PROGRESS, CaseAction.WITHDRAW, _A, CaseStatus.WITHDRAWN, asks=True),
    Transition(CaseStatus.SUBMITTED, CaseAction.CONSENT, _A, CaseStatus.SUBMITTED),
    Transition(CaseStatus.IN_PROGRESS, CaseAction.CONSENT, _A, CaseStatus.IN_PROGRESS),
    Transition(CaseStatus.DONE, CaseAction.CONSENT, _A, CaseStatus.DONE),
    *(Transition(status, CaseAction.CHANGE_PAYOUT, Role.OWNER, status, sensitive=True, asks=True) for status in PAYING),
    *(Transition(status, CaseAction.CANCEL_PAYOUT_CHANGE, Role.OWNER, status) for status in PAYING),
)


def allowed(case: Case, by: Acting) -> tuple[Transition, ...]:
    """What they may do next, the big button first."""
    roles = roles_of(by)
    rows = (row for row in TABLE if row.from_ is case.status and row.role in roles and permits(by, row.action))
    return tuple(row for row in rows if _makes_sense(case, row.action, by))


def roles_of(by: Acting) -> frozenset[Role]:
    guards = by.capacity is CapacityKind.PROXY and by.mandate is None
    return ROLES.get(by.capacity, frozenset()) | ({Role.OWNER} if guards else frozenset())


def must_own(by: Acting, otherwise: str) -> None:
    """What no mandate and no post reaches. Raises NotPermitted with that sentence."""
    if Role.OWNER not in roles_of(by):
        raise NotPermitted(otherwise, remedy=Remedy.NONE)


def demand(case: Case, action: CaseAction, by: Acting) -> Transition:
    """The row that permits the action now. Raises NotPermitted, StepNotAllowed."""
    must_permit(by, action)
    for row in allowed(case, by):
        if row.action is action:
            return row
    status = Text(f"case.status.{case.status}")
    raise StepNotAllowed(Text("refusal.step-not-allowed", {"status": status}), current=case)


def must_permit(by: Acting, action: CaseAction) -> None:
    """Whatever state the case is in. Raises NotPermitted."""
    if by.capacity not in ROLES:
        raise NotPermitted("refusal.not-in-this-capacity")
    if action is CaseAction.CONSENT and by.capacity is CapacityKind.EMPLOYER:
        raise NotPermitted("refusal.consent-only-the-employee", remedy=Remedy.ASK_A_PERSON)
    if not permits(by, action):
        raise NotPermitted(Text("refusal.not-in-mandate", {"action": Text(f"action.{action}.label")}))


def permits(by: Acting, action: CaseAction) -> bool:
    """Whether the authority reaches it; what no mandate can name needs more than one. No employer allows anything for its staff."""
    if action is CaseAction.CONSENT and by.capacity is CapacityKind.EMPLOYER:
        return False
    named = MandateAction.__members__.get(action)
    return by.authority.permits(named) if named else by.authority.actions is None or by.capacity is not CapacityKind.PROXY


def _makes_sense(case: Case, action: CaseAction, by: Acting) -> bool:
    """A case whose certificate is out, or being made, is not withdrawn, nor by an employer what the employee has confirmed; what is
    confirmed, stamped or handed over is not so again; once it is submitted, consents are only withdrawn."""
    match action:
        case CaseAction.WITHDRAW:
            theirs_no_more = by.capacity is CapacityKind.EMPLOYER and case.confirmed_at is not None
            return not (case.certificate or case.certificate_due_at or theirs_no_more)
        case CaseAction.CONSENT:
            return case.submitted_at is None or any(consent.status is ConsentStatus.GIVEN for consent in case.consents)
        case CaseAction.CONFIRM:
            return case.awaits_confirmation
        case CaseAction.STAMP:
            return by.capacity is CapacityKind.EMPLOYER and case.stamped_at is None
        case CaseAction.CHANGE_PAYOUT:
            return case.answer(ACCOUNT) is not None and case.private.payout is None and not (case.erased_at or case.locked_at)
        case CaseAction.CANCEL_PAYOUT_CHANGE:
            return case.private.payout is not None and not case.private.payout.in_force
        case CaseAction.HAND_OVER:
            return case.keeper != case.person
        case _:
            return True
