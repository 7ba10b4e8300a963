"""What sessions need kept, in the subject's words; integrations/mongo satisfies these by shape. Every race ends there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.people import Person
from domain.ports import ProvenIdentity
from domain.sessions.account import Account
from domain.sessions.attempt import SignInAttempt, Ticket
from domain.sessions.request import Request
from domain.sessions.session import Session


class Sessions(Protocol):
    async def one(self, session: str) -> Session | None: ...

    async def add(self, session: Session) -> Session:
        """The session of that id as it now stands: this one, or one that was there already."""
        ...

    async def save(self, session: Session) -> bool:
        """False: somebody saved it since it was read, and nothing was changed now."""
        ...

    async def of(self, person: str) -> Sequence[Session]:
        """Those not ended, in whatever capacity, the newest first; a hundred at most."""
        ...

    async def theirs(self, session: str, person: str) -> Session | None:
        """None: not there, or another's."""
        ...

    async def of_subject(self, subject: str) -> Sequence[Session]:
        """As above, by the identity platform's name for somebody."""
        ...

    async def begun_in(self, platform_session: str) -> Sequence[Session]: ...

    async def assisted_by(self, person: str) -> Sequence[Session]:
        """Of others, on this person's device."""
        ...


class Requests(Protocol):
    async def remember(self, request: Request, *, session: str, until: datetime) -> str:
        """The session that this request is about: this one, or the one of the first time. Raises Conflict for other input."""
        ...

    async def forget(self, request: Request) -> None:
        """It had no effect: the same id is judged afresh."""
        ...

    async def recall(self, request: Request) -> str | None:
        """The session it was about, if it came before. Raises Conflict for other input."""
        ...


class Attempts(Protocol):
    async def add(self, attempt: SignInAttempt) -> None: ...

    async def one(self, state: str) -> SignInAttempt | None: ...

    async def take(self, attempt: SignInAttempt) -> bool:
        """True for exactly one of all that try."""
        ...


class Tickets(Protocol):
    async def add(self, ticket: Ticket) -> None: ...

    async def one(self, ticket: str) -> Ticket | None: ...

    async def redeem(self, ticket: Ticket, *, by: str) -> bool:
        """True if this request, and no other, has it now."""
        ...


class Persons(Protocol):
    async def known(self, identity: ProvenIdentity) -> Person:
        """The person of that document, made at the first sight, with the name as vouched for now."""
        ...


class Links(Protocol):
    async def put(self, account: Account, person: Person, *, at: datetime) -> None:
        """From now on the account is that person's, whoever had it before."""
        ...

    async def person_of(self, account: Account) -> Person | None: ...


class AccessTokens(Protocol):
    @property
    def lives(self) -> timedelta: ...

    def issue(self, session: str, *, now: datetime) -> str: ...

    def read(self, token: str, *, now: datetime) -> "AccessClaims | None":
        """None for any text that is not a token of ours, in force now."""
        ...


class AccessClaims(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def session(self) -> str: ...
