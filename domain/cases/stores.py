"""What cases need kept and rung, in the subject's words; integrations/ satisfies these by shape. Every race ends in the store."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.reach import Reach
from domain.cases.case import Case
from domain.cases.parts import CaseStatus, Turn


class SlotTaken(Exception):
    """The person has another case where this one was to stand (a draft of the same filer, or an open case), or the request was used."""


class LeaseLost(Exception):
    """Another worker has the case now; what was done will be done again, with the same keys."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's claim to the errands of one case until a moment."""

    case: str
    owner: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseFilter:
    statuses: tuple[CaseStatus, ...] = ()
    turn: Turn | None = None
    region: str | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """`more` follow; `later`: some came before."""

    cases: Sequence[Case]
    more: bool
    later: bool = False


class CaseStore(Protocol):
    async def one(self, id: str, *, reach: Reach | None = None) -> Case | None:
        """The case; with `reach`, only if it is within that, by the same read."""
        ...

    async def many(self, ids: Sequence[str], *, reach: Reach) -> Sequence[Case]: ...

    async def opened_by(self, request: str, *, person: str) -> Case | None:
        """The case that this request of this person opened."""
        ...

    async def standing(self, person: str, *, filer: str | None) -> Case | None:
        """The person's open case, or the draft of this filer."""
        ...

    async def reserve_number(self, number: str, *, case: str) -> bool:
        """False: somebody has that number."""
        ...

    async def add(self, case: Case, *, opening: str) -> Case:
        """Raises SlotTaken."""
        ...

    async def save(self, case: Case, *, lease: Lease | None = None) -> Case | None:
        """The case with its new version; None: it was saved by somebody else since this one was read. Raises SlotTaken, LeaseLost."""
        ...

    async def raise_revisions(self, person: str) -> None:
        """Of the person's drafts and open case: a save of what was read before this misses."""
        ...

    async def page(self, reach: Reach, *, first: int, after: str | None, filter: CaseFilter) -> CasePage:
        """Newest first; `after` is the id of the last case of the page before."""
        ...


class Bell(Protocol):
    async def rung(self, within: float) -> bool:
        """Waits until it is rung or so many seconds are over; True if it was rung."""
        ...


class Bells(Protocol):
    """Pokes without content: a lost one costs a little time and never a step."""

    async def ring(self, *names: str) -> None: ...

    def ring_here(self, *names: str) -> None:
        """In this process alone."""
        ...

    def hang(self, *names: str) -> AbstractAsyncContextManager[Bell]:
        """A bell for these names, from now on; it remembers a ring until it is asked."""
        ...


WORK = "work"
"""Rung when something may be due now."""
