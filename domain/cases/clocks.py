"""When an item's limit and promise end. Counted whenever somebody reads it, by the calendar in force, so nothing of it is stored.

Statutory limit and promise are kept apart (F45). A clock has not begun as long as its event has not happened: then there is no deadline.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.cases.case import Case
from domain.cases.parts import Turn
from domain.cases.reading import ItemInCase
from domain.catalogue.types import TimeLimit
from domain.days.calendar import Calendar
from domain.days.counting import due
from domain.ports import ItemOutcome

REACHED = frozenset({"handed-off", "department-working", "item-decided"})
"""Steps that show that a department has an item; the first of them is told by its answer to the hand-off."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` is None while the clock is suspended. `overdue`: it has passed, or had when the item was decided."""

    limit: TimeLimit
    at: datetime | None
    overdue: bool
    provisional: bool
    suspended_since: datetime | None = None
    suspended_text: str | None = None


def _submitted(item: ItemInCase) -> datetime | None:
    return item.case.received_at if item.case.submitted_at else None


def _accepted(item: ItemInCase) -> datetime | None:
    """受理: with the submission, or where it waits for other items once these are decided; a slow hand-off of ours does not count."""
    return item.state.ready_at


def _handed_off(item: ItemInCase) -> datetime | None:
    return next((step.at for step in item.case.history if step.kind in REACHED and step.item == item.code), None)


def _pension_calculated(item: ItemInCase) -> datetime | None:
    """待遇核定: the approval of what the certificate follows from."""
    certifying = (state for state in item.case.items if item.catalogue.items[state.code].certificate)
    return next((state.decided_at for state in certifying if state.outcome is ItemOutcome.GRANTED), None)


EVENTS: Mapping[str, Callable[[ItemInCase], datetime | None]] = {
    "submitted": _submitted,
    "accepted": _accepted,
    "handed-off": _handed_off,
    "pension-calculated": _pension_calculated,
}
"""What can start a clock, by the code that catalogues name it with, and when it happened."""


def deadline(item: ItemInCase, limit: TimeLimit | None, calendar: Calendar, *, now: datetime) -> Deadline | None:
    """None: no limit, not begun, or nobody will decide it any more."""
    start = EVENTS[limit.start_event](item) if limit and limit.start_event in EVENTS else None
    if limit is None or start is None or (item.at is None and item.turn is Turn.OVER):
        return None
    ends = due(limit, start, calendar)
    return Deadline(limit, ends.at, overdue=(item.at or now) > ends.at, provisional=ends.provisional)


def case_deadline(case: Case, items: Sequence[ItemInCase], calendar: Calendar, *, now: datetime) -> Deadline | None:
    """The last that is known of the open items: the promise where there is one, else the law's. None: none has begun, or all is over."""
    if case.over:
        return None
    open_items = [item for item in items if item.at is None]
    known = [deadline(item, item.offered.promise or item.offered.statutory_limit, calendar, now=now) for item in open_items]
    return max((one for one in known if one), key=_end, default=None)


def _end(one: Deadline) -> datetime:
    assert one.at is not None, "nothing is suspended yet"
    return one.at
