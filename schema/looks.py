"""Who looked at somebody's data, as its owner reads it."""

import strawberry

from domain.acting import CapacityKind
from resolvers import looks as resolvers
from resolvers.scalars import DateTime
from schema.pages import PageInfo
from schema.people import Organisation


@strawberry.type(description="One look at the viewer's data by somebody else.")
class Access:
    id = strawberry.field(graphql_type=strawberry.ID, resolver=resolvers.id)
    at = strawberry.field(graphql_type=DateTime, resolver=resolvers.at)
    by: str = strawberry.field(resolver=resolvers.by, description="The name of whoever looked.")
    capacity = strawberry.field(graphql_type=CapacityKind, resolver=resolvers.capacity)
    organisation = strawberry.field(
        graphql_type=Organisation | None, resolver=resolvers.organisation, description="As it was called then; null for a relative."
    )
    purpose: str = strawberry.field(resolver=resolvers.purpose, description="What for, in plain words.")
    text: str = strawberry.field(resolver=resolvers.text, description="All of it in one sentence.")
    spoken: str = strawberry.field(resolver=resolvers.spoken)
    case_number: str | None = strawberry.field(resolver=resolvers.case_number)
    place: str | None = strawberry.field(resolver=resolvers.place, description="The network it came through: 121.31.*.*")


@strawberry.type
class AccessEdge:
    cursor: str
    node: Access


@strawberry.type
class AccessConnection:
    edges = strawberry.field(graphql_type=list[AccessEdge], resolver=resolvers.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.edges_page_info)


@strawberry.type
class LookQuery:
    access_log = strawberry.field(
        graphql_type=AccessConnection,
        resolver=resolvers.access_log,
        description="Who looked at the viewer's own data, newest first; empty to whoever acts for another.",
    )
