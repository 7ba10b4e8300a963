"""Who serves people at a desk: a helper or clerk whose post holds, and who is neither the person served nor a relative of theirs."""

from collections.abc import Set

from domain.access.capacities import Capacities
from domain.acting import Acting, Authority, CapacityKind
from domain.errors import NotPermitted, Remedy, Unavailable
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import Relatives

AT_A_DESK = frozenset({CapacityKind.HELPER, CapacityKind.CLERK})


async def authority_at_a_desk(by: Acting, capacities: Capacities, *, kinds: Set[CapacityKind] = AT_A_DESK) -> Authority:
    """How far they may go now. Raises NotPermitted for anybody else."""
    authority = await capacities.authority(by) if by.capacity in kinds and by.organisation else None
    if authority is None:
        raise NotPermitted("mandate.only-at-a-desk")
    return authority


async def refuse_kin(person: Person, helper: Person, relatives: Relatives) -> None:
    """Nobody serves themselves, and relatives act as relatives, by a mandate of their own (F13). Raises NotPermitted, Unavailable."""
    if person.id == helper.id:
        raise NotPermitted("mandate.reading.oneself", remedy=Remedy.NONE)
    try:
        related = await relatives.related(helper, person)
    except NoAnswer:
        raise Unavailable("mandate.register-away", retry_after_seconds=60) from None
    if related:
        raise NotPermitted("mandate.reading.relative", remedy=Remedy.NONE)
