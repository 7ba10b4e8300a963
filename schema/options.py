"""Long lists as the contract shows them."""

import strawberry

from resolvers import options as resolvers
from schema.forms import Option
from schema.pages import PageInfo


@strawberry.type
class OptionEdge:
    cursor: str
    node: Option


@strawberry.type
class OptionConnection:
    edges = strawberry.field(graphql_type=list[OptionEdge], resolver=resolvers.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.options_page_info)


@strawberry.type
class OptionQuery:
    options = strawberry.field(
        graphql_type=OptionConnection,
        resolver=resolvers.options,
        description="Long lists, level by level or by what is typed: 'divisions' by code; an unknown list or parent has none.",
    )
