"""Deleting one's own data, with a dry run: of each kind of thing how many, whether it goes or the law keeps it, until when and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.keeping import refuse_in_progress
from domain.cases.parts import RequestMark
from domain.cases.requests import Marks
from domain.cases.steps import canonical_bytes
from domain.clock import Now
from domain.errors import Conflict
from domain.keeping.own_data import themselves
from domain.people import Person
from domain.words import Text


class Disposal(StrEnum):
    """LOCKED: kept, and used for nothing else than what the law keeps it for."""

    DELETED = "DELETED"
    LOCKED = "LOCKED"
    KEPT = "KEPT"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`until`: when the law lets it go; None: when it goes with something else, or at once."""

    kind: str
    count: int
    disposal: Disposal
    until: datetime | None = None

    @property
    def title(self) -> Text:
        return Text(f"deletion.{self.kind}.title")

    @property
    def why(self) -> Text:
        return Text(f"deletion.{self.kind}.why")

    @property
    def law(self) -> Text:
        """What is deleted is so by one law; what is kept, each by its own."""
        return Text("deletion.law" if self.disposal is Disposal.DELETED else f"deletion.{self.kind}.law")


@dataclass(frozen=True, slots=True)
class DeletionPlan:
    """`in_progress`: the case that stands in the way."""

    lines: tuple[PlanLine, ...]
    in_progress: Case | None = None

    @property
    def version(self) -> str:
        """Of what is told: whoever agrees to it agrees to this and to nothing that came since. What is kept may grow meanwhile: to
        prove again who they are, as they must, adds to the diary of sign-ins.
        """
        said = [(line.kind, 0 if line.disposal is Disposal.KEPT else line.count, line.disposal) for line in self.lines]
        return sha256(canonical_bytes((said, self.in_progress.id if self.in_progress else None))).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was done, as it was planned. `asked`: the keyed fingerprint of the request."""

    id: str
    person: str
    request: str
    asked: str
    at: datetime
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who wants it deleted, in which request, when. Each holding decides at its own moment, but from this."""

    person: Person
    by: Acting
    mark: RequestMark
    at: datetime


class Holding(Protocol):
    """One kind of thing that is kept."""

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]: ...

    async def in_progress(self, person: Person) -> Case | None: ...

    async def delete(self, asking: Asking) -> None:
        """As planned. Doing it again has no second effect."""
        ...


class Deletions(Protocol):
    async def find(self, person: str, request: str) -> Deleted | None: ...

    async def add(self, deleted: Deleted, *, forget_at: datetime) -> Deleted:
        """The one of that request: this, or one that was there already."""
        ...


@dataclass(frozen=True, slots=True)
class DeletionDesk:
    """`kept_until`: until when it is kept that something was deleted; `recently`: how long a proof of identity is good for it."""

    holdings: Sequence[Holding]
    deletions: Deletions
    marks: Marks
    recently: Callable[[], timedelta]
    kept_until: Callable[[datetime], datetime]
    new_id: Callable[[], str]
    now: Now

    async def plan(self, *, by: Acting | None) -> DeletionPlan | None:
        """None: to nobody but people themselves, on their own device."""
        if by is None or by.person is None or by.capacity is not CapacityKind.SELF or by.assisted_by:
            return None
        return await self._plan(by.person, by)

    async def delete(self, request_id: str, *, plan_version: str, by: Acting) -> Deleted:
        """Raises NotPermitted, AssuranceTooLow, StepNotAllowed for a case in progress, Conflict for a plan that has changed."""
        now = self.now()
        person = themselves(by, recently=self.recently(), now=now)
        mark = self.marks.mark(request_id, "delete-my-data", plan_version, by=by)
        if earlier := await self._earlier(mark):
            return earlier
        plan = await self._plan(person, by)
        if plan.in_progress:
            refuse_in_progress(plan.in_progress)
        if plan.version != plan_version:
            raise Conflict("refusal.plan-changed")
        for holding in self.holdings:
            await holding.delete(Asking(person, by, mark, now))
        deleted = Deleted(self.new_id(), person.id, mark.id, mark.fingerprint, now, plan.lines)
        return await self.deletions.add(deleted, forget_at=self.kept_until(now))

    async def _earlier(self, mark: RequestMark) -> Deleted | None:
        found = await self.deletions.find(mark.person, mark.id)
        if found and found.asked != mark.fingerprint:
            raise Conflict("refusal.request-reused")
        return found

    async def _plan(self, person: Person, by: Acting) -> DeletionPlan:
        lines = [line for holding in self.holdings for line in await holding.plan(person, by=by) if line.count]
        standing = [case for holding in self.holdings if (case := await holding.in_progress(person))]
        return DeletionPlan(tuple(lines), standing[0] if standing else None)
