"""A mandate as one frozen value: who gives it to whom, for what, for how long, and what has become of it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.acting import THE_PRODUCT, Actor, Authority
from domain.cases.parts import RequestMark
from domain.clock import CHINA, day_in_china
from domain.errors import Conflict, NotPermitted, StepNotAllowed
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.people import Person
from domain.words import Text, Words


class MandateEnd(StrEnum):
    """Why a mandate ended; EXPIRED: its time was over."""

    DECLINED = "DECLINED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    DECEASED = "DECEASED"
    INCAPACITATED = "INCAPACITATED"


@dataclass(frozen=True, slots=True)
class MandateScope:
    """The services (ids of catalogue items) it is for, or one case; one given in person has both once its case is begun.

    `matter`: the services of that case when the mandate was given; `number`: its public number.
    """

    items: tuple[str, ...] = ()
    case: str | None = None
    matter: tuple[str, ...] = ()
    number: str | None = None

    def overlaps(self, other: "MandateScope") -> bool:
        """Whether both are about the same matter."""
        return not {*self.items, *self.matter}.isdisjoint({*other.items, *other.matter})


@dataclass(frozen=True, slots=True)
class Mandate:
    """`delegate.name` as the principal wrote it. `from_` and `until` are the first and last day in China, both included.

    `organisation`: whose member took it in person, by reading the principal's card (`in_person`); the whole organisation then acts by it.
    `begin_by`: until when a case must have been begun under one given in person. `code`: what the delegate needs to accept it.
    `organisation_name`: as it was then. `number`: counts those of one principal. `ask_register_at`: when their life is next asked about.
    """

    id: str
    principal: Person
    delegate: Person
    scope: MandateScope
    actions: frozenset[MandateAction]
    from_: date
    until: date
    granted_at: datetime
    code: str | None = field(default=None, repr=False)
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: MandateEnd | None = None
    in_person: bool = False
    organisation: str | None = None
    organisation_name: Words | None = None
    begin_by: datetime | None = None
    ask_register_at: datetime | None = None
    number: int = 0
    history: tuple[MandateStep, ...] = ()
    version: int = 0

    def status(self, now: datetime) -> MandateStatus:
        match self.ended_because:
            case MandateEnd.DECLINED:
                return MandateStatus.DECLINED
            case MandateEnd.REVOKED:
                return MandateStatus.REVOKED
            case MandateEnd():
                return MandateStatus.EXPIRED
        if self.over_at <= now:
            return MandateStatus.EXPIRED
        return MandateStatus.ACTIVE if self.accepted_at else MandateStatus.PENDING

    def living(self, now: datetime) -> bool:
        """Pending or active."""
        return self.status(now) in {MandateStatus.PENDING, MandateStatus.ACTIVE}

    def in_force(self, now: datetime) -> bool:
        return self.status(now) is MandateStatus.ACTIVE and self.from_ <= day_in_china(now)

    @property
    def over_at(self) -> datetime:
        """When it ends by itself: after its last day, or when no case was begun in time under one given in person."""
        after_last_day = datetime.combine(self.until + timedelta(days=1), time(), CHINA)
        return min(after_last_day, self.begin_by) if self.begin_by and self.scope.case is None else after_last_day

    @property
    def only_to_look(self) -> bool:
        return self.actions <= {MandateAction.VIEW}

    @property
    def authority(self) -> Authority:
        return Authority(actions=self.actions, items=frozenset(self.scope.items) or None, case=self.scope.case)

    @property
    def next_due(self) -> datetime | None:
        """When the worker must look at it; None: nothing more happens to it by itself."""
        if self.ended_because:
            return None
        return min(self.over_at, self.ask_register_at) if self.ask_register_at else self.over_at

    # ---------------------------------------------------------------- what happens to it

    def done_by(self, mark: RequestMark) -> bool:
        """Whether this request has had its effect here. Raises Conflict if its id had another."""
        marks = (step.mark for step in self.history if step.mark)
        seen = next((one for one in marks if (one.id, one.person) == (mark.id, mark.person)), None)
        if seen and seen.fingerprint != mark.fingerprint:
            raise Conflict("refusal.request-reused")
        return seen is not None

    def accepted(self, by: Actor, *, at: datetime, ask_register_at: datetime, mark: RequestMark) -> "Mandate":
        self._must_be(MandateStatus.PENDING, at=at)
        taken = replace(self, accepted_at=at, code=None, ask_register_at=ask_register_at)
        return taken._with(MandateStep(MandateStepKind.ACCEPTED, at, by, mark=mark))

    def declined(self, by: Actor, *, at: datetime, mark: RequestMark) -> "Mandate":
        """By the delegate, before or after they accepted."""
        self._must_be(MandateStatus.PENDING, MandateStatus.ACTIVE, at=at)
        return self.ended(MandateEnd.DECLINED, at=at, by=by, mark=mark)

    def revoked(self, by: Actor, *, at: datetime, mark: RequestMark) -> "Mandate":
        self._must_be(MandateStatus.PENDING, MandateStatus.ACTIVE, at=at)
        return self.ended(MandateEnd.REVOKED, at=at, by=by, mark=mark)

    def ended(self, why: MandateEnd, *, at: datetime, by: Actor = THE_PRODUCT, mark: RequestMark | None = None) -> "Mandate":
        """Its code is gone with it. One that has ended stays as it was."""
        if self.ended_because:
            return self
        over = replace(self, ended_at=at, ended_because=why, code=None, ask_register_at=None)
        return over._with(MandateStep(MandateStepKind(why.value), at, by, mark=mark))

    def used(self, case: str, by: Actor, *, at: datetime) -> "Mandate":
        """A case is begun by it, while it is in force. One given in person is from then on for that case alone; once for the same case."""
        begun = any(step.case == case for step in self.history)
        if self.scope.case and not begun:
            raise NotPermitted("refusal.mandate-for-one-case")
        if not self.in_force(at):
            raise NotPermitted("refusal.capacity-ended")
        if begun:
            return self
        scope = replace(self.scope, case=case) if self.in_person else self.scope
        return replace(self, scope=scope)._with(MandateStep(MandateStepKind.USED, at, by, case=case))

    def _with(self, step: MandateStep) -> "Mandate":
        return replace(self, history=(*self.history, step))

    def _must_be(self, *wanted: MandateStatus, at: datetime) -> None:
        status = self.status(at)
        if status not in wanted:
            raise StepNotAllowed(Text("mandate.not-any-more", {"status": Text(f"mandate.status.{status}")}))
