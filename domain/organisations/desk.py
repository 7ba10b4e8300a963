"""Posts: given by an organisation's supervisor, confirmed by whom they name, ended by either. What was filed there stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from domain.acting import Acting, Assurance, CapacityKind
from domain.catalogue.store import Catalogues
from domain.catalogue.types import ServiceItem
from domain.clock import Now, day_in_china
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted, Remedy
from domain.keeping.retention import years_later
from domain.organisations.appointing import (
    Appointing,
    appointed,
    confirmed,
    declined,
    ended,
    refuse_unless_given_there,
    slips_in,
    supervising,
)
from domain.organisations.client import Keyed
from domain.organisations.organisation import Enterprise, Organisation
from domain.organisations.post import Mark, Post
from domain.organisations.stores import Organisations, Persons, PostPage, Posts
from domain.people import Person
from domain.requests import checked_request_id

LARGEST_PAGE = 50
TRIES = 5


class Decision(Protocol):
    def __call__(self, post: Post) -> Post: ...


@dataclass(frozen=True, slots=True)
class PostDesk:
    """`random`: twenty characters that nobody can guess."""

    posts: Posts
    organisations: Organisations
    persons: Persons
    catalogues: Catalogues
    keyed: Keyed
    random: Callable[[], str]
    now: Now

    # ---------------------------------------------------------------- reading

    async def mine(self, by: Acting) -> Sequence[Post]:
        """Those that wait for an answer too."""
        return await self.posts.of(by.person.id) if by.person and by.capacity is CapacityKind.SELF else ()

    async def page(self, *, first: int, after: str | None, by: Acting | None) -> PostPage:
        """All of the organisation, for its supervisor; empty for anybody else."""
        if by is None or by.capacity is not CapacityKind.SUPERVISOR or by.organisation is None:
            return PostPage((), more=False, later=False)
        return await self.posts.page(by.organisation, first=max(1, min(first, LARGEST_PAGE)), after=after)

    # ---------------------------------------------------------------- appointing

    async def appoint(self, request_id: str, appointing: Appointing, *, by: Acting) -> Post:
        """The answer is the same whether or not anybody here knows the person."""
        organisation = await self._supervised(by)
        asked, person = appointing.plain, by.known_person().id
        mark = self._mark(request_id, "appointMember", str(asked), by=by)
        if earlier := await self._made_before(mark, organisation):
            return earlier
        self._require_recent_proof(by)
        refuse_unless_given_there(asked.kind, organisation)
        self._judge(asked, organisation)
        member = await self.persons.met(asked.document_kind, asked.document_number, name="")  # the one that is written is the post's alone
        post = appointed(member, organisation, asked, by=person, at=self.now(), random=self.random()).marked(mark)
        if await self.posts.add(post):
            return post
        if earlier := await self._made_before(mark, organisation):
            return earlier
        raise Conflict("post.stands-already", remedy=Remedy.NONE)

    async def _supervised(self, by: Acting) -> Organisation:
        held = by.organisation if by.capacity is CapacityKind.SUPERVISOR else None
        organisation = await self.organisations.one(held) if held else None
        if organisation is None:
            raise NotPermitted("post.for-supervisors")
        await self._must_hold(by)
        return organisation

    async def _must_hold(self, by: Acting) -> None:
        """A session is up to three seconds old; the post in which it acts may have ended since. Raises NotPermitted."""
        post = await self.posts.one(by.post, person=by.known_person().id) if by.post else None
        if post is None or not post.in_force:
            raise NotPermitted("refusal.capacity-ended")

    async def _made_before(self, mark: Mark, organisation: Organisation) -> Post | None:
        earlier = await self.posts.made_by(mark, organisation=organisation.id)
        return earlier if earlier and earlier.has_seen(mark) else None

    def _judge(self, asked: Appointing, organisation: Organisation) -> None:
        slips = list(slips_in(asked, organisation, self._items(organisation), today=day_in_china(self.now())))
        if slips:
            raise InvalidForm(slips)

    def _items(self, organisation: Organisation) -> Mapping[str, ServiceItem]:
        return self.catalogues.in_force(organisation.region).items if organisation.region else {}

    # ---------------------------------------------------------------- what becomes of it

    async def confirm(self, request_id: str, id: str, *, by: Acting) -> Post:
        mark = self._mark(request_id, "confirmPost", id, by=by)
        self._require_oneself(by)

        def decide(post: Post) -> Post:
            self._require_recent_proof(by)
            return confirmed(post, by=by, at=self.now())

        return await self._change(id, mark, decide, person=mark.person)

    async def decline(self, request_id: str, id: str, *, by: Acting) -> Post:
        mark = self._mark(request_id, "declinePost", id, by=by)
        self._require_oneself(by)
        return await self._change(id, mark, lambda post: self._over(declined(post, by=by, at=self.now())), person=mark.person)

    async def end(self, request_id: str, id: str, *, by: Acting) -> Post:
        """By the organisation's supervisor, or by whose post it is."""
        mark = self._mark(request_id, "endPost", id, by=by)
        supervised = by.organisation if by.capacity is CapacityKind.SUPERVISOR else None
        person = None if supervised else mark.person
        if supervised:
            await self._must_hold(by)

        def decide(post: Post) -> Post:
            return self._over(ended(post, by=by, at=self.now()))

        return await self._change(id, mark, decide, person=person, organisation=supervised)

    def _over(self, post: Post) -> Post:
        now = self.now()
        return replace(post, forget_at=years_later(now, self.catalogues.law(None, day_in_china(now)).figure("kept-posts-years").number))

    async def _change(self, id: str, mark: Mark, decide: Decision, *, person: str | None = None, organisation: str | None = None) -> Post:
        """Decides again on the fresh post whenever somebody else was faster."""
        for _ in range(TRIES):
            post = await self.posts.one(id, person=person, organisation=organisation)
            if post is None:
                raise NotFound("post.not-found")
            if post.has_seen(mark):
                return post
            after = decide(post).marked(mark)
            if await self.posts.save(after):
                return replace(after, version=post.version + 1)
        raise Conflict("post.busy", remedy=Remedy.RETRY, retry_after_seconds=1)

    # ---------------------------------------------------------------- first supervisors

    async def supervise(self, organisation: Organisation, person: Person) -> Post:
        """In force at once; again, it changes nothing."""
        held = await self.posts.of(person.id)
        there = (post for post in held if post.organisation.id == organisation.id and post.kind is CapacityKind.SUPERVISOR)
        return next(there, None) or await self._supervising(organisation, person)

    async def _supervising(self, organisation: Organisation, person: Person) -> Post:
        post = supervising(person, organisation, at=self.now(), random=self.random())
        return post if await self.posts.add(post) else await self.supervise(organisation, person)

    async def represent(self, enterprise: Enterprise, person: Person) -> Post:
        """Somebody signed in with the legal account of an enterprise: they appoint who acts for it."""
        return await self.supervise(await self.organisations.enterprise(enterprise), person)

    # ---------------------------------------------------------------- what they share

    def _mark(self, request_id: str, verb: str, *asked: str, by: Acting) -> Mark:
        fingerprint = self.keyed.fingerprint("\x00".join((verb, *asked)), purpose="request")
        return Mark(by.known_person().id, checked_request_id(request_id), fingerprint)

    def _require_oneself(self, by: Acting) -> None:
        if by.capacity is not CapacityKind.SELF:
            raise NotPermitted("post.answer-as-yourself")
        if by.assisted_by:
            raise NotPermitted("post.answer-on-your-own-device")

    def _require_recent_proof(self, by: Acting) -> None:
        now = self.now()
        minutes = self.catalogues.law(None, day_in_china(now)).figure("assurance-minutes").number
        by.require(Assurance.L3, within=timedelta(minutes=minutes), now=now)
