"""The contract's scalars by name, as resolvers take and give them; schema/scalars.py says how each is written."""

from datetime import date, datetime
from typing import NewType

from domain.errors import InvalidForm, Issue
from domain.words import Text

Date = NewType("Date", date)
DateTime = NewType("DateTime", datetime)
Month = NewType("Month", str)
Money = NewType("Money", str)
Decimal = NewType("Decimal", str)


def moment_typed(typed: object, *path: str) -> datetime | None:
    """A moment as somebody typed it, with its offset. Raises InvalidForm."""
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(str(typed))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InvalidForm([Issue(path, Text("issue.bad-date"))])
    return moment
