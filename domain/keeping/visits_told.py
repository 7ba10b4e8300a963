"""Home visits in the copy of one's own data, and what becomes of them when it is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.acting import Acting
from domain.cases.case import Case
from domain.keeping.deletion import Asking, Disposal, PlanLine
from domain.keeping.own_data import Plain, Tell
from domain.keeping.sections import AT_ONCE
from domain.people import Person
from domain.visits.stores import Owner, VisitPage
from domain.visits.visit import Visit
from domain.words import Text


class VisitsOfSomebody(Protocol):
    async def page(self, owner: Owner, *, first: int, after: str | None) -> VisitPage: ...

    async def forget(self, person: str) -> None: ...


async def _all(visits: VisitsOfSomebody, person: str) -> Sequence[Visit]:
    found: list[Visit] = []
    more = True
    while more:
        page = await visits.page(Owner(person=person), first=AT_ONCE, after=found[-1].order if found else None)
        found += page.visits
        more = page.more
    return found


@dataclass(frozen=True, slots=True)
class VisitSection:
    visits: VisitsOfSomebody
    name: str = "visits"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [_told(visit, tell) for visit in await _all(self.visits, person.id)]


def _told(visit: Visit, tell: Tell) -> Plain:
    return {
        "begins_at": visit.from_,
        "ends_at": visit.to,
        "status": tell(Text(f"visit.status.{visit.status}")),
        "reason": tell(Text(f"visit.reason.{visit.reason}")),
        "address": visit.address,
        "note": visit.note,
        "visitor": visit.visitor.person.name if visit.visitor else None,
    }


@dataclass(frozen=True, slots=True)
class VisitHolding:
    """No law keeps where somebody was visited; one that is still to come is cancelled by it."""

    visits: VisitsOfSomebody

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine("visits", len(await _all(self.visits, person.id)), Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        await self.visits.forget(asking.person.id)
