"""What somebody may do with one case: their capacity as it holds at this moment, and for whom they act in it."""

from dataclasses import dataclass, replace

from domain.access.capacities import Capacities
from domain.access.reach import Reach
from domain.acting import Acting, Authority, CapacityKind
from domain.cases.case import Case
from domain.cases.seeing import decides, organisations_in
from domain.errors import NotPermitted
from domain.mandates.actions import MandateAction

FILING_STAFF = frozenset({CapacityKind.HELPER, CapacityKind.EMPLOYER, CapacityKind.CLERK})
"""They act for whoever the case is about, as far as the filing allows."""
ONLY_TO_SEE = frozenset({MandateAction.VIEW})


@dataclass(frozen=True, slots=True)
class CaseAuthority:
    capacities: Capacities

    async def acting_on(self, case: Case, by: Acting) -> Acting:
        """Who acts, as far as they may now. Asked after the case was read: whoever takes a mandate back raises the case's revision
        afterwards, so that what was decided on an authority that has ended is never saved. Raises NotPermitted."""
        authority = await self.capacities.authority(by)
        if authority is None:
            raise NotPermitted("refusal.capacity-ended")
        if by.capacity in FILING_STAFF and decides(case, by):
            return replace(by, authority=replace(authority, actions=ONLY_TO_SEE))
        if by.capacity not in FILING_STAFF:
            return replace(by, authority=authority)
        return replace(by, on_behalf_of=case.person, mandate=case.filed_by.mandate, authority=await self._in_filing(case, authority))

    async def _in_filing(self, case: Case, authority: Authority) -> Authority:
        """A case begun under a mandate given in person is only to be seen once that has ended; or once it was handed to the person."""
        if case.kept_by:
            return replace(authority, actions=ONLY_TO_SEE)
        if case.filed_by.mandate is None:
            return authority
        mandate = await self.capacities.mandates.one(case.filed_by.mandate)
        in_force = mandate is not None and mandate.in_force(self.capacities.now())
        return replace(authority, actions=mandate.actions if mandate and in_force else ONLY_TO_SEE)


def covers(reach: Reach, case: Case) -> bool:
    """As the store filters, except for departments, which it knows from the catalogue."""
    items = {f"item-{case.region}-{item.code}" for item in case.items}
    return (
        reach.person in {None, case.person}
        and reach.case in {None, case.id}
        and (reach.items is None or items <= reach.items)
        and (reach.organisation is None or reach.organisation in organisations_in(case))
        and reach.department is None
        and not (reach.by_post and case.locked_at)
    )
