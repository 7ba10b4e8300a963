"""What a mandate says: how it stands and what has happened to it, by the keys of sentences, so that it is told in any language."""

from dataclasses import dataclass
from datetime import datetime

from domain.acting import Actor, Assurance, CapacityKind
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.people import Person
from domain.words import Text, Words


@dataclass(frozen=True, slots=True)
class OrganisationOfMandate:
    id: str
    name: Words


def organisation_of(mandate: Mandate) -> OrganisationOfMandate | None:
    """Whose member read the principal's card."""
    known = mandate.organisation and mandate.organisation_name
    return OrganisationOfMandate(mandate.organisation or "", mandate.organisation_name) if known and mandate.organisation_name else None


@dataclass(frozen=True, slots=True)
class ActorInMandate:
    """One of the two sides, the product, or a member of the organisation that acts by it, who is not named."""

    of: Mandate
    actor: Actor

    @property
    def about(self) -> str:
        return self.of.principal.id

    @property
    def capacity(self) -> CapacityKind:
        return self.actor.capacity

    @property
    def assurance(self) -> Assurance | None:
        return self.actor.assurance

    @property
    def person(self) -> Person | None:
        return next((side for side in (self.of.principal, self.of.delegate) if side.id == self.actor.person), None)

    @property
    def on_behalf_of(self) -> Person | None:
        return self.of.principal if self.actor.on_behalf_of == self.of.principal.id else None

    @property
    def organisation(self) -> OrganisationOfMandate | None:
        return organisation_of(self.of) if self.actor.organisation else None

    @property
    def mandate(self) -> Mandate | None:
        return self.of if self.actor.mandate == self.of.id else None

    @property
    def system_name(self) -> Text:
        return Text("actor.product")


@dataclass(frozen=True, slots=True)
class StepInMandate:
    of: Mandate
    step: MandateStep
    number: int

    @property
    def id(self) -> str:
        return f"{self.of.id}.step.{self.number}"

    @property
    def at(self) -> datetime:
        return self.step.at

    @property
    def kind(self) -> MandateStepKind:
        return self.step.kind

    @property
    def text(self) -> Text:
        return Text(f"mandate.step.{self.step.kind}")

    @property
    def by(self) -> ActorInMandate:
        return ActorInMandate(self.of, self.step.by)


def steps_of(mandate: Mandate) -> tuple[StepInMandate, ...]:
    return tuple(StepInMandate(mandate, step, number) for number, step in enumerate(mandate.history, start=1))


def standing(mandate: Mandate, now: datetime) -> Text:
    """Ended by the register: that; accepted but not begun yet: from when."""
    if mandate.ended_because:
        return Text(f"mandate.ended.{mandate.ended_because}")
    status = mandate.status(now)
    waits_for_its_day = mandate.accepted_at and mandate.living(now) and not mandate.in_force(now)
    return Text("mandate.begins", {"day": mandate.from_.isoformat()}) if waits_for_its_day else Text(f"mandate.status.{status}")
