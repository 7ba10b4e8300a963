"""When a limit ends, by the rules of 民法典 Arts 201–204, which hold wherever no other law says otherwise.

Hours run from the moment itself (Art 201). Of days, months and working days the one on which the clock starts is not counted (Art 201).
Months end on the same day of the month, or on its last (Art 202). If the last day of days or months is off, the limit ends on the next
working day, and each ends at 24:00 (Art 203): told as the day's last millisecond, so that its date is that day's everywhere in China.
A working-day clock that starts on a day off therefore has its first day on the next working day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.catalogue.types import TimeLimit, TimeUnit
from domain.clock import CHINA, day_in_china
from domain.days.calendar import DAY, Calendar

LAST_MOMENT = time(23, 59, 59, 999_000, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Due:
    """`provisional`: days that decide it have not been announced yet."""

    at: datetime
    provisional: bool


def due(limit: TimeLimit, start: datetime, calendar: Calendar) -> Due:
    """When what began at `start` must be done."""
    if limit.unit is TimeUnit.HOURS:
        return Due(start + timedelta(hours=limit.amount), provisional=False)
    if limit.unit is TimeUnit.WORKING_DAYS:
        return _in_working_days(limit.amount, day_in_china(start), calendar)
    first = day_in_china(start)
    last = first + DAY * limit.amount if limit.unit is TimeUnit.DAYS else months_after(first, limit.amount)
    end = last if calendar.works(last) else calendar.working_day_after(last, 1)
    return _due(end, provisional=not calendar.is_certain(last, end))


def _in_working_days(amount: int, first: date, calendar: Calendar) -> Due:
    end = calendar.working_day_after(first, amount)
    return _due(end, provisional=not calendar.is_certain(first + DAY, end))


def _due(day: date, *, provisional: bool) -> Due:
    return Due(datetime.combine(day, LAST_MOMENT).astimezone(UTC), provisional)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day (Art 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
