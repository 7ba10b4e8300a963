"""An item where it is offered: its department, what it waits for and what it asks are those of the same catalogue."""

from dataclasses import dataclass

from domain.catalogue.types import Catalogue, Department, MaterialRule, ServiceItem


@dataclass(frozen=True, slots=True)
class OfferedItem:
    catalogue: Catalogue
    item: ServiceItem

    @property
    def department(self) -> Department:
        return self.catalogue.departments[self.item.department]

    @property
    def waits_for(self) -> tuple["OfferedItem", ...]:
        return tuple(OfferedItem(self.catalogue, self.catalogue.items[code]) for code in self.item.waits_for)

    @property
    def only_with(self) -> tuple["OfferedItem", ...]:
        return tuple(OfferedItem(self.catalogue, self.catalogue.items[code]) for code in self.item.only_with)

    @property
    def materials(self) -> tuple[MaterialRule, ...]:
        return tuple(self.catalogue.materials[code] for code in self.item.materials)


def offered(catalogue: Catalogue) -> tuple[OfferedItem, ...]:
    return tuple(OfferedItem(catalogue, item) for item in catalogue.items.values())
