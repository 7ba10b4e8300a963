"""Changing a case: read, decide, save, and decide again on the fresh case when somebody was quicker."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import repeat

from domain.cases.case import Case
from domain.cases.errands import next_due
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

Rest = Callable[[float], Awaitable[None]]
"""Waits about so many seconds; not exactly, so that two who missed do not meet again."""


@dataclass(frozen=True, slots=True)
class CaseBook:
    store: CaseStore
    bells: Bells
    now: Now
    rest: Rest

    async def change(
        self, id: str, decide: Decide, *, person: str | None = None, lease: Lease | None = None, patient: bool = False
    ) -> Case:
        """The case as decided and kept. With `person`, somebody else's case is not there.

        Raises NotFound, whatever `decide` raises, AlreadyOpen, LeaseLost, and Conflict if the case was changed under it five times over.
        The product's own work (with a lease, or `patient`) tries longer: it has nobody to give up to.
        """
        for pause in repeat(0.0, PATIENT_ATTEMPTS) if lease or patient else PAUSES:
            await self.rest(pause)
            case = await self._read(id, person)
            decided = decide(case)
            if decided == case:
                return case
            saved = await self._save(decided, lease)
            if saved:
                await self._ring(saved)
                return saved
        raise busy()

    async def _read(self, id: str, person: str | None) -> Case:
        case = await self.store.one(id, person=person)
        if case is None:
            raise NotFound("refusal.not-found")
        return case

    async def _save(self, case: Case, lease: Lease | None) -> Case | None:
        try:
            return await self.store.save(case, lease=lease)
        except SlotTaken:
            raise AlreadyOpen("refusal.already-open", current=await self.store.standing(case.person, filer=None)) from None

    async def _ring(self, case: Case) -> None:
        due = next_due(case)
        await self.bells.ring(case.id, *([WORK] if due and due <= self.now() else []))

    async def kept(self, case: Case) -> None:
        """Tell that a new case is there."""
        await self._ring(case)


def busy() -> Conflict:
    return Conflict("refusal.busy", remedy=Remedy.RETRY, retry_after_seconds=TRY_AGAIN_SECONDS)


async def catalogue_of(case: Case, catalogues: Catalogues) -> Catalogue:
    """The version that the case began with; from then on it is held. Raises LookupError if no archive has it."""
    found = await catalogues.bring(case.region, case.catalogue_version)
    if found is None:
        raise LookupError(f"catalogue {case.region} {case.catalogue_version} of case {case.id} is in no archive")
    return found
