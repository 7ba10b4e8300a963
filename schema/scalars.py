"""How the contract's scalars are written. Output is exact; input parses leniently, so that a date typed wrong is an InvalidForm."""

from datetime import date, datetime
from decimal import Decimal as ExactNumber

import strawberry
from strawberry.types.scalar import ScalarDefinition

from domain.clock import CHINA
from resolvers.scalars import Date, DateTime, Decimal, Money, Month

__all__ = ["SCALARS", "Date", "DateTime", "Decimal", "Money", "Month"]


def _seconds_in_china(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def _two_decimals(amount: ExactNumber | str) -> str:
    return f"{ExactNumber(amount):.2f}"


def _as_typed(value: object) -> object:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Date: strawberry.scalar(name="Date", serialize=date.isoformat, parse_value=_as_typed),
    DateTime: strawberry.scalar(name="DateTime", serialize=_seconds_in_china, parse_value=_as_typed),
    Month: strawberry.scalar(name="Month", description="A month: 2026-11.", serialize=str, parse_value=_as_typed),
    Money: strawberry.scalar(
        name="Money", description="Yuan with two decimals, as a string.", serialize=_two_decimals, parse_value=_as_typed
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="Any other number that must not be rounded on the way, as a string.",
        serialize=str,
        parse_value=_as_typed,
    ),
}
