"""What home visits need kept, in the subject's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.cases.parts import RequestMark
from domain.visits.visit import Visit


class OpenVisit(Exception):
    """The person has a visit that is neither done nor cancelled."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose visits somebody sees: a person's, or those of an organisation's people; one of the two is stated. `booked_by`: theirs alone."""

    person: str | None = None
    organisation: str | None = None
    booked_by: str | None = None


@dataclass(frozen=True, slots=True)
class VisitPage:
    """`more` follow; `later`: some came before."""

    visits: Sequence[Visit] = ()
    more: bool = False
    later: bool = False


class Visits(Protocol):
    async def add(self, visit: Visit) -> Visit:
        """The visit, or the one that the same request booked before. Raises OpenVisit."""
        ...

    async def booked_by(self, mark: RequestMark, *, person: str) -> Visit | None:
        """The visit of this person that this very request booked."""
        ...

    async def one(self, id: str, *, owner: Owner) -> Visit | None: ...

    async def save(self, visit: Visit) -> Visit | None:
        """With its new version; None: somebody saved it since it was read."""
        ...

    async def forget(self, person: str) -> None:
        """All of this person's."""
        ...

    async def page(self, owner: Owner, *, first: int, after: str | None) -> VisitPage:
        """The latest first; `after` is the order of one."""
        ...
