"""Who works in an organisation and whom it helps, as far as its supervisor and its people are told."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.acting import CapacityKind
from domain.organisations import client, post
from resolvers import organisations as resolvers
from schema.cases import Case
from schema.catalogue import ServiceItem
from schema.pages import PageInfo
from schema.people import Organisation, Person
from schema.problems import InvalidForm, Refusal
from schema.scalars import Date, DateTime

if TYPE_CHECKING:
    from schema.sessions import Capacity

strawberry.enum(post.PostStatus, description="PENDING until the person confirms.")


@strawberry.type(description="What one person is in one organisation. items: what they are certified for; empty: all.")
class Post:
    id: strawberry.ID
    person = strawberry.field(graphql_type=Person, resolver=resolvers.post_person)
    organisation: Organisation
    kind: CapacityKind
    kind_text: str = strawberry.field(resolver=resolvers.post_kind_text)
    status: post.PostStatus
    status_text: str = strawberry.field(resolver=resolvers.post_status_text)
    items = strawberry.field(graphql_type=list[ServiceItem], resolver=resolvers.post_items)
    appointed_at: DateTime
    confirmed_at: DateTime | None
    ended_at: DateTime | None
    capacity = strawberry.field(
        graphql_type=Annotated["Capacity", strawberry.lazy("schema.sessions")] | None,
        resolver=resolvers.post_capacity,
        description="For actAs; only its holder's, while it is in force.",
    )

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, post.Post)


@strawberry.type
class PostEdge:
    cursor: str
    node: Post


@strawberry.type
class PostConnection:
    edges = strawberry.field(graphql_type=list[PostEdge], resolver=resolvers.post_edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.post_page_info)


@strawberry.type(
    description="Somebody whom the organisation helps. cases: filed through it, newest first; needs: what is to be done for them."
)
class Client:
    id = strawberry.field(graphql_type=strawberry.ID, resolver=lambda self: self.client.id)
    person = strawberry.field(graphql_type=Person, resolver=resolvers.client_person)
    birth_date: Date | None = strawberry.field(resolver=lambda self: self.client.birth_date)
    added_at: DateTime = strawberry.field(resolver=lambda self: self.client.added_at)
    seen_at: DateTime = strawberry.field(resolver=lambda self: self.client.seen_at)
    needs: str = strawberry.field(resolver=resolvers.client_needs)
    needs_spoken: str = strawberry.field(resolver=resolvers.client_needs_spoken)
    cases: list[Case]


@strawberry.type
class ClientEdge:
    cursor: str
    node: Client


@strawberry.type
class ClientConnection:
    edges = strawberry.field(graphql_type=list[ClientEdge], resolver=resolvers.client_edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.client_page_info)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, client.HelpedPage)


PostResult = Annotated[Post | Refusal | InvalidForm, strawberry.union("PostResult")]
ClientsResult = Annotated[ClientConnection | Refusal | InvalidForm, strawberry.union("ClientsResult")]


@strawberry.type
class OrganisationQuery:
    my_posts = strawberry.field(
        graphql_type=list[Post], resolver=resolvers.my_posts, description="The person's own, in force or waiting for their answer."
    )
    posts = strawberry.field(
        graphql_type=PostConnection,
        resolver=resolvers.posts,
        description="Of the organisation whose supervisor the session is; newest first.",
    )
    clients = strawberry.field(
        graphql_type=ClientsResult,
        resolver=resolvers.clients,
        description="Whom the session's organisation helps. Without a search all of them, first those who wait for their side.",
    )


@strawberry.type
class OrganisationMutation:
    appoint_member = strawberry.field(
        graphql_type=PostResult,
        resolver=resolvers.appoint_member,
        description="By the supervisor, with a recent proof (L3). The answer is the same whether or not anybody here knows the person.",
    )
    confirm_post = strawberry.field(
        graphql_type=PostResult, resolver=resolvers.confirm_post, description="By the person, as themselves, with a recent proof (L3)."
    )
    decline_post = strawberry.field(graphql_type=PostResult, resolver=resolvers.decline_post)
    end_post = strawberry.field(
        graphql_type=PostResult,
        resolver=resolvers.end_post,
        description="By the supervisor or the person; their sessions in it end at once.",
    )
