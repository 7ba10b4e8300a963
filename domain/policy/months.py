"""Months and ages as the law counts them: whole months, and the last day of a month that has no such day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """Full years and months lived (周岁加月); `months` is 0 to 11."""

    years: int
    months: int = 0

    @classmethod
    def of(cls, months: int) -> Self:
        return cls(*divmod(months, 12))

    @property
    def in_months(self) -> int:
        return self.years * 12 + self.months


class Month(NamedTuple):
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, written: str) -> Self | None:
        """From 2026-11. None: that is no month."""
        year, _, month = written.partition("-")
        if len(year) != 4 or len(month) != 2 or not (year + month).isascii() or not (year + month).isdecimal():
            return None
        return cls(int(year), int(month)) if 1 <= int(month) <= 12 and int(year) else None

    def plus(self, months: int) -> Self:
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def since(self, other: "Month") -> int:
        """How many months later than the other it is."""
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def after(day: date, months: int) -> date:
    """The same day so many months later (or earlier, if negative); the month's last day where it has no such day."""
    year, month = Month.of(day).plus(months)
    return date(year, month, day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1]))


def age_on(birth: date, day: date) -> Age:
    """What somebody has completed on that day. Raises ValueError for a day before the birth."""
    if day < birth:
        raise ValueError(f"{day.isoformat()} is before {birth.isoformat()}")
    whole = Month.of(day).since(Month.of(birth))
    return Age.of(whole if after(birth, whole) <= day else whole - 1)


def between(day: date, later: date) -> tuple[int, int]:
    """Whole months, and the days that remain."""
    whole = Month.of(later).since(Month.of(day))
    months = whole if after(day, whole) <= later else whole - 1
    return months, (later - after(day, months)).days
