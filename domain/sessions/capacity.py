"""In which capacities somebody can act: for themselves, for now; posts and mandates join here."""

from dataclasses import dataclass

from domain.acting import Acting, CapacityKind
from domain.people import Person
from domain.words import Text


@dataclass(frozen=True, slots=True)
class Capacity:
    id: str
    kind: CapacityKind
    on_behalf_of: Person | None = None

    @property
    def label(self) -> Text:
        return Text(f"capacity.{self.kind}")


def capacity_of(acting: Acting) -> Capacity:
    return Capacity(acting.capacity_id, acting.capacity, acting.person if acting.capacity is CapacityKind.SELF else None)


def capacities_of(acting: Acting) -> list[Capacity]:
    return [capacity_of(acting)]
