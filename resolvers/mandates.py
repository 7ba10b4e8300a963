"""Mandates: given, taken up, refused, taken back; and what each side sees of one. Every rule is a desk's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import strawberry
from strawberry import ID, UNSET, Parent

from domain.access.capacities import Capacity, under
from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.catalogue.offered import OfferedItem
from domain.identifiers import DocumentKind
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.granting import Grant
from domain.mandates.in_person import TakenInPerson
from domain.mandates.mandate import Mandate
from domain.mandates.readings import CardReadingStart
from domain.mandates.stores import MandatePage
from domain.mandates.telling import OrganisationOfMandate, StepInMandate, organisation_of, standing, steps_of
from domain.mandates.terms import Terms
from domain.people import Person
from domain.words import Text
from resolvers import cases
from resolvers.context import Info
from resolvers.pages import PageInfo, page_info
from resolvers.people import Unmasked
from resolvers.scalars import Date
from resolvers.typed import Typed, is_given


@strawberry.input(one_of=True, description="Services of one region, or one case.")
class MandateScopeInput:
    item_ids: list[ID] | None = UNSET
    case_id: ID | None = UNSET


@strawberry.input(description="It answers alike whether or not the delegate is known here.")
class GrantMandateInput:
    delegate_name: str
    delegate_document_number: str
    until: Date
    scope: MandateScopeInput
    actions: list[MandateAction]
    delegate_document_kind: DocumentKind = DocumentKind.RESIDENT_ID
    from_: Date | None = strawberry.field(name="from", default=UNSET)

    def grant(self, today: date) -> Grant:
        """Raises InvalidForm for days that cannot be read; all else is judged by the desk."""
        typed = Typed(today, ("input",))
        first = typed.day(self.from_, "from") if is_given(self.from_) else None
        until = typed.day(self.until, "until")
        typed.judge()
        return Grant(
            self.delegate_name,
            self.delegate_document_kind,
            self.delegate_document_number,
            until,
            first,
            tuple(self.scope.item_ids) if self.scope.item_ids else None,
            self.scope.case_id or None,
            tuple(dict.fromkeys(self.actions)),
        )


@strawberry.input(description="reading: what the device handed in, signed by the platform for the nonce of beginCardReading.")
class TakeMandateInPersonInput:
    nonce: str
    reading: str
    item_ids: list[ID]
    actions: list[MandateAction]

    def taken(self) -> TakenInPerson:
        return TakenInPerson(self.nonce, self.reading, tuple(dict.fromkeys(self.item_ids)), tuple(dict.fromkeys(self.actions)))


@dataclass(frozen=True, slots=True)
class MandateEdge:
    cursor: str
    node: Mandate


async def mandates(info: Info, first: int = 20, after: str | None = None) -> MandatePage:
    return await info.context.desks.mandates.page(first=first, after=after, by=info.context.acting)


async def mandate(info: Info, id: ID) -> Mandate | None:
    return await info.context.desks.mandates.one(id, by=info.context.acting)


def terms(info: Info) -> Terms:
    return info.context.desks.mandates.terms()


async def grant(info: Info, request_id: ID, input: GrantMandateInput) -> Mandate:
    context = info.context
    return await context.desks.mandates.grant(request_id, input.grant(context.today), by=context.must_act())


async def accept(info: Info, request_id: ID, mandate_id: ID, code: str) -> Mandate:
    context = info.context
    return await context.desks.mandates.accept(request_id, mandate_id, code, by=context.must_act(), address=context.address)


async def decline(info: Info, request_id: ID, mandate_id: ID) -> Mandate:
    return await info.context.desks.mandates.decline(request_id, mandate_id, by=info.context.must_act())


async def revoke(info: Info, request_id: ID, mandate_id: ID) -> Mandate:
    return await info.context.desks.mandates.revoke(request_id, mandate_id, by=info.context.must_act())


async def begin_card_reading(info: Info, request_id: ID) -> CardReadingStart:
    return await info.context.desks.in_person.begin(request_id, by=info.context.must_act())


async def take_in_person(info: Info, request_id: ID, input: TakeMandateInPersonInput) -> Mandate:
    context = info.context
    return await context.desks.in_person.take(request_id, input.taken(), by=context.must_act(), address=context.address)


# ---------------------------------------------------------------- one mandate, as far as this viewer is told


def principal(of: Parent[Mandate], info: Info) -> Person | None:
    """Whoever may act for somebody by it knows their name."""
    acting = info.context.acting
    acts = _is(of.delegate, acting) or (of.in_person and acting and acting.organisation == of.organisation)
    return Unmasked.of(of.principal) if acts and of.in_force(info.context.now) else of.principal


def delegate(of: Parent[Mandate], info: Info) -> Person | None:
    """The principal reads the name that they wrote."""
    return Unmasked.of(of.delegate) if _is(of.principal, info.context.acting) else of.delegate


def status(of: Parent[Mandate], info: Info) -> MandateStatus:
    return of.status(info.context.now)


def status_text(of: Parent[Mandate], info: Info) -> str:
    return info.context.say(standing(of, info.context.now))


def scope_text(of: Parent[Mandate], info: Info) -> str:
    context, scope = info.context, of.scope
    if scope.number:
        return context.say(Text("mandate.scope.case", {"number": scope.number}))
    titles = [context.say(item.item.title) for item in items(of, info)]
    key = "mandate.scope.one-case-of" if of.in_person else "mandate.scope.items"
    return context.say(Text(key, {"items": context.say("mandate.scope.and").join(titles)}))


def items(of: Parent[Mandate], info: Info) -> Sequence[OfferedItem]:
    """Those that there still are."""
    return [found for id in of.scope.items if (found := info.context.catalogues.item(id))]


async def case(of: Parent[Mandate], info: Info) -> Case | None:
    return await cases.case(info, ID(of.scope.case)) if of.scope.case else None


def actions(of: Parent[Mandate]) -> Sequence[MandateAction]:
    return [action for action in MandateAction if action in of.actions]


def acceptance_code(of: Parent[Mandate], info: Info) -> str | None:
    """Never on a helper's device."""
    pending, acting = of.status(info.context.now) is MandateStatus.PENDING, info.context.acting
    return of.code if pending and acting and not acting.assisted_by and _is(of.principal, acting) else None


def capacity(of: Parent[Mandate], info: Info) -> Capacity | None:
    mine = _is(of.delegate, info.context.acting) and not of.in_person
    return under(of) if mine and of.in_force(info.context.now) else None


def organisation(of: Parent[Mandate]) -> OrganisationOfMandate | None:
    return organisation_of(of)


def history(of: Parent[Mandate]) -> Sequence[StepInMandate]:
    return steps_of(of)


def step_text(step: Parent[StepInMandate], info: Info) -> str:
    return info.context.say(step.text)


def _is(person: Person, acting: Acting | None) -> bool:
    """Whether that is who looks, as themselves."""
    return bool(acting and acting.person and acting.capacity is CapacityKind.SELF and acting.person.id == person.id)


# ---------------------------------------------------------------- pages and readings


def edges(page: Parent[MandatePage]) -> Sequence[MandateEdge]:
    return [MandateEdge(one.id, one) for one in page.mandates]


def mandate_page_info(page: Parent[MandatePage]) -> PageInfo:
    return page_info([one.id for one in page.mandates], more=page.more, later=page.later)


def lives_seconds(start: Parent[CardReadingStart], info: Info) -> int:
    return max(0, int((start.expires_at - info.context.now).total_seconds()))
