"""What becomes of a case that is over: erased when its time is over or its person asks, locked where the law keeps it."""

from dataclasses import dataclass
from datetime import datetime

from domain.cases.happened.happening import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAsked(Happening):
    """By the person, before its time is over."""

    kind = "erasure-asked"
    erase_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Happening):
    """Private data, salts and files are gone; the chain of steps stays whole."""

    kind = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked(Happening):
    """The law keeps it; from now on only the person and who is entitled by law read it."""

    kind = "locked"
