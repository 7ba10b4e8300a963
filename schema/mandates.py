"""A mandate as the contract shows it: an authority given by one person to another. Every actor and capacity may name one."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.mandates import mandate as domain
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.readings import CardReadingStart as Begun
from domain.mandates.steps import MandateStepKind
from resolvers import mandates as resolvers
from schema.catalogue import ServiceItem
from schema.pages import PageInfo
from schema.people import Actor, Organisation, Person
from schema.problems import InvalidForm, Refusal
from schema.scalars import Date, DateTime

if TYPE_CHECKING:
    from schema.cases import Case
    from schema.sessions import Capacity

strawberry.enum(MandateStatus)
strawberry.enum(MandateAction)
strawberry.enum(
    MandateStepKind, description="USED: a case was begun by it. DECEASED, INCAPACITATED: the register says so of the principal."
)


@strawberry.type(description="One thing that happened to a mandate. Never edited, never removed.")
class MandateStep:
    id: strawberry.ID
    at: DateTime
    kind: MandateStepKind
    text: str = strawberry.field(resolver=resolvers.step_text)
    by: Actor


@strawberry.type(description="from and until are the first and last day, both included; it is for items or for one case.")
class Mandate:
    id: strawberry.ID
    principal = strawberry.field(graphql_type=Person, resolver=resolvers.principal)
    delegate = strawberry.field(graphql_type=Person, resolver=resolvers.delegate)
    status: MandateStatus = strawberry.field(resolver=resolvers.status)
    status_text: str = strawberry.field(resolver=resolvers.status_text)
    from_: Date = strawberry.field(name="from")
    until: Date
    scope_text: str = strawberry.field(resolver=resolvers.scope_text)
    items = strawberry.field(graphql_type=list[ServiceItem], resolver=resolvers.items)
    case = strawberry.field(
        graphql_type=Annotated["Case", strawberry.lazy("schema.cases")] | None,
        resolver=resolvers.case,
        description="The one case that it is for, if the viewer may see it.",
    )
    actions = strawberry.field(graphql_type=list[MandateAction], resolver=resolvers.actions)
    acceptance_code: str | None = strawberry.field(
        resolver=resolvers.acceptance_code, description="Shown to the principal only, until it is used; the delegate needs it to accept."
    )
    capacity = strawberry.field(
        graphql_type=Annotated["Capacity", strawberry.lazy("schema.sessions")] | None,
        resolver=resolvers.capacity,
        description="For actAs; the delegate's only, while it is in force.",
    )
    in_person: bool = strawberry.field(description="Given by having one's card read; then for one case, and for the organisation's work.")
    organisation = strawberry.field(
        graphql_type=Organisation | None, resolver=resolvers.organisation, description="Whose member read the card."
    )
    begin_by: DateTime | None = strawberry.field(description="Until when a case must be begun under one given in person.")
    history = strawberry.field(graphql_type=list[MandateStep], resolver=resolvers.history, description="Its whole life, to both sides.")

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Mandate)


@strawberry.type
class MandateEdge:
    cursor: str
    node: Mandate


@strawberry.type
class MandateConnection:
    edges = strawberry.field(graphql_type=list[MandateEdge], resolver=resolvers.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.mandate_page_info)


@strawberry.type(description="days: what an app offers; mostDays: what may be chosen; delegates: how many one person may have at a time.")
class MandateTerms:
    days: int
    most_days: int
    delegates: int


@strawberry.type(description="nonce: what the device has the card sign; count livesSeconds down, not to the device's clock.")
class CardReadingStart:
    nonce: str
    expires_at: DateTime
    lives_seconds: int = strawberry.field(resolver=resolvers.lives_seconds)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, Begun)


MandateResult = Annotated[Mandate | Refusal | InvalidForm, strawberry.union("MandateResult")]
CardReadingStartResult = Annotated[CardReadingStart | Refusal | InvalidForm, strawberry.union("CardReadingStartResult")]


@strawberry.type
class MandateQuery:
    mandates = strawberry.field(
        graphql_type=MandateConnection,
        resolver=resolvers.mandates,
        description="Given and received, whatever became of them, newest first; in a post, those taken in person by the organisation.",
    )
    mandate = strawberry.field(graphql_type=Mandate | None, resolver=resolvers.mandate)
    mandate_terms = strawberry.field(graphql_type=MandateTerms, resolver=resolvers.terms)


@strawberry.type
class MandateMutation:
    grant_mandate = strawberry.field(graphql_type=MandateResult, resolver=resolvers.grant)
    accept_mandate = strawberry.field(graphql_type=MandateResult, resolver=resolvers.accept)
    decline_mandate = strawberry.field(graphql_type=MandateResult, resolver=resolvers.decline)
    revoke_mandate = strawberry.field(graphql_type=MandateResult, resolver=resolvers.revoke)
    begin_card_reading = strawberry.field(
        graphql_type=CardReadingStartResult, resolver=resolvers.begin_card_reading, description="At a helper's or clerk's own device."
    )
    take_mandate_in_person = strawberry.field(
        graphql_type=MandateResult,
        resolver=resolvers.take_in_person,
        description="The person before the helper or clerk lets them begin one case, by having their card read.",
    )
