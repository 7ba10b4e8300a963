"""Over how many months the account is spread (计发月数): a table of whole ages, and a method for the months between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.policy.law import Figure, Law
from domain.policy.months import Age
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import age as told_age
from domain.words import Text

Table = Mapping[str, int | str]


def floor_age(table: Table, age: Age) -> Decimal:
    """The months lived since the birthday do not count."""
    return Decimal(table[str(age.years)])


def interpolate_1dp(table: Table, age: Age) -> Decimal:
    """In a straight line from one whole age to the next, half up to one decimal: the 到月 table of the pension offices."""
    if not age.months:
        return floor_age(table, age)
    now, later = int(table[str(age.years)]), int(table[str(age.years + 1)])
    twelfths = now * 12 - (now - later) * age.months
    tenths, rest = divmod(twelfths * 10, 12)
    return Decimal(tenths + (rest >= 6)).scaleb(-1)


METHODS: Mapping[str, Callable[[Table, Age], Decimal]] = {"interpolate_1dp": interpolate_1dp, "floor_age": floor_age}
"""What the parameter `payout-months-method` may name."""


@dataclass(frozen=True, slots=True)
class Payout:
    months: Decimal
    figures: tuple[LawFigure, ...]
    reason: Reason


def payout(age: Age, law: Law) -> Payout:
    """Raises LookupError for an age outside the table."""
    table, method = law.figure("payout-months"), law.figure("payout-months-method")
    months = METHODS[method.text](table.table, age)
    figures = (table.cited(_rows(table, age, months)), method.cited())
    facts = (Fact(Text("fact.pension-age"), told_age(age.in_months)),)
    reason = finding(
        "payout-months", Verdict.MET, facts=facts, figures=figures, age=told_age(age.in_months), months=str(months),
        method=Text(f"pension.method.{method.text}"),
    )  # fmt: skip
    return Payout(months, figures, reason)


def ages(law: Law) -> tuple[int, int]:
    """The youngest and the oldest age of the table, in months."""
    known = [int(years) for years in law.figure("payout-months").table]
    return min(known) * 12, max(known) * 12


def _rows(table: Figure, age: Age, months: Decimal) -> str:
    """The rows it was taken from: 60: 139, 61: 132 → 138.4."""
    if not age.months:
        return f"{age.years}: {months}"
    return f"{age.years}: {table.table[str(age.years)]}, {age.years + 1}: {table.table.get(str(age.years + 1), '-')} → {months}"
