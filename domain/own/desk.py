"""Where people read what they have signed and shared: by the owner's own indexes, and only in their own capacity."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from domain.access.reach import Reach
from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.stores import CaseFilter, CasePage
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.certificates.views import ViewPage
from domain.mandates.mandate import Mandate
from domain.mandates.stores import MandatePage
from domain.own.deeds import (
    NOTHING,
    Deed,
    DeedPage,
    page_of,
    seen,
    shared_by_mandate,
    shared_in_case,
    signed_in_case,
    signed_in_mandate,
)

LARGEST_PAGE = 100
AT_ONCE = 50
"""So many cases or mandates are read at once. A life has few, and each may have been signed in at any time since."""


class Cases(Protocol):
    async def page(self, reach: Reach, *, first: int, after: str | None, filter: CaseFilter) -> CasePage: ...


class Mandates(Protocol):
    async def page(self, *, first: int, after: Mandate | None, person: str) -> MandatePage: ...


class Views(Protocol):
    async def of(self, person: str, *, first: int, after: str | None) -> ViewPage:
        """Of all their certificates, newest first; `after` is an order."""
        ...


@dataclass(frozen=True, slots=True)
class DeedDesk:
    cases: Cases
    mandates: Mandates
    views: Views
    catalogues: Catalogues

    async def signatures(self, by: Acting | None, *, first: int, after: str | None) -> DeedPage:
        person = _owner(by)
        if person is None:
            return NOTHING
        deeds: list[Iterator[Deed]] = [signed_in_case(case, catalogue) async for case, catalogue in self._cases(person)]
        deeds += [signed_in_mandate(mandate, person) for mandate in await self._mandates(person)]
        return page_of(chain.from_iterable(deeds), first=_size(first), after=after)

    async def shares(self, by: Acting | None, *, first: int, after: str | None) -> DeedPage:
        person, size = _owner(by), _size(first)
        if person is None:
            return NOTHING
        deeds: list[Iterator[Deed]] = [shared_in_case(case, catalogue) async for case, catalogue in self._cases(person)]
        deeds += [shared_by_mandate(mandate, person) for mandate in await self._mandates(person)]
        views = await self.views.of(person, first=size + 1, after=after)
        return page_of(chain(map(seen, views.views), *deeds), first=size, after=after)

    async def _cases(self, person: str) -> AsyncIterator[tuple[Case, Catalogue]]:
        after, more = None, True
        while more:
            page = await self.cases.page(Reach(person=person), first=AT_ONCE, after=after, filter=CaseFilter())
            for case in page.cases:
                catalogue = await self.catalogues.bring(case.region, case.catalogue_version)
                if catalogue:
                    yield case, catalogue
            after, more = page.cases[-1].id if page.cases else None, page.more

    async def _mandates(self, person: str) -> Sequence[Mandate]:
        found, more = list[Mandate](), True
        while more:
            page = await self.mandates.page(first=AT_ONCE, after=found[-1] if found else None, person=person)
            found += page.mandates
            more = page.more
        return found


def _owner(by: Acting | None) -> str | None:
    """Not for another, and not on a helper's device, whose owner would read along."""
    mine = by is not None and by.capacity is CapacityKind.SELF and by.assisted_by is None
    return by.person.id if by and by.person and mine else None


def _size(first: int) -> int:
    return max(1, min(first, LARGEST_PAGE))
