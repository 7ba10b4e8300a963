"""What mandates need kept and looked up. Every race ends in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.reach import Reach
from domain.cases.case import Case
from domain.cases.parts import RequestMark
from domain.identifiers import DocumentKind
from domain.mandates.mandate import Mandate
from domain.people import Person


@dataclass(frozen=True, slots=True)
class MandatePage:
    """`more` follow; `later`: some came before."""

    mandates: Sequence[Mandate]
    more: bool
    later: bool = False


class NumberTaken(Exception):
    """Another mandate of the same principal was given meanwhile, or this request has been answered: decide again on what there is now."""


class Mandates(Protocol):
    async def one(
        self, id: str, *, principal: str | None = None, delegate: str | None = None, organisation: str | None = None
    ) -> Mandate | None:
        """By the same read, only if it is this principal's, delegate's (never one given in person) or organisation's (always one)."""
        ...

    async def received(self, delegate: str) -> Sequence[Mandate]:
        """All that have not ended, of those who may act by them themselves."""
        ...

    async def given(self, principal: str) -> Sequence[Mandate]:
        """All that have not ended."""
        ...

    async def last_number(self, principal: str) -> int:
        """Of the newest that this person has given; 0: none."""
        ...

    async def asked(self, mark: RequestMark, *, principal: str) -> Mandate | None:
        """The mandate that this request made."""
        ...

    async def add(self, mandate: Mandate) -> Mandate:
        """Raises NumberTaken."""
        ...

    async def save(self, mandate: Mandate) -> Mandate | None:
        """With its new version; None: it was saved by somebody else since this one was read."""
        ...

    async def page(self, *, first: int, after: Mandate | None, person: str) -> MandatePage:
        """Given and received by this person, newest first."""
        ...

    async def page_in_person(self, *, first: int, after: Mandate | None, organisation: str) -> MandatePage:
        """Those that the organisation's members took in person, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """The mandates that one delegate has accepted or is accepting, by id. `version` counts saves; 0: none was kept yet."""

    delegate: str
    mandates: tuple[str, ...] = ()
    version: int = 0


class Delegates(Protocol):
    """Places are taken before a mandate is accepted, so that of many accepted at once none is one too many."""

    async def places(self, delegate: str) -> Places: ...

    async def save(self, places: Places) -> bool:
        """False: they have changed since they were read."""
        ...


class Attempts(Protocol):
    """Wrong codes and failed readings, by what they are counted for; kept where a restart does not lose them."""

    async def wrong(self, counted: str) -> Sequence[datetime]: ...

    async def add_wrong(self, counted: str, at: datetime) -> None: ...

    async def take_back(self, counted: str, at: datetime) -> None:
        """It was not wrong."""
        ...


class Persons(Protocol):
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        """The person of that document, made if nobody has met them yet; a known one keeps their name. None is given for one that is only
        said to be theirs."""
        ...


class OpenCases(Protocol):
    async def raise_revisions(self, person: str) -> None:
        """Of the person's drafts and open case: a save of what was read before this misses."""
        ...

    async def one(self, id: str, *, reach: Reach | None = None) -> Case | None: ...
