"""What organisations need kept. Races end there: one living post of a kind for a person in an organisation, one effect of a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.cases.case import Case
from domain.identifiers import DocumentKind
from domain.organisations.client import Client, Sought
from domain.organisations.organisation import Enterprise, Organisation
from domain.organisations.post import Mark, Post
from domain.people import Person


class Organisations(Protocol):
    async def one(self, id: str) -> Organisation | None: ...

    async def enterprise(self, enterprise: Enterprise) -> Organisation:
        """The employer of that code, made at the first sight, by the name that is registered now."""
        ...


@dataclass(frozen=True, slots=True)
class PostPage:
    """`more` follow; `later`: some came before."""

    posts: Sequence[Post]
    more: bool
    later: bool


class Posts(Protocol):
    async def one(self, id: str, *, person: str | None = None, organisation: str | None = None) -> Post | None:
        """Of that person alone, or of that organisation alone, where one is named."""
        ...

    async def of(self, person: str) -> Sequence[Post]:
        """In force, or waiting to be confirmed; the newest first."""
        ...

    async def made_by(self, request: Mark, *, organisation: str) -> Post | None:
        """The post that such a request made there, whatever it asked."""
        ...

    async def add(self, post: Post) -> bool:
        """False: there is a living one of its kind already, or its request had its effect."""
        ...

    async def save(self, post: Post) -> bool:
        """False: somebody saved it since it was read, and nothing was changed now."""
        ...

    async def page(self, organisation: str, *, first: int, after: str | None) -> PostPage:
        """Of an organisation, the newest first; `after` is a post's id."""
        ...


class Persons(Protocol):
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        """Whoever holds that document, known by it from now on if nobody has seen it before. No name for one that is only said to be."""
        ...


class Clients(Protocol):
    """Every one is told whose list it is: there is no other way to a client."""

    async def put(self, client: Client, *, forget_at: datetime) -> None:
        """On the list from now on, or seen again; till then."""
        ...

    async def find(self, organisation: str, sought: Sought, *, first: int, after: str | None) -> Sequence[Client]:
        """Exactly of that name, surname or birth date; the newest first. `after` is the order of one."""
        ...

    async def others(self, organisation: str, *, than: Sequence[str], first: int, after: str | None) -> Sequence[Client]:
        """All but these ids, the newest first."""
        ...

    async def several(self, organisation: str, ids: Sequence[str]) -> Sequence[Client]: ...

    async def forget(self, client: Client) -> None:
        """Not on that list any more."""
        ...


class CasesThere(Protocol):
    """Cases that were filed through an organisation."""

    async def waiting(self, organisation: str) -> Sequence[str]:
        """The persons whose case waits for their side and was not handed to them; the soonest due first, at most a hundred."""
        ...

    async def of(self, organisation: str, persons: Sequence[str]) -> Sequence[Case]:
        """The newest first."""
        ...
