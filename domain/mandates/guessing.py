"""Tries are counted by all that somebody could vary: the mandate, the person, the address. Whoever goes on is locked for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from domain.errors import TooManyAttempts
from domain.guessing import locked_for
from domain.mandates.stores import Attempts
from domain.mandates.terms import Tries
from domain.words import Text

Counted = Mapping[str, Tries]
"""What tries are counted for, and how many it bears."""


@dataclass(frozen=True, slots=True)
class TryBook:
    """`locked`: the sentence that says so, with {minutes}."""

    attempts: Attempts
    locked: str

    async def write_down(self, counted: Counted, *, at: datetime) -> None:
        """Before it is judged, so that many at once are no more than many one by one. Raises TooManyAttempts: it is not to be judged."""
        await self.refuse_locked(counted, at=at)
        for one in counted:
            await self.attempts.add_wrong(one, at)
        await self.refuse_locked(counted, at=at)

    async def refuse_locked(self, counted: Counted, *, at: datetime) -> None:
        for one, tries in counted.items():
            left = locked_for(await self.attempts.wrong(one), at, tries.patience)
            if left:
                raise self._locked(left)

    async def strike_out(self, counted: Counted, *, at: datetime) -> None:
        """It was right."""
        for one in counted:
            await self.attempts.take_back(one, at)

    def _locked(self, left: timedelta) -> TooManyAttempts:
        minutes = ceil(left.total_seconds() / 60)
        return TooManyAttempts(Text(self.locked, {"minutes": minutes}), retry_after_seconds=ceil(left.total_seconds()))
