"""The parts that every region's pension has, each with its worked step: formula, what went in, and the figures of law with their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.policy.law import Law
from domain.policy.pension.money import cents, percent, years_of, yuan
from domain.policy.pension.payout import Payout
from domain.policy.pension.question import PensionQuestion
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import span
from domain.words import Parameter, Text


@dataclass(frozen=True, slots=True)
class PensionPart:
    """`key` basic, account, transition, or addition (what a region adds)."""

    key: str
    amount: Decimal
    formula: Text
    reasons: tuple[Reason, ...]

    @property
    def label(self) -> Text:
        return Text(f"pension.part.{self.key}")


@dataclass(frozen=True, slots=True)
class Base:
    """The computing base (计发基数) with where it comes from. No `figures`: the person's own notice names it."""

    amount: Decimal
    reason: Reason
    figures: tuple[LawFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A question beside the figures that answer it; `law` is that of the retirement month's first day."""

    question: PensionQuestion
    law: Law
    base: Base

    @property
    def years(self) -> Decimal:
        return years_of(self.question.contribution_months)

    @property
    def average(self) -> Decimal:
        """Of the base and the person's own indexed wage."""
        return (self.base.amount + self.question.indexed_wage) / 2


def base_of(question: PensionQuestion, law: Law) -> Base:
    """A year whose base is not published yet is worked out on the newest one, and says so."""
    if question.computing_base is not None:
        fact = Fact(Text("fact.computing-base"), yuan(question.computing_base))
        told = finding("computing-base-of-notice", Verdict.MET, facts=(fact,), base=yuan(question.computing_base))
        return Base(question.computing_base, told)
    found, year = law.figure("computing-base"), question.retirement_month.year
    verdict = Verdict.MET if found.since.year == year else Verdict.UNDECIDED
    figures = (found.cited(),)
    told = finding("computing-base", verdict, figures=figures, base=yuan(found.decimal), year=str(year), published=str(found.since.year))
    return Base(found.decimal, told, figures)


def basic(worked: Worked) -> PensionPart:
    """基础养老金."""
    rate = worked.law.figure("basic-pension-rate")
    months = (Fact(Text("fact.counted-months"), span(worked.question.contribution_months)),)
    amount = cents(worked.average * worked.years * rate.decimal)
    return part(
        "basic", "basic-pension", amount, facts=(*months, *shared_facts(worked)), figures=(*worked.base.figures, rate.cited()),
        base=yuan(worked.base.amount), wage=yuan(worked.question.indexed_wage), years=str(worked.years), rate=percent(rate.decimal),
    )  # fmt: skip


def account(question: PensionQuestion, payout: Payout) -> PensionPart:
    """个人账户养老金."""
    amount, balance = cents(question.account_balance / payout.months), yuan(question.account_balance)
    fact = Fact(Text("fact.account-balance"), balance)
    return part("account", "account-pension", amount, facts=(fact,), figures=payout.figures, balance=balance, months=str(payout.months))


def shared_facts(worked: Worked) -> tuple[Fact, ...]:
    """What most parts look at."""
    return (
        Fact(Text("fact.indexed-wage"), yuan(worked.question.indexed_wage)),
        Fact(Text("fact.computing-base"), yuan(worked.base.amount)),
    )


def part(
    key: str, rule: str, amount: Decimal, *, facts: tuple[Fact, ...], figures: tuple[LawFigure, ...], more: tuple[Reason, ...] = (),
    **inputs: Parameter,
) -> PensionPart:  # fmt: skip
    """Worked out by `pension.formula.<rule>`, which takes the inputs and the amount. `more`: what else is to be said of it."""
    formula = Text(f"pension.formula.{rule}", {**inputs, "amount": yuan(amount)})
    return PensionPart(key, amount, formula, (finding(rule, Verdict.MET, facts=facts, figures=figures, formula=formula), *more))


def total_of(parts: Iterable[PensionPart]) -> Decimal:
    return sum((each.amount for each in parts), Decimal("0.00"))
