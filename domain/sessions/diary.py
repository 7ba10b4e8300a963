"""The diary of sign-ins: when, how, from where and with what outcome. Its owner reads it; it outlasts the sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.acting import SOMEWHERE, Assurance, Origin
from domain.policy.law import Law
from domain.sessions.request import Request
from domain.sessions.session import Session

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SignInWay(StrEnum):
    IDENTITY_PLATFORM = "IDENTITY_PLATFORM"
    MINI_PROGRAM = "MINI_PROGRAM"
    IN_PERSON = "IN_PERSON"


class SignInOutcome(StrEnum):
    """RAISED: a session that was there was made surer. REFUSED: the identity is suspended."""

    SIGNED_IN = "SIGNED_IN"
    RAISED = "RAISED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class SignInEntry:
    """`origin` is the owner's personal data, and lies sealed."""

    id: str
    person: str
    at: datetime
    assurance: Assurance
    way: SignInWay
    outcome: SignInOutcome
    origin: Origin = SOMEWHERE

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{(self.at - _EPOCH) // timedelta(milliseconds=1):015}.{self.id}"


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`more` follow; `later`: some came before."""

    entries: Sequence[SignInEntry]
    more: bool
    later: bool


NOTHING = SignInPage((), more=False, later=False)


class Diary(Protocol):
    async def note(self, entry: SignInEntry) -> None:
        """Once, however often it is said."""
        ...

    async def page(self, person: str, *, first: int, after: str | None) -> SignInPage:
        """Newest first; `after` is the order of an entry."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """One sign-in, before it is known how it ends."""

    request: Request
    way: SignInWay
    origin: Origin
    at: datetime
    raises: bool = False

    def entry(self, session: Session, *, refused: bool = False) -> SignInEntry | None:
        """None for nobody: name and number have not been checked. The same request makes the same entry."""
        proof = session.proof
        if proof.person is None:
            return None
        outcome = SignInOutcome.RAISED if self.raises else SignInOutcome.SIGNED_IN
        outcome = SignInOutcome.REFUSED if refused else outcome
        id = f"sign-in-{self.request.input[:40]}"
        return SignInEntry(id, proof.person.id, self.at, proof.assurance, self.way, outcome, self.origin)


def kept_until(at: datetime, law: Law) -> datetime:
    """When an entry of that moment goes."""
    return at + timedelta(days=law.figure("kept-sign-ins-days").number)
