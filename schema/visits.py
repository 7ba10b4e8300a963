"""Home visits by appointment: as the person and the organisation see them."""

from typing import Annotated

import strawberry

from domain.visits import visit
from resolvers import visits as resolvers
from schema.pages import PageInfo
from schema.people import Organisation, Person
from schema.problems import InvalidForm, Refusal
from schema.scalars import DateTime

strawberry.enum(visit.VisitStatus, description="TAKEN: the visitor is named.")


@strawberry.type(description="Who comes, by their full name, and as what.")
class Visitor:
    name: str = strawberry.field(resolver=resolvers.visitor_name)
    post: str = strawberry.field(resolver=resolvers.visitor_post)


@strawberry.type(description="assistedBy: on whose device the person themselves acted at the visit.")
class Visit:
    id: strawberry.ID
    person = strawberry.field(graphql_type=Person, resolver=resolvers.person)
    organisation = strawberry.field(graphql_type=Organisation | None, resolver=resolvers.organisation)
    status: visit.VisitStatus
    status_text: str = strawberry.field(resolver=resolvers.status_text)
    from_: DateTime = strawberry.field(name="from")
    to: DateTime
    reason: visit.VisitReason
    reason_text: str = strawberry.field(resolver=resolvers.reason_text)
    address: str
    division: str | None
    note: str
    visitor: Visitor | None
    assisted_by = strawberry.field(graphql_type=Visitor | None, resolver=resolvers.assisted_by)
    booked_at: DateTime
    ended_at: DateTime | None
    why: str = strawberry.field(description="Why it was cancelled.")

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, visit.Visit)


@strawberry.type
class VisitEdge:
    cursor: str
    node: Visit


@strawberry.type
class VisitConnection:
    edges = strawberry.field(graphql_type=list[VisitEdge], resolver=resolvers.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.visit_page_info)


VisitResult = Annotated[Visit | Refusal | InvalidForm, strawberry.union("VisitResult")]


@strawberry.type
class VisitQuery:
    visits = strawberry.field(
        graphql_type=VisitConnection,
        resolver=resolvers.visits,
        description="The person's own; to an organisation's people all of its visits. The latest first.",
    )


@strawberry.type
class VisitMutation:
    book_visit = strawberry.field(graphql_type=VisitResult, resolver=resolvers.book, description="One open visit of a person at a time.")
    take_visit = strawberry.field(graphql_type=VisitResult, resolver=resolvers.take, description="By who will come.")
    complete_visit = strawberry.field(
        graphql_type=VisitResult,
        resolver=resolvers.complete,
        description="By the visitor; or by the person themselves, in an assisted session on the visitor's device.",
    )
    cancel_visit = strawberry.field(graphql_type=VisitResult, resolver=resolvers.cancel, description="By either side.")
