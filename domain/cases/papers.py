"""Where files belong: to the person of a case, handed in by whoever may attach there, and shown to whoever sees that part of it."""

from dataclasses import dataclass, replace

from domain.access.reach import reach_of
from domain.acting import Acting, CapacityKind
from domain.cases.authority import CaseAuthority
from domain.cases.book import catalogue_of
from domain.cases.case import Case
from domain.cases.seeing import Sight, sight_of
from domain.cases.stores import CaseStore
from domain.cases.workflow import CaseAction, must_permit
from domain.catalogue.store import Catalogues
from domain.errors import NotFound, NotPermitted


@dataclass(frozen=True, slots=True)
class PapersOfCases:
    """The `CasePapers` of domain/files.py."""

    store: CaseStore
    authority: CaseAuthority
    catalogues: Catalogues

    async def receiving(self, case_id: str, *, by: Acting) -> tuple[Case, Acting]:
        case = await self.store.one(case_id, reach=reach_of(by))
        if case is None:
            raise NotFound("refusal.not-found")
        acting = await self.authority.acting_on(case, by)
        must_permit(acting, CaseAction.ATTACH)
        return case, acting

    async def receiving_for_principal(self, *, by: Acting) -> None:
        """Asked again: the mandate may have ended since the session was looked at."""
        authority = await self.authority.capacities.authority(by)
        if authority is None:
            raise NotPermitted("refusal.capacity-ended")
        if by.capacity is CapacityKind.PROXY:
            must_permit(replace(by, authority=authority), CaseAction.ATTACH)

    async def shown(self, case_id: str, *, by: Acting) -> tuple[Case, Sight] | None:
        case = await self.store.one(case_id, reach=reach_of(by))
        return (case, sight_of(case, await catalogue_of(case, self.catalogues), by)) if case else None
