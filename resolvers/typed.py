"""What somebody typed into a query that judges its input: read leniently where it is clear, and otherwise a slip, all of them at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar
from unicodedata import normalize

from strawberry import UNSET

from domain.errors import InvalidForm, Issue
from domain.policy.months import Month
from domain.words import Text

T = TypeVar("T")
LONGEST = 40
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,8})?")
_SUM = re.compile(r"[¥￥]?(-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,2})?)元?")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})|([0-9]{2}))月?")

_DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")


@dataclass(frozen=True, slots=True)
class Typed:
    """Below one argument. What cannot be read has a stand-in that no later check stumbles over; `issues` keeps that it is one."""

    today: date
    above: tuple[str, ...] = ("question",)
    issues: list[Issue] = field(default_factory=list)

    def below(self, *path: str) -> "Typed":
        """The same slips, further down."""
        return Typed(self.today, (*self.above, *path), self.issues)

    def money(self, typed: object, place: str) -> Decimal:
        """１２，０４９ and 12,049 元 are 12049; at most two decimals."""
        found = _SUM.fullmatch(_plain(typed))
        return Decimal(found[1].replace(",", "")) if found else self._slip("bad-money", place, Decimal(1))

    def rate(self, typed: object, place: str) -> Decimal:
        plain = _plain(typed)
        return Decimal(plain) if _NUMBER.fullmatch(plain) else self._slip("bad-rate", place, Decimal(0))

    def month(self, typed: object, place: str) -> Month:
        """2026-11, 2026年11月, 202611."""
        found = _MONTH.fullmatch(_plain(typed))
        month = Month.read(f"{found[1]}-{found[2] or found[3]:0>2}") if found else None
        return month or self._slip("bad-month", place, Month.of(self.today))

    def day(self, typed: object, place: str) -> date:
        """2026-11-23, 2026年11月23日, 20261123."""
        found = _DAY.fullmatch(_plain(typed))
        try:
            return date(*map(int, filter(None, found.groups()))) if found else self._slip("bad-date", place, date.max)
        except ValueError:
            return self._slip("bad-date", place, date.max)

    def judge(self, more: Iterable[Issue] = ()) -> None:
        """Raises InvalidForm if there is any slip, of these or of more; what could not be read is not judged again."""
        unread = {issue.path for issue in self.issues}
        if found := (*self.issues, *(issue for issue in more if issue.path not in unread)):
            raise InvalidForm(found)

    def _slip(self, code: str, place: str, stand_in: T) -> T:
        self.issues.append(Issue((*self.above, place), Text(f"issue.{code}")))
        return stand_in


def is_given(typed: object) -> bool:
    """Nothing, null and an empty box say the same."""
    return typed is not None and typed is not UNSET and typed != ""


def _plain(typed: object) -> str:
    """As text without spaces, full-width characters made plain."""
    written = str(typed)
    return "".join(normalize("NFKC", written).split()) if len(written) <= LONGEST else ""
