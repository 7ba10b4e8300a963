"""Who acts, in which capacity, for whom, and how sure we are. It comes from the access token alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import AssuranceTooLow, NotPermitted, Remedy, StepUp
from domain.mandates.actions import MandateAction
from domain.people import Person
from domain.words import Words


class Assurance(StrEnum):
    """L1 a phone or mini-program login, L2 name and number checked, L3 the person themselves, L4 in person."""

    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"

    def reaches(self, needed: "Assurance") -> bool:
        return self.value >= needed.value


class CapacityKind(StrEnum):
    SELF = "SELF"
    PROXY = "PROXY"
    HELPER = "HELPER"
    EMPLOYER = "EMPLOYER"
    CLERK = "CLERK"
    OFFICER = "OFFICER"
    SUPERVISOR = "SUPERVISOR"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Authority:
    """How far a capacity goes. None anywhere: it is not limited by this. `items`: ids of catalogue items; `case`: the only one.

    `region`, `department` and `organisation` (its name): of that in which somebody has a post.
    """

    actions: frozenset[MandateAction] | None = None
    items: frozenset[str] | None = None
    case: str | None = None
    region: str | None = None
    department: str | None = None
    organisation: Words | None = None

    def permits(self, action: MandateAction) -> bool:
        return self.actions is None or action in self.actions


UNLIMITED = Authority()


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody asks: the network, a keyed hash of the address, and what their browser or app calls itself."""

    place: str | None = None
    address: str | None = None
    client: str | None = None


SOMEWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Acting:
    """One session's authority at one moment: the person (None until name and number are checked) and the capacity it was given for.

    `on_behalf_of`: the person for whom a delegate or guardian acts; staff act for nobody in particular. `mandate`, `post`: by which they
    do; a guardian has neither. `assisted_by`: the helper on whose device the person themselves acts. `origin`: of this request.
    """

    session: str
    assurance: Assurance
    proved_at: datetime
    person: Person | None = None
    capacity: CapacityKind = CapacityKind.SELF
    on_behalf_of: str | None = None
    mandate: str | None = None
    organisation: str | None = None
    post: str | None = None
    assisted_by: str | None = None
    authority: Authority = UNLIMITED
    origin: Origin = SOMEWHERE

    @property
    def capacity_id(self) -> str:
        """The same in every session of the person, so that an app may remember it."""
        whose = self.mandate or self.post or (f"ward-{self.on_behalf_of}" if self.on_behalf_of else None)
        return f"capacity-{whose or (self.person.id if self.person else self.session)}"

    @property
    def holder(self) -> Person | None:
        return self.person

    def known_person(self) -> Person:
        """The person behind the session; refuses a session whose name and number nobody has checked yet."""
        if self.person is None:
            raise AssuranceTooLow("refusal.not-identified", step_up=StepUp(Assurance.L2, 0), remedy=Remedy.STEP_UP)
        return self.person

    def require(self, needed: Assurance, *, within: timedelta, now: datetime) -> None:
        """Sensitive acts need sureness, recently proved (F02)."""
        step_up = self.lacking(needed, within=within, now=now)
        if step_up:
            raise AssuranceTooLow("refusal.assurance-too-low", step_up=step_up)

    def lacking(self, needed: Assurance, *, within: timedelta, now: datetime) -> StepUp | None:
        """What must be proved more, or again; None: this session will do."""
        enough = self.assurance.reaches(needed) and now - self.proved_at <= within
        return None if enough else StepUp(needed, int(within.total_seconds()))

    def beneficiary(self) -> str:
        """The id of the person whose matter this is."""
        if self.capacity is CapacityKind.SELF:
            return self.known_person().id
        if self.on_behalf_of is None:
            raise NotPermitted("refusal.nobody-to-act-for")
        return self.on_behalf_of

    def actor(self) -> "Actor":
        return Actor(
            person=self.person.id if self.person else None,
            capacity=self.capacity,
            assurance=self.assurance,
            on_behalf_of=self.on_behalf_of,
            mandate=self.mandate,
            organisation=self.organisation,
            assisted_by=self.assisted_by,
            session=self.session,
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as a step keeps it: ids only; names are in the sealed part of the case."""

    capacity: CapacityKind
    person: str | None = None
    assurance: Assurance | None = None
    on_behalf_of: str | None = None
    mandate: str | None = None
    organisation: str | None = None
    assisted_by: str | None = None
    session: str | None = None
    system: str | None = None
    """For SYSTEM: the code of the department or register that answered; None is the product itself."""


THE_PRODUCT = Actor(capacity=CapacityKind.SYSTEM)


def system(code: str) -> Actor:
    """A department or register that answered."""
    return Actor(capacity=CapacityKind.SYSTEM, system=code)
