"""Who acts, asked at every request: the token is checked each time, its session read again at the latest after three seconds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.access.capacities import Capacities
from domain.acting import Acting
from domain.clock import Now
from domain.sessions.session import Session
from domain.sessions.stores import AccessTokens, Sessions

SEEN_FOR = timedelta(seconds=3)
"""A socket asks every two seconds, so that it closes within five seconds of its session's end."""
MOST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class _Seen:
    token: str
    at: datetime
    acting: Acting | None


@dataclass(frozen=True, slots=True)
class LiveSessions:
    """A new token has its session read anew, so that a step-up counts at once, in whichever process it is first shown.

    A session whose capacity has ended (a mandate revoked, a post given up) is nobody's any more.
    """

    sessions: Sessions
    access: AccessTokens
    capacities: Capacities
    now: Now
    _seen: dict[str, _Seen] = field(default_factory=dict)

    async def acting_of(self, token: str) -> Acting | None:
        claims = self.access.read(token, now=self.now())
        return await self._acting(claims.session, token=claims.id) if claims else None

    async def acting_in(self, session: str) -> Acting | None:
        """For a socket, which lives as long as its session and not as its token."""
        return await self._acting(session)

    def forget(self, session: str) -> None:
        self._seen.pop(session, None)

    async def _acting(self, session: str, token: str | None = None) -> Acting | None:
        now, seen = self.now(), self._seen.get(session)
        if seen and now - seen.at < SEEN_FOR and token in {None, seen.token}:
            return seen.acting
        found = await self.sessions.one(session)
        acting = await self._in_capacity(found) if found and found.lives(now) else None
        self._keep(session, _Seen(token or (seen.token if seen else ""), now, acting))
        return acting

    async def _in_capacity(self, session: Session) -> Acting | None:
        authority = await self.capacities.authority(session)
        return session.acting(authority) if authority else None

    def _keep(self, session: str, seen: _Seen) -> None:
        self.forget(session)
        self._seen[session] = seen
        if len(self._seen) > MOST_SEEN:
            del self._seen[next(iter(self._seen))]
