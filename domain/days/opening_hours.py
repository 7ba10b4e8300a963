"""When a service point is open (A48): on working days, and by the extensions of its hours that some points offer beside them.

早晚弹性办 and 午间轮班办 extend a working day; 周六延时办 opens on Saturdays that are neither worked as a weekday nor part of a holiday.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from itertools import pairwise

from domain.clock import CHINA
from domain.days.calendar import Calendar

SATURDAY = 5


class Extension(StrEnum):
    """早晚弹性办, 午间轮班办, 周六延时办."""

    EARLY_AND_LATE = "EARLY_AND_LATE"
    MIDDAY = "MIDDAY"
    SATURDAY = "SATURDAY"


@dataclass(frozen=True, slots=True)
class Span:
    """From its first moment until just before its last."""

    opens: time
    closes: time

    def holds(self, clock: time) -> bool:
        return self.opens <= clock < self.closes


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`always`: a 24-hour self-service area (24小时自助服务区)."""

    regular: tuple[Span, ...] = ()
    extended: Mapping[Extension, tuple[Span, ...]] = field(default_factory=dict)
    always: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """`by`: the extension that it is open by, if it is not by the regular hours. `provisional`: the day is not announced yet."""

    open: bool
    by: Extension | None = None
    provisional: bool = False


def opening(hours: OpeningHours, at: datetime, calendar: Calendar) -> Opening:
    """Is it open at that moment?"""
    if hours.always:
        return Opening(open=True)
    local = at.astimezone(CHINA)
    provisional = not calendar.is_certain(local.date(), local.date())
    for by, spans in _kept(hours, local, calendar):
        if any(span.holds(local.time()) for span in spans):
            return Opening(True, by, provisional)
    return Opening(False, None, provisional)


def _kept(hours: OpeningHours, at: datetime, calendar: Calendar) -> Iterator[tuple[Extension | None, tuple[Span, ...]]]:
    """The hours that it keeps on that day."""
    if calendar.works(at.date()):
        yield None, hours.regular
        yield from ((by, hours.extended.get(by, ())) for by in (Extension.EARLY_AND_LATE, Extension.MIDDAY))
    elif at.weekday() == SATURDAY and not calendar.is_holiday(at.date()):
        yield Extension.SATURDAY, hours.extended.get(Extension.SATURDAY, ())


def faults_in(hours: OpeningHours) -> Iterator[tuple[str, str]]:
    """(where, what is wrong)."""
    if not (hours.always or hours.regular or any(hours.extended.values())):
        yield "hours", "is never open"
    for place, spans in (("hours.regular", hours.regular), *((f"hours.extended.{by}", spans) for by, spans in hours.extended.items())):
        yield from ((place, f"closes at {span.closes:%H:%M}, before it opens") for span in spans if span.closes <= span.opens)
        yield from ((place, f"opens at {two.opens:%H:%M} before it has closed") for one, two in pairwise(spans) if two.opens < one.closes)
