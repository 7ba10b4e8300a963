"""Cases and bells in the process alone, for tests of desks: the same promises as the stores', which tests/integrations/ holds them to."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.access.reach import Reach
from domain.cases.authority import CaseAuthority, covers
from domain.cases.book import CaseBook
from domain.cases.case import Case
from domain.cases.stores import CaseFilter, CasePage, Lease, LeaseLost, SlotTaken
from integrations.mongo.cases import slot_of
from integrations.redis import RedisBells
from tests.capacities import Shelf, capacities
from tests.cases import MONDAY
from tests.queues import MemoryWork, some_queues


@dataclass
class MemoryCases:
    """`owners`: who has a lease on which case. `before_save`: what somebody else does meanwhile, once."""

    kept: dict[str, Case] = field(default_factory=dict)
    openings: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    before_save: list[Callable[[], Awaitable[object]]] = field(default_factory=list)

    async def one(self, id: str, *, reach: Reach | None = None) -> Case | None:
        await asyncio.sleep(0)  # as a store, it lets others go first
        case = self.kept.get(id)
        return case if case and covers(reach or Reach(), case) else None

    async def many(self, ids: Sequence[str], *, reach: Reach) -> Sequence[Case]:
        return [case for id in ids if (case := await self.one(id, reach=reach))]

    async def opened_by(self, request: str, *, person: str) -> Case | None:
        return await self.one(self.openings.get(request, ""), reach=Reach(person=person))

    async def raise_revisions(self, person: str) -> None:
        for case in [case for case in self.kept.values() if case.person == person and slot_of(case)]:
            self.put(case)

    async def standing(self, person: str, *, filer: str | None) -> Case | None:
        slots = {"open", f"draft.{filer}"}
        return next((case for case in self.kept.values() if case.person == person and slot_of(case) in slots), None)

    async def reserve_number(self, number: str, *, case: str) -> bool:
        return self.numbers.setdefault(number, case) == case

    async def add(self, case: Case, *, opening: str) -> Case:
        await self._meanwhile()
        if opening in self.openings or await self.standing(case.person, filer=case.keeper):
            raise SlotTaken
        self.openings[opening] = case.id
        return self._keep(replace(case, version=1))

    async def save(self, case: Case, *, lease: Lease | None = None) -> Case | None:
        await self._meanwhile()
        if lease and self.owners.get(case.id) != lease.owner:
            raise LeaseLost(case.id)
        if self.kept[case.id].version != case.version:
            return None
        if slot_of(case) == "open" and any(slot_of(other) == "open" for other in self.kept.values() if other.id != case.id):
            raise SlotTaken
        return self._keep(replace(case, version=case.version + 1))

    async def page(self, reach: Reach, *, first: int, after: str | None, filter: CaseFilter) -> CasePage:
        cases = sorted((case for case in self.kept.values() if covers(reach, case)), key=lambda case: case.opened_at, reverse=True)
        return CasePage(cases[:first], more=len(cases) > first, later=after is not None)

    def put(self, case: Case) -> Case:
        """There already, whoever brought it."""
        former = self.kept.get(case.id)
        return self._keep(replace(case, version=former.version + 1 if former else 1))

    def _keep(self, case: Case) -> Case:
        self.kept[case.id] = case
        return case

    async def _meanwhile(self) -> None:
        await asyncio.sleep(0)
        if self.before_save:
            await self.before_save.pop(0)()


@dataclass(slots=True)
class LocalBells(RedisBells):
    """The bells of one process, which remember what was rung. `meanwhile`: what somebody does who hears the first ring."""

    client: None = None  # type: ignore[assignment]
    rung: list[tuple[str, ...]] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def ring(self, *names: str) -> None:
        self.rung.append(names)
        self.ring_here(*names)
        if self.meanwhile:
            answer, self.meanwhile = self.meanwhile, None
            await answer()


@dataclass
class Clock:
    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Rests:
    """How long somebody would have waited."""

    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def a_book(*cases: Case, store: MemoryCases | None = None, shelf: Shelf | None = None, work: MemoryWork | None = None) -> CaseBook:
    clock = Clock()
    store = store or MemoryCases()
    for case in cases:
        store.put(case)
    return CaseBook(store, LocalBells(), CaseAuthority(capacities(shelf, now=clock)), some_queues(work), clock, Rests())
