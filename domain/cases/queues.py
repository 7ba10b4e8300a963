"""The queues of departments and counters: kept in step with the cases, and read by those whose queues they are.

A row is there before the case is saved that asks for it, and goes only after the case is saved that no longer does. So a crash between the
two leaves a row too many, which no reader is shown because its case does not ask for it, and never one too few. A row that a slower
process would take away is kept by the version of the case for which it was put there last.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.access.reach import Reach
from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.stores import CaseStore
from domain.cases.worklist import Work, kinds_for
from domain.catalogue.queues import WorkKind
from domain.catalogue.store import Catalogues
from domain.clock import Now
from domain.looks.look import Looks, Purpose, looks_at

LARGEST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """`items`: codes of the only ones; None: all."""

    queues: Sequence[str]
    kinds: Sequence[WorkKind]
    items: Sequence[str] | None = None


class WorkRows(Protocol):
    async def put(self, work: Sequence[Work], *, version: int) -> None:
        """Those that are not there yet. `version`: of the case, once it is saved."""
        ...

    async def settle(self, work: Sequence[Work], *, version: int) -> None:
        """As the saved case has them, unless a later one has them otherwise."""
        ...

    async def remove(self, work: Sequence[Work], *, version: int) -> None:
        """Unless a later version has put them there again."""
        ...

    async def page(self, wanted: Wanted, *, first: int, after: str | None) -> Sequence[Work]:
        """By their order; `after` is that of a row."""
        ...


@dataclass(frozen=True, slots=True)
class Queues:
    """`work_of`: what a case asks for."""

    rows: WorkRows
    work_of: Callable[[Case], Sequence[Work]]

    async def announce(self, decided: Case, *, before: Case | None) -> None:
        """Before it is saved."""
        if news := self._news(before, decided):
            await self.rows.put(news, version=decided.version + 1)

    async def follow(self, saved: Case, *, before: Case | None) -> None:
        """After it was."""
        if news := self._news(before, saved):
            await self.rows.settle(news, version=saved.version)
        if gone := self._gone(before, saved):
            await self.rows.remove(gone, version=saved.version)

    def _news(self, before: Case | None, after: Case) -> Sequence[Work]:
        were = set(self.work_of(before)) if before else set()
        return [work for work in self.work_of(after) if work not in were]

    def _gone(self, before: Case | None, after: Case) -> Sequence[Work]:
        still = {work.id for work in self.work_of(after)}
        return [work for work in (self.work_of(before) if before else ()) if work.id not in still]


@dataclass(frozen=True, slots=True)
class WorkInCase:
    work: Work
    case: Case


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`more` follow; `later`: some came before."""

    entries: Sequence[WorkInCase]
    more: bool
    later: bool


NOTHING = WorkPage((), more=False, later=False)


@dataclass(frozen=True, slots=True)
class QueueDesk:
    """Where officers, clerks and their supervisors look what is to be done."""

    queues: Queues
    store: CaseStore
    catalogues: Catalogues
    looks: Looks
    now: Now

    async def page(self, *, first: int, after: str | None, by: Acting | None) -> WorkPage:
        """Nobody else has a queue."""
        wanted = self._wanted(by) if by else None
        if by is None or wanted is None:
            return NOTHING
        first = max(1, min(first, LARGEST_PAGE))
        found: list[WorkInCase] = []
        last = after
        while len(found) <= first:
            rows = await self.queues.rows.page(wanted, first=first + 1, after=last)
            found += await self._asked_for(rows, wanted, by)
            if len(rows) <= first:
                break
            last = rows[-1].order
        shown = found[:first]
        await self.looks.note(looks_at(by, _opened(shown, by), purpose=Purpose.WORKLIST, at=self.now()))
        return WorkPage(shown, more=len(found) > first, later=after is not None)

    def _wanted(self, by: Acting) -> Wanted | None:
        authority = by.authority
        kinds = self._kinds(by)
        if not kinds or by.organisation is None:
            return None
        mine = f"department-{authority.region}-{authority.department}" if authority.department else by.organisation
        prefix = f"item-{authority.region}-"
        codes = None if authority.items is None else sorted(id.removeprefix(prefix) for id in authority.items)
        return Wanted((mine,), kinds, codes)

    def _kinds(self, by: Acting) -> Sequence[WorkKind]:
        region = by.authority.region
        known: Mapping[str, object] = self.catalogues.built.catalogues
        return kinds_for(by.capacity, self.catalogues.in_force(region).queues) if region in known and region else ()

    async def _asked_for(self, rows: Sequence[Work], wanted: Wanted, by: Acting) -> list[WorkInCase]:
        """Those whose case does ask for them, as it now is."""
        cases = {
            case.id: case for case in await self.store.many(sorted({row.case for row in rows}), reach=Reach(region=by.authority.region))
        }
        for case in cases.values():
            await self.catalogues.bring(case.region, case.catalogue_version)
        asked = {work.id: work for case in cases.values() for work in self.queues.work_of(case)}
        return [WorkInCase(replace(asked[row.id], order=row.order), cases[row.case]) for row in rows if row.id in asked]


def _opened(entries: Sequence[WorkInCase], by: Acting) -> Sequence[Case]:
    """Whose names and answers can be read here: a counter's own, and those of which the reader has taken something."""
    if by.capacity is CapacityKind.CLERK:
        return [entry.case for entry in entries]
    mine = by.person.id if by.person else None
    return [entry.case for entry in entries if any(item.taken_for(mine) for item in entry.case.items)]
