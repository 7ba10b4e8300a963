"""What happened to a mandate, one step after another, as both sides see it; a step also holds the request that caused it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.acting import THE_PRODUCT, Actor
from domain.cases.parts import RequestMark


class MandateStepKind(StrEnum):
    """USED: a case was begun by it. DECEASED, INCAPACITATED: the register says so of the principal."""

    GRANTED = "GRANTED"
    TAKEN_IN_PERSON = "TAKEN_IN_PERSON"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REVOKED = "REVOKED"
    USED = "USED"
    EXPIRED = "EXPIRED"
    DECEASED = "DECEASED"
    INCAPACITATED = "INCAPACITATED"


@dataclass(frozen=True, slots=True)
class MandateStep:
    """`case`: the one that was begun."""

    kind: MandateStepKind
    at: datetime
    by: Actor = THE_PRODUCT
    case: str | None = None
    mark: RequestMark | None = None
