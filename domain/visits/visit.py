"""A home visit: booked by or for somebody, taken by one who is named to them beforehand, and ended by what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.acting import Acting, Actor, CapacityKind
from domain.cases.parts import RequestMark
from domain.errors import Conflict, NotPermitted, Remedy, StepNotAllowed
from domain.people import Person
from domain.words import Text


class VisitReason(StrEnum):
    """高龄、失能、残疾: who is visited (source 4, L104)."""

    ELDERLY = "ELDERLY"
    INCAPACITATED = "INCAPACITATED"
    DISABLED = "DISABLED"


class VisitStatus(StrEnum):
    BOOKED = "BOOKED"
    TAKEN = "TAKEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"

    @property
    def open(self) -> bool:
        return self in {VisitStatus.BOOKED, VisitStatus.TAKEN}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who will come, and as what."""

    person: Person
    kind: CapacityKind
    post: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """`organisation`: the id of whose people come. `division`: codes from the province down. `ended_by`: who says what became of it.

    `assisted_by`: on whose device the person themselves then acted; the actor is the person, whoever helped.
    """

    id: str
    person: Person
    organisation: str
    from_: datetime
    to: datetime
    reason: VisitReason
    address: str
    booked_at: datetime
    booked_by: Actor
    division: str | None = None
    note: str = ""
    status: VisitStatus = VisitStatus.BOOKED
    visitor: Visitor | None = None
    ended_at: datetime | None = None
    ended_by: Actor | None = None
    assisted_by: str | None = None
    why: str = ""
    marks: tuple[RequestMark, ...] = ()
    version: int = 0

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{self.from_.isoformat()} {self.id}"

    def has_seen(self, mark: RequestMark) -> bool:
        """Whether this very request has had its effect here. Raises Conflict if its id had another."""
        seen = next((one for one in self.marks if (one.id, one.person) == (mark.id, mark.person)), None)
        if seen and seen.fingerprint != mark.fingerprint:
            raise Conflict("refusal.request-reused", remedy=Remedy.NONE)
        return seen is not None


def take(visit: Visit, *, by: Acting, mark: RequestMark, at: datetime) -> Visit:
    """By one of the organisation's people; from then on the person knows who will come. Raises Conflict, StepNotAllowed."""
    _must_be_open(visit)
    who = by.known_person()
    if visit.visitor and visit.visitor.person.id != who.id:
        raise Conflict(Text("refusal.visit-taken", {"visitor": visit.visitor.person.masked_name}), remedy=Remedy.RELOAD)
    if visit.visitor:
        return visit
    visitor = Visitor(who, by.capacity, by.post, at)
    return replace(visit, status=VisitStatus.TAKEN, visitor=visitor, marks=(*visit.marks, mark))


def complete(visit: Visit, *, by: Acting, mark: RequestMark, at: datetime) -> Visit:
    """By the visitor, or by the person themselves on the visitor's device. Raises StepNotAllowed, NotPermitted."""
    _must_be_open(visit)
    if visit.visitor is None:
        raise StepNotAllowed("refusal.visit-not-taken")
    if at < visit.from_:
        raise StepNotAllowed("refusal.visit-not-begun")
    if visit.visitor.person.id not in {by.known_person().id, by.assisted_by}:
        raise NotPermitted("refusal.visit-only-the-visitor", remedy=Remedy.NONE)
    ended = replace(visit, status=VisitStatus.DONE, ended_at=at, ended_by=by.actor(), marks=(*visit.marks, mark))
    return replace(ended, assisted_by=by.assisted_by)


def cancel(visit: Visit, *, why: str, by: Acting, mark: RequestMark, at: datetime) -> Visit:
    """By either side, as long as nobody has said that it is done."""
    _must_be_open(visit)
    return replace(visit, status=VisitStatus.CANCELLED, why=why, ended_at=at, ended_by=by.actor(), marks=(*visit.marks, mark))


def _must_be_open(visit: Visit) -> None:
    if not visit.status.open:
        raise StepNotAllowed(Text("refusal.visit-over", {"status": Text(f"visit.status.{visit.status}")}))
