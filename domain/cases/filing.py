"""For whom a case is opened, and through which channel: what each capacity, and what its authority, lets somebody begin."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.access.capacities import Capacities, Capacity
from domain.acting import Acting, CapacityKind
from domain.cases.opening import Filing, Opening
from domain.catalogue.types import FilingChannel
from domain.errors import NotPermitted
from domain.mandates.actions import MandateAction

CHANNELS = {
    CapacityKind.SELF: FilingChannel.PERSONAL,
    CapacityKind.PROXY: FilingChannel.FRIEND_PROXY,
    CapacityKind.HELPER: FilingChannel.COMMUNITY_HELP,
    CapacityKind.EMPLOYER: FilingChannel.EMPLOYER,
    CapacityKind.CLERK: FilingChannel.COUNTER,
}
"""Through which of the five channels (A04) each capacity files."""


@dataclass(frozen=True, slots=True)
class Filings:
    capacities: Capacities

    async def own(self, opening: Opening, *, by: Acting) -> tuple[Filing, Acting]:
        """For oneself, or for whom a mandate or a guardianship says. Raises NotPermitted."""
        if by.capacity is CapacityKind.SELF:
            return Filing(by.known_person(), vouched_at=by.proved_at), by
        if by.capacity is not CapacityKind.PROXY:
            raise NotPermitted("refusal.name-the-person")
        capacity = await self.capacities.find(by.capacity_id, by=by)
        if capacity is None or capacity.on_behalf_of is None:
            raise NotPermitted("refusal.capacity-ended")
        _must_reach(capacity, opening)
        filing = Filing(capacity.on_behalf_of, FilingChannel.FRIEND_PROXY, vouched_at=_vouched_at(capacity))
        return filing, replace(by, authority=capacity.authority)


def _must_reach(capacity: Capacity, opening: Opening) -> None:
    """What is not permitted by the mandate is not begun. Raises NotPermitted."""
    authority = capacity.authority
    if authority.case:
        raise NotPermitted("refusal.mandate-for-one-case")
    if not authority.permits(MandateAction.FILL):
        raise NotPermitted("refusal.mandate-only-to-look")
    if authority.items is not None and not set(opening.item_ids) <= authority.items:
        raise NotPermitted("refusal.items-outside-mandate")


def _vouched_at(capacity: Capacity) -> datetime | None:
    """The principal proved who they are when they gave the mandate."""
    return capacity.mandate.granted_at if capacity.mandate else None
