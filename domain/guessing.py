"""Guessing codes is counted, by address or whatever else somebody could vary, and locked for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """So many wrong codes within so long, and what they are counted for is locked."""

    wrong: int = 10
    within: timedelta = timedelta(minutes=10)
    locked: timedelta = timedelta(minutes=15)

    @property
    def remembered(self) -> timedelta:
        return max(self.within, self.locked)


def locked_for(wrong: Sequence[datetime], now: datetime, patience: Patience) -> timedelta | None:
    """How much longer; `wrong` in order of time. What is asked while locked is not judged and not counted."""
    counted = wrong[-patience.wrong :]
    if len(counted) < patience.wrong or counted[-1] - counted[0] > patience.within:
        return None
    left = counted[-1] + patience.locked - now
    return left if left > timedelta() else None
