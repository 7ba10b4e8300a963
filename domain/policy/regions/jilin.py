"""吉林: the transition coefficient depends on how long somebody has paid; who has paid long gets an addition, bracket by bracket.

Recomputed to the cent from three assessment sheets of 2025 and 2026 (tests/policy/pension.toml).
"""

from collections.abc import Iterator
from decimal import Decimal

from domain.policy.pension.money import cents, percent, years_of, yuan
from domain.policy.pension.parts import PensionPart, Worked, part, shared_facts
from domain.reasons import Fact
from domain.wording import span
from domain.words import Text


def transition(worked: Worked) -> PensionPart | None:
    """On deemed months alone. None: there are none."""
    question, table = worked.question, worked.law.figure("transition-coefficients")
    if not question.deemed_months:
        return None
    long = question.paid_months > int(table.table["months"])
    rate, years = Decimal(table.table["paid-longer" if long else "paid-shorter"]), years_of(question.deemed_months)
    facts = (
        Fact(Text("fact.counted-deemed-months"), span(question.deemed_months)),
        Fact(Text("fact.paid-months"), span(question.paid_months)),
        *shared_facts(worked)[:1],
    )
    return part(
        "transition", "jilin-transition", cents(question.indexed_wage * years * rate),
        facts=facts, figures=(table.cited(percent(rate)),), wage=yuan(question.indexed_wage), years=str(years), rate=percent(rate),
    )  # fmt: skip


def addition(worked: Worked) -> PensionPart | None:
    """None: nobody who has not paid for more than the first bracket's years."""
    brackets = worked.law.figure("addition-brackets")
    steps = [(int(years), Decimal(rate)) for years, rate in brackets.table.items()]
    if worked.question.paid_months <= steps[0][0] * 12:
        return None
    amount = sum((cents(worked.average * years * rate) for years, rate in _pieces(steps, worked.years)), Decimal(0))
    cited = brackets.cited(", ".join(f">{years}: {percent(rate)}" for years, rate in steps))
    facts = (Fact(Text("fact.paid-months"), span(worked.question.paid_months)), *shared_facts(worked))
    pieces = " + ".join(f"{years} × {percent(rate)}" for years, rate in _pieces(steps, worked.years))
    return part(
        "addition", "jilin-addition", amount, facts=facts, figures=(*worked.base.figures, cited),
        base=yuan(worked.base.amount), wage=yuan(worked.question.indexed_wage), pieces=pieces,
    )  # fmt: skip


def _pieces(steps: list[tuple[int, Decimal]], years: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """How many years lie in each bracket, with its rate."""
    ends = [*(Decimal(start) for start, _ in steps[1:]), years]
    for (start, rate), end in zip(steps, ends, strict=True):
        if years > start:
            yield min(years, end) - start, rate
