"""A few counties are kept in the process for a while: a drop-down asks for the same one several times, level by level."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.clock import Now
from domain.places.divisions import Divisions
from domain.places.places import Counties

MOST = 64
"""A county is some 200 villages; the largest have over 1,500."""

FRESH = timedelta(minutes=10)
"""So long after an import, processes may still tell what they have read before."""


@dataclass(frozen=True, slots=True)
class RecentCounties:
    store: Counties
    now: Now
    most: int = MOST
    _kept: OrderedDict[str, tuple[datetime, Divisions]] = field(default_factory=OrderedDict)

    def held(self, code: str) -> Divisions | None:
        read_at, county = self._kept.get(code, (None, None))
        return county if read_at and self.now() - read_at < FRESH else None

    async def county(self, code: str) -> Divisions | None:
        """What is not there is asked for each time: it may be imported at any moment."""
        held = self.held(code)
        if held:
            self._kept.move_to_end(code)
            return held
        county = await self.store.county(code)
        if county:
            self._keep(code, county)
        return county

    async def imported(self, codes: Sequence[str]) -> Collection[str]:
        return await self.store.imported(codes) if codes else ()

    def _keep(self, code: str, county: Divisions) -> None:
        self._kept[code] = (self.now(), county)
        self._kept.move_to_end(code)
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)
