"""What people see and end of their own: the sessions that go on, and every sign-in there was. Nobody else's, and for nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from domain.access.capacities import Capacities, Capacity, oneself
from domain.acting import Acting, CapacityKind
from domain.clock import Now
from domain.errors import NotFound, NotPermitted, Remedy
from domain.sessions.diary import NOTHING, Diary, SignInPage
from domain.sessions.ending import SessionEnds
from domain.sessions.request import Request, read_request
from domain.sessions.session import REMEMBERED, Session
from domain.sessions.stores import Requests, Sessions

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class OwnSession:
    """`capacity`: None for one whose mandate or post has ended; `current`: the one that asks."""

    session: Session
    capacity: Capacity | None
    current: bool


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """`left`: those that still go on."""

    left: Sequence[OwnSession]


@dataclass(frozen=True, slots=True)
class OwnSessionsDesk:
    sessions: Sessions
    requests: Requests
    ends: SessionEnds
    diary: Diary
    capacities: Capacities
    now: Now

    async def mine(self, by: Acting | None) -> Sequence[OwnSession]:
        """The newest first."""
        if by is None or by.person is None or not _as_oneself(by):
            return ()
        held = {capacity.id: capacity for capacity in await self.capacities.of(by)}
        living = [session for session in await self.sessions.of(by.person.id) if session.lives(self.now())]
        return [self._own(session, held, by) for session in living]

    def _own(self, session: Session, held: dict[str, Capacity], by: Acting) -> OwnSession:
        acting = session.acting()
        capacity = oneself(acting) if session.capacity is CapacityKind.SELF else held.get(acting.capacity_id)
        return OwnSession(session, capacity, current=session.id == by.session)

    async def sign_ins(self, by: Acting | None, *, first: int, after: str | None) -> SignInPage:
        if by is None or by.person is None or not _as_oneself(by):
            return NOTHING
        return await self.diary.page(by.person.id, first=max(1, min(first, LARGEST_PAGE)), after=after)

    async def end(self, request_id: str, *, session: str, by: Acting) -> Session:
        """The session, ended now or before. What is another's looks like what is not there."""
        request = read_request(request_id, "endSession", by.session, session)
        owner = _owner(by)
        await self.requests.recall(request)
        found = await self.sessions.theirs(session, owner)
        if found is None:
            raise NotFound("sign-in.no-such-session")
        await self._remember(request, session)
        while found.ended_at is None:
            await self.ends.end(found)
            found = await self.sessions.theirs(session, owner) or found.ended(self.now())
        return found

    async def end_others(self, request_id: str, *, by: Acting) -> SessionsEnded:
        """Once: what was begun since is not meant when the same request comes again."""
        request = read_request(request_id, "endOtherSessions", by.session)
        owner = _owner(by)
        if await self.requests.recall(request) is None:
            await self.ends.end_all(partial(self._others, owner, by.session))
            await self._remember(request, by.session)
        return SessionsEnded(await self.mine(by))

    async def _others(self, owner: str, this: str) -> Sequence[Session]:
        return [session for session in await self.sessions.of(owner) if session.id != this]

    async def _remember(self, request: Request, session: str) -> None:
        await self.requests.remember(request, session=session, until=self.now() + REMEMBERED)


def _as_oneself(by: Acting) -> bool:
    """Not for another, and not on a helper's device, whose owner would read along."""
    return by.capacity is CapacityKind.SELF and by.assisted_by is None


def _owner(by: Acting) -> str:
    if not _as_oneself(by):
        raise NotPermitted("sign-in.only-oneself", remedy=Remedy.NONE)
    return by.known_person().id
