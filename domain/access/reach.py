"""Which cases somebody can see: one filter that every read of a case carries, so that not yours and not there cost and look the same."""

from dataclasses import dataclass

from domain.acting import Acting, CapacityKind


@dataclass(frozen=True, slots=True)
class Reach:
    """All that is stated must hold. `person`: whose matter; `items`: ids among which all of the case's are; `case`: the only one.

    `organisation`: through which it was filed; `department` with `region`: submitted, with an item of that department there.
    """

    person: str | None = None
    items: frozenset[str] | None = None
    case: str | None = None
    organisation: str | None = None
    department: str | None = None
    region: str | None = None

    @property
    def by_post(self) -> bool:
        """Of somebody who has a post, whomever else it names."""
        return bool(self.organisation or self.department or self.region)


def reach_of(by: Acting) -> Reach:
    match by.capacity:
        case CapacityKind.SELF | CapacityKind.PROXY:
            return Reach(person=by.beneficiary(), items=by.authority.items, case=by.authority.case)
        case CapacityKind.HELPER | CapacityKind.EMPLOYER | CapacityKind.CLERK:
            return Reach(organisation=by.organisation or NOWHERE)
        case _:
            return _of_staff(by)


NOWHERE = "nowhere"
"""No organisation's id: a filter that lets nothing through, never one that is left out."""


def _of_staff(by: Acting) -> Reach:
    """Officers see what came to their department; a supervisor what the organisation's members see."""
    if by.authority.department:
        return Reach(department=by.authority.department, region=by.authority.region)
    return Reach(organisation=by.organisation or NOWHERE)
