"""Who people are, as far as this viewer may see."""

from dataclasses import dataclass

from strawberry import Parent

from domain.access.person_ids import shown_to
from domain.acting import CapacityKind
from domain.cases.telling import ActorInCase
from domain.mandates.mandate import Mandate
from domain.organisations.organisation import Organisation
from domain.people import Person
from domain.words import Text, Words
from resolvers.context import Info

IN_OFFICE = frozenset({CapacityKind.OFFICER, CapacityKind.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Unmasked(Person):
    """A person whom the viewer may know by name, whoever they are just now: as in the answer to a sign-in, which came without a token."""

    @classmethod
    def of(cls, person: Person | None) -> "Unmasked | None":
        return cls(person.id, person.name, person.document_kind, person.document_number) if person else None


def _is_viewer(person: Person | None, info: Info) -> bool:
    acting = info.context.acting
    return bool(person and acting and acting.person and acting.person.id == person.id)


def _acts_for(person: Person, info: Info) -> bool:
    acting = info.context.acting
    return bool(acting and acting.on_behalf_of == person.id)


def person_id(person: Parent[Person], info: Info) -> str:
    return shown_to(info.context.acting, person.id, info.context.desks.person_ids)


def name(person: Parent[Person], info: Info) -> str:
    whole = isinstance(person, Unmasked) or _is_viewer(person, info) or _acts_for(person, info)
    return person.name if whole else person.masked_name


def actor_name(of: Parent[ActorInCase], info: Info) -> str:
    """Whoever a case is about, or who acts for them in it, knows by name who did what (F12), and so do colleagues; an officer's name is
    told with the post."""
    if of.person:
        known = of.capacity in IN_OFFICE or _is_theirs(of.about, info) or _is_colleague(of, info)
        return of.person.name if known else name(of.person, info)
    said: Text | Words = Text("actor.applicant") if of.actor.person else of.system_name
    return info.context.say(said)


def _is_theirs(person: str, info: Info) -> bool:
    acting = info.context.acting
    return bool(acting and person in {acting.on_behalf_of, acting.person.id if acting.person else None})


def _is_colleague(of: ActorInCase, info: Info) -> bool:
    acting = info.context.acting
    return bool(acting and acting.organisation and acting.organisation == of.actor.organisation)


async def actor_mandate(of: Parent[ActorInCase], info: Info) -> Mandate | None:
    return await info.context.mandate_of(of.actor.mandate) if of.actor.mandate else None


def organisation_name(organisation: Parent[Organisation], info: Info) -> str:
    return info.context.say(organisation.name)


def is_viewer(of: Parent[ActorInCase], info: Info) -> bool:
    return _is_viewer(of.person, info)
