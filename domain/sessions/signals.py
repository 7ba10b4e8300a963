"""What the identity platform tells of its own accord: somebody has signed out there, an identity is suspended, or good again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.people import Person
from domain.sessions.session import Proof

FRESH = timedelta(minutes=5)
"""How old a signal may be. The platform sends one at once, and again if we did not answer."""
REMEMBERED = timedelta(hours=1)
"""Longer than a signal is fresh, and than anything proved before it can become a session."""


class SignalKind(StrEnum):
    SIGNED_OUT = "SIGNED_OUT"
    SUSPENDED = "SUSPENDED"
    RESTORED = "RESTORED"


@dataclass(frozen=True, slots=True)
class Signal:
    """`subject` and `platform_session`, of which one at least is there: whom or what it is about, by the platform's own names."""

    id: str
    kind: SignalKind
    at: datetime
    subject: str | None = None
    platform_session: str | None = None


class SignalReader(Protocol):
    async def read(self, token: str) -> Signal:
        """Raises NotProven for what is not the platform's, or not for us, or not fresh; NoAnswer."""
        ...


class Signals(Protocol):
    """Which signals have been obeyed, and what they said of proofs that are not sessions yet."""

    async def obeyed(self, signal: Signal) -> bool: ...

    async def note(self, signal: Signal) -> None:
        """From now on nothing becomes a session that was proved in that platform session, or by that subject until that moment."""
        ...

    async def tick(self, signal: Signal) -> None: ...

    async def signed_out(self, proof: Proof) -> bool: ...


class Identities(Protocol):
    """Whom the platform calls what, and whose identity is suspended."""

    async def met(self, subject: str, person: Person, *, at: datetime) -> None:
        """The platform let that subject in at that moment; a suspension from before is over."""
        ...

    async def tell(self, subject: str, *, suspended: bool, at: datetime) -> None:
        """What the platform said last counts, in whatever order it arrives."""
        ...

    async def person_of(self, subject: str) -> str | None: ...

    async def suspended(self, *, person: str | None, subject: str | None) -> bool: ...


def ends_all(signal: Signal) -> bool:
    """Signed out in one platform session, only what was begun in it ends."""
    return signal.platform_session is None or signal.kind is SignalKind.SUSPENDED
