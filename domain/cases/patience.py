"""How long the product waits, and how often it asks again. Not law: our own manners towards people and outside systems."""

from dataclasses import dataclass
from datetime import datetime, timedelta


def _seconds(*pauses: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=pause) for pause in pauses)


@dataclass(frozen=True, slots=True)
class Patience:
    """After the n-th failure the n-th pause; when there is none left, it has failed for good. Only a certificate is never given up."""

    hand_off: tuple[timedelta, ...] = _seconds(1, 4, 15, 60, 300, 1_800, 7_200)
    register: tuple[timedelta, ...] = _seconds(1, 4, 15, 60, 300)
    cancel: tuple[timedelta, ...] = _seconds(1, 4, 15, 60, 300, 1_800, 7_200)
    notice: tuple[timedelta, ...] = _seconds(2, 15, 60, 300, 1_800)
    certificate: tuple[timedelta, ...] = _seconds(5, 30, 120, 600, 3_600)
    ask_again: timedelta = timedelta(days=1)
    autosave: timedelta = timedelta(minutes=5)
    prefill: timedelta = timedelta(seconds=3)
    """What a register says later than this after it was asked is offered, not filled in."""

    def after(self, pauses: tuple[timedelta, ...], attempt: int, *, now: datetime) -> datetime | None:
        """When to try again after failed attempt number `attempt` (from 1); None: not any more."""
        return now + pauses[attempt - 1] if attempt <= len(pauses) else None

    def always_after(self, pauses: tuple[timedelta, ...], attempt: int, *, now: datetime) -> datetime:
        """As `after`, but with the last pause again and again: each failure is a step, and a case must not grow by thousands."""
        return now + pauses[min(attempt, len(pauses)) - 1]


PATIENCE = Patience()
