"""Mandates, posts and wards in the process alone, for tests of desks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.access.capacities import Capacities
from domain.acting import Acting, Assurance, CapacityKind
from domain.clock import Now
from domain.mandates.actions import MandateAction
from domain.mandates.mandate import Mandate, MandateScope
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.post import Post, PostStatus
from domain.people import Person
from domain.words import Words
from tests.cases import MONDAY, ZHANG, somebody


@dataclass
class Shelf:
    """By id. `reads`: how often something was asked."""

    mandates: dict[str, Mandate] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    wards: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    reads: int = 0


@dataclass
class MemoryMandates:
    shelf: Shelf

    async def one(self, id: str) -> Mandate | None:
        self.shelf.reads += 1
        return self.shelf.mandates.get(id)

    async def received(self, delegate: str) -> Sequence[Mandate]:
        return [mandate for mandate in self.shelf.mandates.values() if mandate.delegate.id == delegate]


@dataclass
class MemoryPosts:
    shelf: Shelf

    async def one(self, id: str) -> Post | None:
        self.shelf.reads += 1
        return self.shelf.posts.get(id)

    async def of(self, person: str) -> Sequence[Post]:
        return [post for post in self.shelf.posts.values() if post.person.id == person]


@dataclass
class MemoryWards:
    shelf: Shelf

    async def of(self, guardian: Person) -> Sequence[Person]:
        return self.shelf.wards.get(guardian.id, ())


def capacities(shelf: Shelf | None = None, *, now: Now = lambda: MONDAY) -> Capacities:
    shelf = shelf or Shelf()
    return Capacities(MemoryMandates(shelf), MemoryPosts(shelf), MemoryWards(shelf), now)


DAUGHTER = somebody("person-da8k2m4n6p8q", "张小满")
ALL_ACTIONS = frozenset(MandateAction)
STATION = Organisation(
    "org-guangxi-station", OrganisationKind.COMMUNITY, Words("甲社区帮扶站", "甲社區幫扶站", "Station A"), region="guangxi"
)


def a_mandate(
    *,
    id: str = "mandate-1",
    principal: Person = ZHANG,
    delegate: Person = DAUGHTER,
    items: Sequence[str] = (),
    case: str | None = None,
    actions: frozenset[MandateAction] = ALL_ACTIONS,
    accepted: bool = True,
    **terms: object,
) -> Mandate:
    """In force; for all the services of the tests' region unless it says for which."""
    first = date(2026, 11, 20)
    scope = MandateScope(items=tuple(items), case=case)
    return Mandate(
        id,
        principal,
        delegate,
        scope,
        actions,
        first,
        first + timedelta(days=90),
        granted_at=MONDAY - timedelta(days=3),
        accepted_at=MONDAY - timedelta(days=2) if accepted else None,
        **terms,  # type: ignore[arg-type]
    )


def under(mandate: Mandate, *, session: str = "session-proxy") -> Acting:
    """A session that acts by it."""
    return Acting(
        session=session,
        assurance=Assurance.L3,
        proved_at=MONDAY,
        person=mandate.delegate,
        capacity=CapacityKind.PROXY,
        on_behalf_of=mandate.principal.id,
        mandate=mandate.id,
        authority=mandate.authority,
    )


def a_post(person: Person, *, id: str = "post-1", organisation: Organisation = STATION, kind: CapacityKind = CapacityKind.HELPER) -> Post:
    return Post(id, person, organisation, kind, MONDAY - timedelta(days=30), status=PostStatus.ACTIVE)


def at_post(post: Post, *, session: str = "session-post") -> Acting:
    """A session of whoever holds the post, acting in it."""
    oneself = Acting(session=session, assurance=Assurance.L3, proved_at=MONDAY, person=post.person, capacity=post.kind)
    return replace(oneself, organisation=post.organisation.id, post=post.id, authority=post.authority)
