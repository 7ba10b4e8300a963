"""What-if: to retire early, on time or late, side by side, and what of it is still possible today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Month, age_on
from domain.policy.pension.estimate import PensionEstimate, estimate
from domain.policy.pension.question import PensionQuestion, all_slips
from domain.policy.retirement import points
from domain.policy.retirement.forecast import RetirementForecast, RetirementQuestion, forecast
from domain.policy.retirement.points import RetirementPoint
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import day as said_day
from domain.wording import span
from domain.words import Text


class ChoiceKind(StrEnum):
    EARLY = "EARLY"
    ON_TIME = "ON_TIME"
    LATE = "LATE"


@dataclass(frozen=True, slots=True)
class Earnings:
    """What an estimate needs beside the dates; as they are today."""

    indexed_wage: Decimal
    account_balance: Decimal
    deemed_months: int = 0


@dataclass(frozen=True, slots=True)
class RetirementChoice:
    """`contribution_months`: by then, if contributions go on every month. `estimate`: None if no sums were told, or as a reason says."""

    kind: ChoiceKind
    point: RetirementPoint
    possible: bool
    contribution_months: int | None
    reasons: tuple[Reason, ...]
    estimate: PensionEstimate | None = None

    @property
    def text(self) -> Text:
        """The first reason says whether it is still possible."""
        return self.reasons[0].text


@dataclass(frozen=True, slots=True)
class RetirementChoices:
    """`first_if_told_today`: the earliest day for which a notice of today is in time; None: there is nothing to bring forward any more."""

    choices: tuple[RetirementChoice, ...]
    first_if_told_today: date | None
    forecast: RetirementForecast


def retirement_choices(question: RetirementQuestion, law: Law, earnings: Earnings | None = None) -> RetirementChoices:
    """As things stand on the law's day; see `forecast` for what is raised."""
    found = forecast(question, law)
    first = _first_if_told_today(found, law)
    told = (_choice(kind, point, question, found, law) for kind, point in _points(question, found, first, law))
    return RetirementChoices(tuple(_estimated(each, law, earnings) for each in told), first, found)


def earnings_slips(earnings: Earnings, question: RetirementQuestion) -> Iterator[Issue]:
    if question.contribution_months is None:
        yield Issue(("question", "contributionMonths"), Text("issue.required"))
    elif not 0 <= earnings.deemed_months <= question.contribution_months:
        yield Issue(("question", "earnings", "deemedMonths"), Text("issue.bad-deemed-months"))
    if earnings.indexed_wage <= 0:
        yield Issue(("question", "earnings", "indexedMonthlyWage"), Text("issue.bad-money"))
    if earnings.account_balance < 0:
        yield Issue(("question", "earnings", "accountBalance"), Text("issue.bad-money"))


def _first_if_told_today(found: RetirementForecast, law: Law) -> date | None:
    if found.earliest is None:
        return None
    first = max(points.first_after_notice(law), found.earliest.date)
    return first if first < found.statutory.date else None


def _points(
    question: RetirementQuestion, found: RetirementForecast, first: date | None, law: Law
) -> Iterator[tuple[ChoiceKind, RetirementPoint]]:
    """Early: the first day that is still open, or the one that was."""
    if first:
        yield ChoiceKind.EARLY, points.chosen(first, age_on(question.birth, first), law)
    elif found.earliest and found.earliest.date < found.statutory.date:
        yield ChoiceKind.EARLY, found.earliest
    yield ChoiceKind.ON_TIME, found.statutory
    if found.latest:
        yield ChoiceKind.LATE, found.latest


def _choice(
    kind: ChoiceKind, point: RetirementPoint, question: RetirementQuestion, found: RetirementForecast, law: Law
) -> RetirementChoice:
    possible = point.act_by is None or point.act_by >= law.day
    paid = _paid_by(point.date, question, law)
    reasons = (_possible(kind, point, found, possible=possible), *_enough(point, paid))
    return RetirementChoice(kind, point, possible, paid, reasons)


def _paid_by(day: date, question: RetirementQuestion, law: Law) -> int | None:
    """One month more for each that begins after today, until the month of retirement."""
    if question.contribution_months is None:
        return None
    return question.contribution_months + max(Month.of(day).since(Month.of(law.day)), 0)


def _possible(kind: ChoiceKind, point: RetirementPoint, found: RetirementForecast, *, possible: bool) -> Reason:
    verdict = Verdict.MET if possible else Verdict.NOT_MET
    act = said_day(point.act_by or point.date)
    rule = f"choice-{kind.lower().replace('_', '-')}"
    return finding(rule, verdict, figures=_figures(kind, found), date=said_day(point.date), act=act)


def _figures(kind: ChoiceKind, found: RetirementForecast) -> tuple[LawFigure, ...]:
    rules = {ChoiceKind.EARLY: "flexible-early", ChoiceKind.ON_TIME: "statutory-age", ChoiceKind.LATE: "flexible-delay"}
    return next((reason.figures for reason in found.reasons if reason.rule == rules[kind]), ())


def _enough(point: RetirementPoint, paid: int | None) -> Iterator[Reason]:
    needed = point.minimum_contribution_months
    if needed is None or paid is None:
        return
    facts = (Fact(Text("fact.contribution-months-then"), span(paid)),)
    if paid >= needed:
        yield finding("enough-by-then", Verdict.MET, facts=facts, paid=span(paid), needed=span(needed))
        return
    yield finding("enough-by-then", Verdict.NOT_MET, facts=facts, paid=span(paid), needed=span(needed), missing=span(needed - paid))


def _estimated(choice: RetirementChoice, law: Law, earnings: Earnings | None) -> RetirementChoice:
    """By the law of the month in question; slips say why there can be none."""
    if earnings is None or not choice.contribution_months:
        return choice
    asked = PensionQuestion(
        retirement_month=Month.of(choice.point.date),
        age=choice.point.age,
        contribution_months=choice.contribution_months,
        indexed_wage=earnings.indexed_wage,
        account_balance=earnings.account_balance,
        deemed_months=earnings.deemed_months,
    )
    if wrong := all_slips(asked, law):
        unknown = (Reason("choice-estimate", Verdict.UNDECIDED, slip.text) for slip in wrong)
        return replace(choice, reasons=(*choice.reasons, *unknown))
    return replace(choice, estimate=estimate(asked, law))
