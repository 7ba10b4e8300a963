"""Changing a case: read, decide, save, and decide again on the fresh case when somebody was quicker."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from domain.access.reach import Reach, reach_of
from domain.acting import Acting
from domain.cases.authority import CaseAuthority, covers
from domain.cases.case import Case
from domain.cases.errands import next_due
from domain.cases.joining import introduced
from domain.cases.queues import Queues
from domain.cases.recording import Moment
from domain.cases.stores import WORK, Bells, CaseStore, Lease, SlotTaken
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.clock import Now
from domain.errors import AlreadyOpen, Conflict, NotFound, Remedy

PAUSES = (0.0, 0.05, 0.1, 0.2, 0.4)
"""About so many seconds before each time that a person's change is decided: the answers of five registers are folded in one after another,
and whoever only hurried would miss each time."""
PATIENT_ATTEMPTS = 50
TRY_AGAIN_SECONDS = 2

Decide = Callable[[Case], Case]
"""Pure: the same case gives the same decision."""


class DecideFor(Protocol):
    """Pure as well; `by`: who decides, as far as they may at that moment."""

    def __call__(self, case: Case, *, by: Acting) -> Case: ...


Rest = Callable[[float], Awaitable[None]]
"""Waits about so many seconds; not exactly, so that two who missed do not meet again."""


@dataclass(frozen=True, slots=True)
class CaseBook:
    store: CaseStore
    bells: Bells
    authority: CaseAuthority
    queues: Queues
    now: Now
    rest: Rest

    async def change(self, id: str, decide: Decide, *, lease: Lease | None = None) -> Case:
        """The product's own work: the case as decided and kept. It tries long, having nobody to give up to.

        Raises NotFound, whatever `decide` raises, AlreadyOpen, LeaseLost, and Conflict if the case was changed under it each time.
        """
        for _ in range(PATIENT_ATTEMPTS):
            case = await self._read(id)
            kept = await self._kept(case, decide(case), lease=lease)
            if kept:
                return kept
        raise busy()

    async def change_for(self, by: Acting, id: str, decide: DecideFor, *, moment: Moment, reach: Reach | None = None) -> Case:
        """What somebody does to a case within their reach (or that one). Whoever has not been in it before is named in it first.

        Raises NotFound, NotPermitted, whatever `decide` raises, AlreadyOpen, and Conflict if the case was changed under it five times over.
        """
        for pause in PAUSES:
            await self.rest(pause)
            case = await self._read(id, reach or reach_of(by))
            acting = await self.authority.acting_on(case, by)
            met = introduced(case, acting, moment=moment)
            decided = decide(met, by=acting)
            kept = await self._kept(case, case if decided == met else decided, viewer=by)
            if kept:
                return kept
        raise busy()

    async def _read(self, id: str, reach: Reach | None = None) -> Case:
        case = await self.store.one(id, reach=reach)
        if case is None:
            raise NotFound("refusal.not-found")
        return case

    async def _kept(self, case: Case, decided: Case, *, lease: Lease | None = None, viewer: Acting | None = None) -> Case | None:
        """None: somebody saved it since it was read."""
        if decided == case:
            return case
        await self.queues.announce(decided, before=case)
        try:
            saved = await self.store.save(decided, lease=lease)
        except SlotTaken:
            raise already_open(await self.store.standing(case.person, filer=None), viewer) from None
        if saved:
            await self.queues.follow(saved, before=case)
            await self._ring(saved)
        return saved

    async def _ring(self, case: Case) -> None:
        due = next_due(case)
        await self.bells.ring(case.id, *([WORK] if due and due <= self.now() else []))

    async def kept(self, case: Case) -> None:
        """Tell that a new case is there."""
        await self._ring(case)


def already_open(standing: Case | None, viewer: Acting | None) -> AlreadyOpen:
    """Whoever may not see the open case is told only to ask the person."""
    if viewer and standing and not covers(reach_of(viewer), standing):
        return AlreadyOpen("refusal.already-open-elsewhere", remedy=Remedy.ASK_A_PERSON)
    return AlreadyOpen("refusal.already-open", current=standing)


def busy() -> Conflict:
    return Conflict("refusal.busy", remedy=Remedy.RETRY, retry_after_seconds=TRY_AGAIN_SECONDS)


async def catalogue_of(case: Case, catalogues: Catalogues) -> Catalogue:
    """The version that the case began with; from then on it is held. Raises LookupError if no archive has it."""
    found = await catalogues.bring(case.region, case.catalogue_version)
    if found is None:
        raise LookupError(f"catalogue {case.region} {case.catalogue_version} of case {case.id} is in no archive")
    return found
