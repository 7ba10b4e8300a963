"""Organisations: who works in one, whom it helps, and what its people may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import strawberry
from strawberry import ID, UNSET, Parent

from domain.access.capacities import Capacity, in_post
from domain.acting import CapacityKind
from domain.catalogue.offered import OfferedItem
from domain.identifiers import DocumentKind
from domain.organisations.appointing import Appointing
from domain.organisations.client import Helped, HelpedPage, Sought, cursor_of
from domain.organisations.client_desk import sought_by
from domain.organisations.post import Post
from domain.organisations.stores import PostPage
from domain.people import Person
from resolvers.context import Info
from resolvers.pages import PageInfo, page_info
from resolvers.people import Unmasked
from resolvers.typed import Typed, is_given


@strawberry.input(description="name: as it stands on the document. itemCodes: the services they are certified for; none: all.")
class AppointMemberInput:
    name: str
    document_kind: DocumentKind
    document_number: str
    kind: CapacityKind
    item_codes: list[str] = strawberry.field(default_factory=list)

    def appointing(self) -> Appointing:
        return Appointing(self.name, self.document_kind, self.document_number, self.kind, tuple(self.item_codes))


@strawberry.input(description="Exactly one of them; found is who has exactly that whole name, surname or birth date.")
class ClientSearchInput:
    name: str | None = UNSET
    surname: str | None = UNSET
    birth_date: str | None = UNSET

    def sought(self, today: date) -> Sought:
        """Raises InvalidForm."""
        typed = Typed(today, ("search",))
        born = typed.day(self.birth_date, "birthDate") if is_given(self.birth_date) else None
        typed.judge()
        return sought_by(name=self.name or "", surname=self.surname or "", birth_date=born)


@dataclass(frozen=True, slots=True)
class PostEdge:
    cursor: str
    node: Post


@dataclass(frozen=True, slots=True)
class ClientEdge:
    cursor: str
    node: Helped


# ---------------------------------------------------------------- posts


async def appoint_member(info: Info, request_id: ID, input: AppointMemberInput) -> Post:
    return await info.context.desks.posts.appoint(request_id, input.appointing(), by=info.context.must_act())


async def confirm_post(info: Info, request_id: ID, post_id: ID) -> Post:
    return await info.context.desks.posts.confirm(request_id, post_id, by=info.context.must_act())


async def decline_post(info: Info, request_id: ID, post_id: ID) -> Post:
    return await info.context.desks.posts.decline(request_id, post_id, by=info.context.must_act())


async def end_post(info: Info, request_id: ID, post_id: ID) -> Post:
    return await info.context.desks.posts.end(request_id, post_id, by=info.context.must_act())


async def my_posts(info: Info) -> Sequence[Post]:
    return await info.context.desks.posts.mine(info.context.acting) if info.context.acting else ()


async def posts(info: Info, first: int = 20, after: str | None = None) -> PostPage:
    return await info.context.desks.posts.page(first=first, after=after, by=info.context.acting)


def post_edges(page: Parent[PostPage]) -> Sequence[PostEdge]:
    return [PostEdge(post.id, post) for post in page.posts]


def post_page_info(page: Parent[PostPage]) -> PageInfo:
    return page_info([post.id for post in page.posts], more=page.more, later=page.later)


def post_person(post: Parent[Post]) -> Person | None:
    """By the name that the supervisor wrote: only they and the person themselves are shown a post."""
    return Unmasked.of(post.person)


def post_kind_text(post: Parent[Post], info: Info) -> str:
    return info.context.say(f"post.kind.{post.kind}")


def post_status_text(post: Parent[Post], info: Info) -> str:
    return info.context.say(f"post.status.{post.status}")


def post_items(post: Parent[Post], info: Info) -> Sequence[OfferedItem]:
    """Those that the region still offers."""
    found = (info.context.catalogues.item(f"item-{post.organisation.region}-{code}") for code in post.items)
    return [item for item in found if item]


def post_capacity(post: Parent[Post], info: Info) -> Capacity | None:
    acting = info.context.acting
    theirs = acting and acting.person and acting.person.id == post.person.id
    return in_post(post) if theirs and post.in_force else None


# ---------------------------------------------------------------- clients


async def clients(info: Info, search: ClientSearchInput | None = None, first: int = 20, after: str | None = None) -> HelpedPage:
    by = info.context.must_act()
    sought = search.sought(info.context.today) if search else None
    return await info.context.desks.clients.page(sought, first=first, after=after, by=by)


def client_edges(page: Parent[HelpedPage]) -> Sequence[ClientEdge]:
    return [ClientEdge(cursor_of(helped.client), helped) for helped in page.clients]


def client_page_info(page: Parent[HelpedPage]) -> PageInfo:
    return page_info([cursor_of(helped.client) for helped in page.clients], more=page.more, later=page.later)


def client_person(helped: Parent[Helped]) -> Person | None:
    """By their whole name: whoever helps them knows it."""
    return Unmasked.of(helped.client.person)


def client_needs(helped: Parent[Helped], info: Info) -> str:
    return info.context.say(helped.needs)


def client_needs_spoken(helped: Parent[Helped], info: Info) -> str:
    return info.context.speak(helped.needs)
