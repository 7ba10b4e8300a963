"""What a case says: each step, source and actor by the key of a sentence or by a name, so that history too is told in any language."""

from dataclasses import dataclass
from datetime import datetime

from domain.acting import Actor, Assurance, CapacityKind
from domain.cases.case import Case
from domain.cases.parts import Answer, FieldSource
from domain.cases.reading import ItemInCase
from domain.cases.seeing import EVERYTHING, Sight
from domain.cases.steps import Step
from domain.catalogue.types import Catalogue, SourceKind
from domain.clock import day_in_china
from domain.people import Person
from domain.wording import day
from domain.words import Text, Words


@dataclass(frozen=True, slots=True)
class ActorInCase:
    """`name`: a person's, masked or not as the viewer may see it, or that of the system that acted."""

    case: Case
    catalogue: Catalogue
    actor: Actor

    @property
    def about(self) -> str:
        """The id of the person whose matter it is."""
        return self.case.person

    @property
    def capacity(self) -> CapacityKind:
        return self.actor.capacity

    @property
    def assurance(self) -> Assurance | None:
        return self.actor.assurance

    @property
    def person(self) -> Person | None:
        return self.case.private.people.get(self.actor.person) if self.actor.person else None

    @property
    def on_behalf_of(self) -> Person | None:
        behalf = self.actor.on_behalf_of
        return self.case.private.people.get(behalf) if behalf else None

    @property
    def organisation(self) -> "OrganisationInCase | None":
        """By the name that it had when somebody first acted for it here."""
        id = self.actor.organisation
        return OrganisationInCase(id, self.case.organisations[id]) if id and id in self.case.organisations else None

    @property
    def mandate(self) -> str | None:
        return self.actor.mandate

    @property
    def system_name(self) -> Text | Words:
        """For a department or register its name; else the product's."""
        code = self.actor.system or ""
        if code in self.catalogue.departments:
            return self.catalogue.departments[code].name
        return self.catalogue.licences[code].name if code in self.catalogue.licences else Text("actor.product")


@dataclass(frozen=True, slots=True)
class OrganisationInCase:
    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class StepInCase:
    case: Case
    catalogue: Catalogue
    step: Step
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.step.{self.step.number}"

    @property
    def number(self) -> int:
        return self.step.number

    @property
    def at(self) -> datetime:
        return self.step.at

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def item(self) -> ItemInCase | None:
        return ItemInCase(self.case, self.catalogue, self.case.item(self.step.item), self.sight) if self.step.item else None

    @property
    def by(self) -> ActorInCase:
        return ActorInCase(self.case, self.catalogue, self.step.actor)

    @property
    def text(self) -> Text:
        return Text(f"step.{_wording(self.step)}", _parameters(self.step, self.case, self.catalogue))


def _wording(step: Step) -> str:
    data = step.data
    match step.kind:
        case "item-decided":
            return f"item-decided-{str(data['outcome']).lower().replace('_', '-')}"
        case "cancel-delayed" | "notice-delayed" | "payout-telling-delayed" if data["retry_at"] is None:
            return step.kind.replace("delayed", "given-up")
        case "register-answered" if not data["found"]:
            return "register-nothing-found"
        case "submitted" if step.actor.on_behalf_of:
            return "submitted-for"
        case kind:
            return kind


def _capacity(actor: Actor) -> str:
    """A legal guardian acts without a mandate."""
    guardian = actor.capacity is CapacityKind.PROXY and actor.mandate is None
    return "GUARDIAN" if guardian else actor.capacity


def _parameters(step: Step, case: Case, catalogue: Catalogue) -> dict[str, str | int | Words | Text]:
    """Everything that a step's sentence may name; each sentence takes what it needs."""
    data, found = step.data, dict[str, str | int | Words | Text](number=case.number)
    if item := step.item:
        found |= {"item": catalogue.items[item].title, "department": catalogue.departments[catalogue.items[item].department].name}
    if because := data.get("because"):
        found["because"] = catalogue.items[str(because)].title
    if source := data.get("source"):
        found["source"] = catalogue.licences[str(source)].name
    if material := data.get("material"):
        found["material"] = catalogue.materials[str(material)].title
        if owner := catalogue.materials[str(material)].owner:
            found["department"] = catalogue.departments[owner].name
    if isinstance(keys := data.get("keys"), list) and isinstance(removed := data.get("removed"), list):
        found["count"] = len(keys) + len(removed)
    if grade := data.get("grade"):
        found["grade"] = Text(f"review.{grade}")
    if isinstance(effective := data.get("effective_at"), str):
        found["day"] = day(day_in_china(datetime.fromisoformat(effective)))
    if channel := data.get("channel"):
        found["channel"] = Text(f"message-channel.{channel}")
    if person := case.private.people.get(step.actor.person or ""):
        found |= {"actor": person.masked_name, "capacity": Text(f"capacity.{_capacity(step.actor)}")}
    if beneficiary := case.private.people.get(step.actor.on_behalf_of or ""):
        found["person"] = beneficiary.masked_name
    return found


def answer_source(case: Case, answer: Answer, catalogue: Catalogue) -> Text | Words:
    """Who says so; of an answer that somebody else put in, who that was (F15)."""
    other = case.private.people.get(answer.person or "") if answer.person != case.person else None
    return Text("source.FOR_THEM", {"person": other.name}) if other else source_name(answer.source, catalogue)


def source_name(source: FieldSource, catalogue: Catalogue) -> Text | Words:
    """Who says so: the person, or the licence or register by its name."""
    if source.kind is SourceKind.PERSON or source.name not in catalogue.licences:
        return Text(f"source.{source.kind}")
    return catalogue.licences[source.name].name
