"""How much of a case somebody may see. The applicant's side sees all of it; a department what concerns its own items, and personal
fields only once the officer who asks has taken one of these (F49)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.papers_asked import papers_asked
from domain.cases.steps import Step
from domain.catalogue.types import Catalogue, ServiceItem

MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Sight:
    """`items`: codes of those that concern the viewer; None: all, for the applicant's side. `taken`: those of them that the viewer has.

    `fields`, `materials`: what these items ask for; `certificate`: whether it is of one of them. `tasks`: papers that
    the viewer fetches from another agency.
    """

    items: frozenset[str] | None = None
    taken: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    taken_materials: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    certificate: bool = True

    @property
    def whole(self) -> bool:
        return self.items is None

    @property
    def personal(self) -> bool:
        """Whether the person's name, answers and papers may be seen at all."""
        return self.whole or bool(self.taken or self.tasks)

    def item(self, code: str) -> bool:
        return self.items is None or code in self.items

    def material(self, code: str) -> bool:
        return self.whole or code in self.materials

    def files(self, code: str) -> bool:
        return self.whole or code in self.taken_materials

    def step(self, step: Step) -> bool:
        """About the case as a whole, or about what concerns the viewer."""
        material = step.data.get("material")
        if step.kind == "certificate-issued" and not self.certificate:
            return False
        return (step.item is None or self.item(step.item)) and (not isinstance(material, str) or self.material(material))


EVERYTHING = Sight()


def sight_of(case: Case, catalogue: Catalogue, by: Acting | None) -> Sight:
    """Nobody signed in sees what somebody who looks for an item that is nobody's sees: that there is a case."""
    if by is None or by.person is None:
        return _of_items(case, frozenset(), frozenset(), catalogue)
    if not decides(case, by):
        return EVERYTHING
    taken = frozenset(item.code for item in case.items if item.taken_for(by.person.id))
    theirs = frozenset(item.code for item in case.items if _concerns(catalogue.items[item.code], by))
    mine = frozenset(task.material for task in case.tasks if task.taken_for(by.person.id))
    given = frozenset(task.material for task in case.tasks if catalogue.materials[task.material].owner == by.authority.department)
    return _with_tasks(_of_items(case, theirs | taken, taken, catalogue), given=given | mine, taken=mine)


def _concerns(item: ServiceItem, by: Acting) -> bool:
    """Of an officer's department; of the services that a clerk is certified for."""
    authority = by.authority
    if by.capacity is CapacityKind.CLERK:
        return authority.items is None or item.id in authority.items
    return item.department == authority.department


def decides(case: Case, by: Acting) -> bool:
    """Officers and their supervisors; and a clerk of a counter through which it was not filed, who has taken one of its items."""
    if by.capacity is CapacityKind.OFFICER:
        return True
    if by.capacity is CapacityKind.SUPERVISOR:
        return by.authority.department is not None
    return by.capacity is CapacityKind.CLERK and case.filed_by.organisation != by.organisation


def organisations_in(case: Case) -> list[str]:
    """Whose staff have the case before them: of the one through which it was filed, and of the counter whose clerk took something."""
    clerks = (item.taken_by for item in case.items if item.taken_by and item.taken_by.capacity is CapacityKind.CLERK)
    return sorted({id for id in (case.filed_by.organisation, *(by.organisation for by in clerks)) if id})


def _of_items(case: Case, items: frozenset[str], taken: frozenset[str], catalogue: Catalogue) -> Sight:
    return Sight(
        items=items,
        taken=taken,
        fields=frozenset(key for code in taken for key in catalogue.items[code].fields),
        materials=_materials(case, items, catalogue),
        taken_materials=_materials(case, taken, catalogue),
        certificate=any(catalogue.items[code].certificate for code in items),
    )


def _with_tasks(sight: Sight, *, given: frozenset[str], taken: frozenset[str]) -> Sight:
    return replace(sight, materials=sight.materials | given, taken_materials=sight.taken_materials | taken, tasks=taken)


def _materials(case: Case, items: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    return frozenset(code for item in items for code in papers_asked(case, item, catalogue))


def steps_seen(case: Case, sight: Sight, *, after: int, first: int) -> Sequence[Step]:
    """Numbered as they are: without a gap to the applicant's side, with gaps to others."""
    if sight.whole:
        return case.steps_after(after, first=first)
    seen = [step for step in case.history if step.number > after and sight.step(step)]
    return seen[: max(0, min(first, MOST_STEPS))]
