"""Who is here as the contract shows it, and how a session begins, goes on and ends."""

from typing import Annotated

import strawberry

from domain.acting import Assurance, CapacityKind
from domain.sessions import session as domain
from resolvers import sessions as resolvers
from schema.mandates import Mandate
from schema.people import Organisation, Person
from schema.problems import InvalidForm, Refusal
from schema.scalars import DateTime


@strawberry.type(description="id: for actAs. onBehalfOf: null for staff who act for nobody in particular.")
class Capacity:
    id: strawberry.ID
    kind: CapacityKind
    label: str = strawberry.field(resolver=resolvers.capacity_label)
    on_behalf_of = strawberry.field(graphql_type=Person | None, resolver=resolvers.represented)
    organisation: Organisation | None
    mandate: Mandate | None


@strawberry.type(description="provedAt: when they last proved who they are; some things need that to be recent.")
class Viewer:
    person = strawberry.field(
        graphql_type=Person | None, resolver=resolvers.person, description="Null until name and number have been checked (L2)."
    )
    assurance: Assurance
    proved_at: DateTime
    capacity = strawberry.field(graphql_type=Capacity, resolver=resolvers.capacity)
    capacities = strawberry.field(
        graphql_type=list[Capacity],
        resolver=resolvers.capacities,
        description="Oneself, one's posts, and mandates for more than one case; for the others see Mandate.capacity.",
    )


@strawberry.type
class Session:
    access_token: str
    refresh_token: str
    access_token_lives_seconds: int = strawberry.field(resolver=resolvers.lives_seconds)
    viewer = strawberry.field(graphql_type=Viewer, resolver=resolvers.viewer_of)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.SignedIn)


@strawberry.type
class SignedOut:
    at: DateTime = strawberry.field(resolver=lambda self: self.ended_at)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Session)


@strawberry.type(description="An account of that host signs its person in at L2 from now on.")
class MiniProgramLink:
    host: str

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Linked)


SessionResult = Annotated[Session | Refusal | InvalidForm, strawberry.union("SessionResult")]
SignOutResult = Annotated[SignedOut | Refusal | InvalidForm, strawberry.union("SignOutResult")]
MiniProgramLinkResult = Annotated[MiniProgramLink | Refusal | InvalidForm, strawberry.union("MiniProgramLinkResult")]


@strawberry.type
class SessionQuery:
    viewer = strawberry.field(graphql_type=Viewer | None, resolver=resolvers.viewer)


@strawberry.type
class SessionMutation:
    sign_in = strawberry.field(
        graphql_type=SessionResult,
        resolver=resolvers.sign_in,
        description="Exchange the one-time ticket. With an access token of the same person it raises that session and keeps its capacity.",
    )
    sign_in_with_mini_program = strawberry.field(graphql_type=SessionResult, resolver=resolvers.sign_in_with_mini_program)
    link_mini_program = strawberry.field(
        graphql_type=MiniProgramLinkResult,
        resolver=resolvers.link_mini_program,
        description="Needs L3, proved lately: within the figure assurance-minutes.",
    )
    refresh_session = strawberry.field(
        graphql_type=SessionResult,
        resolver=resolvers.refresh_session,
        description="A spent token ends the whole family, unless the requestId that spent it comes again: then the answer was lost.",
    )
    sign_out = strawberry.field(
        graphql_type=SignOutResult,
        resolver=resolvers.sign_out,
        description="The refresh token is for when the access token has run out.",
    )
    act_as = strawberry.field(
        graphql_type=SessionResult, resolver=resolvers.act_as, description="A session in another of the viewer's capacities."
    )
    begin_assisted_session = strawberry.field(
        graphql_type=SessionResult,
        resolver=resolvers.begin_assisted,
        description="A short session of the person whose card was read on a helper's or clerk's device, who then acts themselves.",
    )
