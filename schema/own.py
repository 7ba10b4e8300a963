"""What people see of their own: sessions, sign-ins, what they signed and what they shared."""

from typing import Annotated

import strawberry

from domain.acting import Assurance, CapacityKind
from domain.own.deeds import DeedKind
from domain.sessions import own as domain
from domain.sessions.diary import SignInOutcome, SignInWay
from resolvers import own_deeds as deeds
from resolvers import own_sessions as sessions
from schema.pages import PageInfo
from schema.problems import InvalidForm, Refusal
from schema.scalars import DateTime
from schema.sessions import SignOutResult


@strawberry.type(description="One session of the viewer that goes on. lastSeen: when last renewed; place: the network it was begun from.")
class SessionEntry:
    id = strawberry.field(graphql_type=strawberry.ID, resolver=sessions.id)
    current: bool
    began_at = strawberry.field(graphql_type=DateTime, resolver=sessions.began_at)
    last_seen = strawberry.field(graphql_type=DateTime, resolver=sessions.last_seen)
    expires_at = strawberry.field(graphql_type=DateTime, resolver=sessions.expires_at)
    device: str = strawberry.field(resolver=sessions.device)
    host: str | None = strawberry.field(resolver=sessions.host, description="Of the mini-program, if it was begun in one.")
    place: str | None = strawberry.field(resolver=sessions.place)
    capacity = strawberry.field(graphql_type=CapacityKind, resolver=sessions.capacity)
    capacity_label: str = strawberry.field(resolver=sessions.capacity_label)
    organisation: str | None = strawberry.field(resolver=sessions.organisation)
    assisted: bool = strawberry.field(resolver=sessions.assisted, description="On the device of a helper.")


@strawberry.type(description="One sign-in of the viewer. place: the network it came through.")
class SignIn:
    id: strawberry.ID
    at: DateTime
    assurance: Assurance
    way: SignInWay
    way_text: str = strawberry.field(resolver=sessions.way_text)
    outcome: SignInOutcome
    outcome_text: str = strawberry.field(resolver=sessions.outcome_text)
    device: str = strawberry.field(resolver=sessions.sign_in_device)
    place: str | None = strawberry.field(resolver=sessions.sign_in_place)


@strawberry.type
class SignInEdge:
    cursor: str
    node: SignIn


@strawberry.type
class SignInConnection:
    edges = strawberry.field(graphql_type=list[SignInEdge], resolver=sessions.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=sessions.edges_page_info)


@strawberry.type(
    description="What the viewer signed or shared. by: who did it in their name, masked; null: themselves. agreed: the texts agreed to."
)
class Deed:
    id: strawberry.ID
    at: DateTime
    kind: DeedKind
    text: str = strawberry.field(resolver=deeds.text)
    spoken: str = strawberry.field(resolver=deeds.spoken)
    by: str | None
    agreed = strawberry.field(graphql_type=list[str], resolver=deeds.agreed)
    case_id = strawberry.field(graphql_type=strawberry.ID | None, resolver=deeds.case_id)


@strawberry.type
class DeedEdge:
    cursor: str
    node: Deed


@strawberry.type
class DeedConnection:
    edges = strawberry.field(graphql_type=list[DeedEdge], resolver=deeds.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=deeds.edges_page_info)


@strawberry.type
class SessionsEnded:
    left: list[SessionEntry] = strawberry.field(description="Those that still go on.")

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.SessionsEnded)


SessionsEndedResult = Annotated[SessionsEnded | Refusal | InvalidForm, strawberry.union("SessionsEndedResult")]


@strawberry.type
class OwnQuery:
    my_sessions = strawberry.field(
        graphql_type=list[SessionEntry],
        resolver=sessions.my_sessions,
        description="Those that go on, the newest first. Like the next three, empty to whoever acts for another or on a helper's device.",
    )
    sign_ins = strawberry.field(
        graphql_type=SignInConnection, resolver=sessions.sign_ins, description="Newest first; kept longer than the sessions."
    )
    my_signatures = strawberry.field(
        graphql_type=DeedConnection, resolver=deeds.my_signatures, description="What was signed in the viewer's own matters, newest first."
    )
    my_shares = strawberry.field(
        graphql_type=DeedConnection,
        resolver=deeds.my_shares,
        description="Consents, mandates given, and who was shown a certificate, newest first.",
    )


@strawberry.type
class OwnMutation:
    end_session = strawberry.field(graphql_type=SignOutResult, resolver=sessions.end_session, description="One of the viewer's own.")
    end_other_sessions = strawberry.field(
        graphql_type=SessionsEndedResult, resolver=sessions.end_other_sessions, description="All but this one, in whatever capacity."
    )
