"""Sessions die with the identity: what the platform tells us ends every session that rests on it, here and in every other process."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from domain.clock import Now
from domain.errors import NotPermitted, Remedy
from domain.ports import NotProven
from domain.sessions.session import Session, over
from domain.sessions.signals import Identities, Signal, SignalKind, SignalReader, Signals, ends_all
from domain.sessions.stores import Sessions

Found = Callable[[], Awaitable[Sequence[Session]]]


@dataclass(frozen=True, slots=True)
class SessionEnds:
    """`changed` hears of every session that was ended."""

    sessions: Sessions
    changed: Callable[[str], None]
    now: Now

    async def end_all(self, found: Found) -> int:
        """How many. Asked again until none is left: a save that came between is no way out, and more may be there than one look shows."""
        ended = 0
        while living := await found():
            for session in living:
                ended += await self.end(session)
        return ended

    async def end(self, session: Session) -> bool:
        """False: somebody saved it meanwhile."""
        ended = await self.sessions.save(session.ended(self.now()))
        self.changed(session.id)
        return ended


@dataclass(frozen=True, slots=True)
class Guard:
    """Whether the identity platform lets somebody go on. Asked after a session was kept and before anybody is given it."""

    identities: Identities
    signals: Signals
    ends: SessionEnds

    async def let_in(self, session: Session) -> None:
        """Raises NotPermitted while the identity is suspended, Expired if the platform's session is over; ours is ended then.

        A signal is noted first and then ends what it finds; so either it finds this session, or it is found here.
        """
        proof = session.proof
        person = proof.person.id if proof.person else None
        if (person or proof.subject) and await self.identities.suspended(person=person, subject=proof.subject):
            await self._end(session)
            raise NotPermitted("sign-in.suspended", remedy=Remedy.ASK_A_PERSON)
        if proof.subject and await self.signals.signed_out(proof):
            await self._end(session)
            raise over(session)

    async def _end(self, session: Session) -> None:
        async def as_it_is() -> Sequence[Session]:
            found = await self.ends.sessions.one(session.id)
            return [found] if found and found.ended_at is None else []

        await self.ends.end_all(as_it_is)


@dataclass(frozen=True, slots=True)
class SignalDesk:
    """Where the identity platform tells us (OpenID Connect Back-Channel Logout 1.0, RFC 8417)."""

    reader: SignalReader
    identities: Identities
    signals: Signals
    ends: SessionEnds

    async def obey(self, token: str) -> Signal:
        """Raises NotProven, also for one that was obeyed before; NoAnswer.

        Ticked off at the end: one that failed half-way can come again, and two at once do nothing that one does not.
        """
        signal = await self.reader.read(token)
        if await self.signals.obeyed(signal):
            raise NotProven("this token was used before")
        await self._carry_out(signal)
        await self.signals.tick(signal)
        return signal

    async def _carry_out(self, signal: Signal) -> None:
        if signal.subject and signal.kind is not SignalKind.SIGNED_OUT:
            await self.identities.tell(signal.subject, suspended=signal.kind is SignalKind.SUSPENDED, at=signal.at)
        if signal.kind is not SignalKind.RESTORED:
            await self.signals.note(signal)
            for found in await self._resting_on(signal):
                await self.ends.end_all(found)

    async def _resting_on(self, signal: Signal) -> Sequence[Found]:
        sessions, found = self.ends.sessions, list[Found]()
        if signal.platform_session:
            found.append(partial(sessions.begun_in, signal.platform_session))
        if signal.subject and ends_all(signal):
            person = await self.identities.person_of(signal.subject)
            found.append(partial(sessions.of_subject, signal.subject))
            found += [partial(sessions.of, person), partial(sessions.assisted_by, person)] if person else []
        return found
