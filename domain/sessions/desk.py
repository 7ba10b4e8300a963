"""Signing in, staying signed in, signing out. What may happen is decided in session.py and attempt.py; here is the I/O around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from domain.access.capacities import Capacities, Capacity
from domain.acting import SOMEWHERE, Acting, Assurance, CapacityKind, Origin
from domain.clock import Now
from domain.errors import AssuranceTooLow, Conflict, NotFound, NotPermitted, Refusal, Remedy, StepUp
from domain.people import Person
from domain.ports import MiniProgramLogin
from domain.sessions.account import Account, account_behind
from domain.sessions.attempt import TICKET_LIVES, Ticket, check_verifier, digest, ticket_gone
from domain.sessions.diary import Diary, SignInEntry, SignInWay, Visit
from domain.sessions.ending import Guard
from domain.sessions.refresh import RefreshTokens
from domain.sessions.request import Request, read_request
from domain.sessions.session import REMEMBERED, Linked, Proof, Session, SignedIn, must_be_same, over
from domain.sessions.stores import AccessTokens, Links, Requests, Sessions, Tickets

TRIES = 5


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """`changed` hears of every session that was saved; `new_id` makes session ids; `recent`: how fresh L3 must be to link."""

    sessions: Sessions
    requests: Requests
    tickets: Tickets
    links: Links
    mini_program: MiniProgramLogin
    access: AccessTokens
    refresh_tokens: RefreshTokens
    capacities: Capacities
    guard: Guard
    diary: Diary
    now: Now
    new_id: Callable[[], str]
    changed: Callable[[str], None]
    recent: Callable[[], timedelta]
    lives: timedelta = timedelta(days=30)

    async def sign_in(self, request_id: str, *, ticket: str, verifier: str, by: Acting | None, origin: Origin = SOMEWHERE) -> SignedIn:
        """A new session, or the caller's own raised to what the ticket proves."""
        request = read_request(request_id, "signIn", ticket, verifier)
        check_verifier(verifier)
        found = await self._good_ticket(request, ticket, verifier)
        if by:
            must_be_same(by.person, found.proof.person)
            await self._living(by)
        session = await self._once(request, by.session if by else self.new_id(), as_long_as=REMEMBERED + TICKET_LIVES)
        try:
            if not await self.tickets.redeem(found, by=request.id):
                raise ticket_gone()
            visit = Visit(request, SignInWay.IDENTITY_PLATFORM, origin, self.now(), raises=by is not None)
            return await self._given(await self._begun_or_raised(session, found.proof, origin), visit)
        except Refusal:
            await self.requests.forget(request)
            raise

    async def sign_in_with_mini_program(self, request_id: str, *, host: str, code: str, origin: Origin = SOMEWHERE) -> SignedIn:
        request = read_request(request_id, "signInWithMiniProgram", host, code)
        earlier = await self.requests.recall(request)
        session = await self.sessions.one(earlier) if earlier else None
        if session is None:
            session = await self._begun_with(await account_behind(code, host=host, login=self.mini_program), request, origin)
        return await self._given(session, Visit(request, SignInWay.MINI_PROGRAM, origin, self.now()))

    async def link_mini_program(self, request_id: str, *, host: str, code: str, by: Acting) -> Linked:
        """Whoever holds that account is this person from now on, at L2."""
        if by.assisted_by:
            raise NotPermitted("sign-in.not-on-anothers-device", remedy=Remedy.NONE)
        by.require(Assurance.L3, within=self.recent(), now=self.now())
        request = read_request(request_id, "linkMiniProgram", by.session, host, code)
        if await self.requests.recall(request) is None:
            await self._living(by)
            account = await account_behind(code, host=host, login=self.mini_program)
            await self.links.put(account, by.known_person(), at=self.now())
            await self._once(request, by.session)
        return Linked(host)

    async def refresh(self, request_id: str, *, token: str) -> SignedIn:
        request = read_request(request_id, "refreshSession", token)
        session, generation = self._read(token)
        decide = partial(Session.refreshed, generation=generation, by=request.id, now=self.now(), lives=self.lives)
        return await self._given(await self._change(session, decide, request))

    async def act_as(self, request_id: str, *, capacity: str, by: Acting) -> SignedIn:
        """A session of its own, as well proved as the caller's; that one goes on."""
        request = read_request(request_id, "actAs", by.session, capacity)
        living = await self._living(by)
        found = None if living.assisted_by else await self.capacities.find(capacity, by=by)
        if found is None:
            raise NotFound("sign-in.no-such-capacity")
        if found.post and not living.proof.assurance.reaches(Assurance.L3):
            raise AssuranceTooLow("refusal.post-needs-l3", step_up=StepUp(Assurance.L3, int(self.lives.total_seconds())))
        session = self._new(await self._once(request, self.new_id()), living.proof, by.origin, living.account)
        return await self._given(await self.sessions.add(_in_capacity(session, found)))

    async def begin_assisted(self, session: str, *, person: Person, by: Acting, lives: timedelta) -> SignedIn:
        """For a person before a helper or clerk, who act themselves on that device. It cannot be made to live longer."""
        now, request = self.now(), read_request(session, "beginAssistedSession", session)
        proof = Proof(Assurance.L4, now, person)
        fresh = self._new(session, proof, by.origin)
        kept = await self.sessions.add(replace(fresh, expires_at=now + lives, assisted_by=by.known_person().id))
        return await self._given(kept, Visit(request, SignInWay.IN_PERSON, by.origin, now))

    async def assisted(self, session: str) -> SignedIn | None:
        """One begun before, whose answer was lost."""
        found = await self.sessions.one(session)
        return await self._given(found) if found and found.assisted_by else None

    async def sign_out(self, request_id: str, *, refresh_token: str | None, by: Acting | None) -> Session:
        """The session, ended now or before."""
        session = by.session if by else self._read(refresh_token or "")[0]
        request = read_request(request_id, "signOut", session)
        await self.requests.recall(request)
        return await self._change(session, partial(Session.ended, now=self.now()), request)

    # ---------------------------------------------------------------- what they share

    async def _living(self, by: Acting) -> Session:
        """The caller's session as it is now, for what outlasts it: who acts may be known from up to five seconds ago."""
        found = await self.sessions.one(by.session)
        if found is None:
            raise over()
        found.must_live(self.now())
        return found

    async def _good_ticket(self, request: Request, ticket: str, verifier: str) -> Ticket:
        found = await self.tickets.one(digest(ticket))
        if found is None:
            raise ticket_gone()
        found.must_be_good(request=request.id, verifier=verifier, now=self.now())
        return found

    async def _begun_with(self, account: Account, request: Request, origin: Origin) -> Session:
        person = await self.links.person_of(account)
        proof = Proof(Assurance.L2 if person else Assurance.L1, self.now(), person)
        session = await self._once(request, self.new_id())
        return await self.sessions.add(self._new(session, proof, origin, account))

    async def _begun_or_raised(self, session: str, proof: Proof, origin: Origin) -> Session:
        if await self.sessions.one(session) is None:
            return await self.sessions.add(self._new(session, proof, origin))
        return await self._change(session, partial(Session.raised, proof=proof, now=self.now()))

    def _new(self, session: str, proof: Proof, origin: Origin, account: Account | None = None) -> Session:
        now = self.now()
        return Session(session, proof, began_at=now, expires_at=now + self.lives, account=account, origin=origin)

    def _read(self, refresh_token: str) -> tuple[str, int]:
        read = self.refresh_tokens.read(refresh_token)
        if read is None:
            raise over()
        return read

    async def _once(self, request: Request, session: str, *, as_long_as: timedelta = REMEMBERED) -> str:
        """The session that this request is about: this one, or the one of the first time it came."""
        return await self.requests.remember(request, session=session, until=self.now() + as_long_as)

    async def _change(self, session: str, decide: Callable[[Session], Session], request: Request | None = None) -> Session:
        """Decides again on the fresh session whenever somebody else was faster."""
        for _ in range(TRIES):
            before = await self.sessions.one(session)
            if before is None:
                raise over()
            after = decide(before)
            if after == before or await self._saved(after, request):
                return after
        raise Conflict("sign-in.busy", remedy=Remedy.RETRY, retry_after_seconds=1)

    async def _saved(self, session: Session, request: Request | None) -> bool:
        """Noted under its request first: a second go finds either the note or the change."""
        if request:
            await self._once(request, session.id)
        saved = await self.sessions.save(session)
        self.changed(session.id)
        return saved

    async def _given(self, session: Session, visit: Visit | None = None) -> SignedIn:
        """What lets somebody act, once the identity platform and their capacity allow it, and the sign-in is written down."""
        now = self.now()
        session.must_live(now)
        await self._allowed(session, visit)
        if await self.capacities.authority(session) is None:
            raise over(session)
        await self._note(visit.entry(session) if visit else None)
        refresh_token = self.refresh_tokens.write(session.id, session.generation)
        return SignedIn(session, self.access.issue(session.id, now=now), refresh_token, self.access.lives)

    async def _allowed(self, session: Session, visit: Visit | None) -> None:
        try:
            await self.guard.let_in(session)
        except NotPermitted:
            await self._note(visit.entry(session, refused=True) if visit else None)
            raise

    async def _note(self, entry: SignInEntry | None) -> None:
        if entry:
            await self.diary.note(entry)


def _in_capacity(session: Session, capacity: Capacity) -> Session:
    """Ids alone: how far it goes is asked again whenever the session is looked at."""
    behalf = capacity.on_behalf_of if capacity.kind is CapacityKind.PROXY else None
    return replace(
        session,
        capacity=capacity.kind,
        on_behalf_of=behalf.id if behalf else None,
        mandate=capacity.mandate.id if capacity.mandate else None,
        organisation=capacity.organisation.id if capacity.organisation else None,
        post=capacity.post.id if capacity.post else None,
    )
