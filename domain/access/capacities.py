"""In which capacities somebody can act: for themselves, under a mandate, for a ward, in a post; and whether that still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.acting import UNLIMITED, Acting, Authority, CapacityKind
from domain.clock import Now
from domain.mandates.mandate import Mandate
from domain.organisations.organisation import Organisation
from domain.organisations.post import Post
from domain.people import Person
from domain.words import Text


class Mandates(Protocol):
    async def one(self, id: str) -> Mandate | None: ...

    async def received(self, delegate: str) -> Sequence[Mandate]:
        """By the id of the person who may act by them, whatever became of them."""
        ...


class Posts(Protocol):
    async def one(self, id: str) -> Post | None: ...

    async def of(self, person: str) -> Sequence[Post]:
        """In force, or waiting to be confirmed."""
        ...


class Wards(Protocol):
    async def of(self, guardian: Person) -> Sequence[Person]:
        """Whom the register names as those whose legal guardian this person is."""
        ...


class Held(Protocol):
    """A session, or who acts in it: what its capacity rests on."""

    @property
    def capacity(self) -> CapacityKind: ...
    @property
    def holder(self) -> Person | None: ...
    @property
    def on_behalf_of(self) -> str | None: ...
    @property
    def mandate(self) -> str | None: ...
    @property
    def post(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Capacity:
    """`on_behalf_of`: None for staff, who act for nobody in particular. A guardian's has neither mandate nor post."""

    id: str
    kind: CapacityKind
    on_behalf_of: Person | None = None
    mandate: Mandate | None = None
    post: Post | None = None
    authority: Authority = UNLIMITED

    @property
    def organisation(self) -> Organisation | None:
        return self.post.organisation if self.post else None

    @property
    def label(self) -> Text:
        if self.post:
            return Text(f"acting-as.{self.kind}", {"organisation": self.post.organisation.name})
        if self.kind is CapacityKind.PROXY and self.on_behalf_of:
            return Text("acting-as.PROXY" if self.mandate else "acting-as.GUARDIAN", {"person": self.on_behalf_of.name})
        return Text("acting-as.SELF")


def under(mandate: Mandate) -> Capacity:
    """The capacity of whoever acts by this mandate."""
    return Capacity(f"capacity-{mandate.id}", CapacityKind.PROXY, mandate.principal, mandate=mandate, authority=mandate.authority)


def guarding(ward: Person) -> Capacity:
    return Capacity(f"capacity-ward-{ward.id}", CapacityKind.PROXY, ward)


def in_post(post: Post) -> Capacity:
    return Capacity(f"capacity-{post.id}", post.kind, post=post, authority=post.authority)


def oneself(acting: Acting) -> Capacity:
    return Capacity(f"capacity-{acting.person.id if acting.person else acting.session}", CapacityKind.SELF, acting.person)


@dataclass(frozen=True, slots=True)
class Capacities:
    """Asked at sign-in, at every look at a session, and again inside every save."""

    mandates: Mandates
    posts: Posts
    wards: Wards
    now: Now

    async def of(self, acting: Acting) -> tuple[Capacity, ...]:
        """All that somebody can act in; only oneself until name and number are checked, and on a helper's device."""
        if acting.person is None or acting.assisted_by:
            return (oneself(acting),)
        posts = [in_post(post) for post in await self.posts.of(acting.person.id) if post.in_force]
        wards = [guarding(ward) for ward in await self.wards.of(acting.person)]
        return (oneself(acting), *posts, *wards, *[under(mandate) for mandate in await self._mandates(acting.person)])

    async def _mandates(self, person: Person) -> Sequence[Mandate]:
        """In force; one that was given in person belongs to the organisation's work, and is no capacity."""
        received = await self.mandates.received(person.id)
        return [mandate for mandate in received if mandate.in_force(self.now()) and not mandate.in_person]

    async def find(self, id: str, *, by: Acting) -> Capacity | None:
        return next((capacity for capacity in await self.of(by) if capacity.id == id), None)

    async def authority(self, held: Held) -> Authority | None:
        """How far that capacity goes now; None: it has ended."""
        if held.capacity is CapacityKind.SELF:
            return UNLIMITED
        if held.mandate:
            return await self._of_mandate(held.mandate, held)
        if held.post:
            return await self._of_post(held.post, held)
        return await self._of_guardian(held)

    async def _of_mandate(self, id: str, held: Held) -> Authority | None:
        mandate = await self.mandates.one(id)
        theirs = mandate and held.holder and mandate.delegate.id == held.holder.id
        return mandate.authority if mandate and theirs and mandate.in_force(self.now()) else None

    async def _of_post(self, id: str, held: Held) -> Authority | None:
        post = await self.posts.one(id)
        theirs = post and held.holder and post.person.id == held.holder.id
        return post.authority if post and theirs and post.in_force else None

    async def _of_guardian(self, held: Held) -> Authority | None:
        wards = await self.wards.of(held.holder) if held.holder else ()
        return UNLIMITED if held.on_behalf_of in {ward.id for ward in wards} else None
