"""Every catalogue that anybody may still need: those in force, and the earlier versions that open cases began with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from domain.catalogue.build import Built, version_of
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.offered import OfferedItem
from domain.catalogue.types import Catalogue, Region
from domain.errors import NotFound
from domain.organisations.organisation import Organisation
from domain.policy.law import Law, law_of

Rebuild = Callable[[bytes, Catalogue], Catalogue]
"""An earlier version from its content, with the law of the catalogue in force."""


class CatalogueArchive(Protocol):
    """Where the content of every version is kept, for good."""

    async def keep(self, region: str, version: str, content: bytes, *, at: datetime) -> None:
        """Keeping the same version again changes nothing."""
        ...

    async def content(self, region: str, version: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Catalogues:
    """`earlier` fills as versions are brought: a process that a newer one outlived learns the newer one's version in the same way."""

    built: Built
    rebuild: Rebuild
    archive: CatalogueArchive | None = None
    earlier: dict[tuple[str, str], Catalogue] = field(default_factory=dict)

    def regions(self) -> tuple[Region, ...]:
        return tuple(catalogue.region for catalogue in self.built.catalogues.values())

    def in_force(self, region: str) -> Catalogue:
        """Raises NotFound for a region that is not here."""
        try:
            return self.built.catalogues[region]
        except KeyError:
            raise NotFound("refusal.no-such-region") from None

    def law(self, region: str | None, day: date) -> Law:
        """Of a region, or the national law if none is named; without any figure for a region that is not here."""
        held = self.built.catalogues
        named = region or ("national" if "national" in held else next(iter(held), "national"))
        return law_of(held[named], day) if named in held else Law({}, day, named)

    def version(self, region: str, version: str) -> Catalogue:
        """In force or brought before. Raises LookupError for one that nobody has brought."""
        found = self._held(region, version)
        if found is None:
            raise LookupError(f"catalogue {region} {version} has not been brought from the archive")
        return found

    def item(self, id: str) -> OfferedItem | None:
        """The item of a catalogue in force by its id."""
        found = ((catalogue, catalogue.item_by_id(id)) for catalogue in self.built.catalogues.values())
        return next((OfferedItem(catalogue, item) for catalogue, item in found if item), None)

    def organisation(self, id: str) -> Organisation | None:
        """One that is data; enterprises are not."""
        return next((found for held in self.built.catalogues.values() if (found := held.organisations.get(id))), None)

    async def find(self, region: str, version: str | None = None) -> Catalogue | None:
        """That version, or the one in force. None: there is none."""
        return self.built.catalogues.get(region) if version is None else await self.bring(region, version)

    async def bring(self, region: str, version: str) -> Catalogue | None:
        """Any version: held, or built again from the archive. None: there never was one. Raises CatalogueFaults if it cannot be built."""
        held = self._held(region, version)
        if held or self.archive is None or region not in self.built.catalogues:
            return held
        content = await self.archive.content(region, version)
        if content is None:
            return None
        if version_of(content) != version:
            raise CatalogueFaults([f"the stored catalogue {region} {version} is damaged: its content is that of {version_of(content)}"])
        return self.earlier.setdefault((region, version), self.rebuild(content, self.built.catalogues[region]))

    async def keep(self, *, at: datetime) -> None:
        """Put the versions in force into the archive; at every start."""
        if self.archive:
            for region, content in self.built.contents.items():
                await self.archive.keep(region, version_of(content), content, at=at)

    def _held(self, region: str, version: str) -> Catalogue | None:
        current = self.built.catalogues.get(region)
        return current if current and current.version == version else self.earlier.get((region, version))
