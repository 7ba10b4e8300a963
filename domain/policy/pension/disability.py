"""病残津贴: what somebody is paid who has lost all capacity to work too early; until 2024 it was retirement through illness."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import InvalidForm, Issue
from domain.policy.law import Law
from domain.policy.months import Month
from domain.policy.pension.estimate import regional, unknown
from domain.policy.pension.parts import PensionPart, Worked, account, base_of, basic, total_of
from domain.policy.pension.payout import ages, payout
from domain.policy.pension.question import PensionQuestion, age_slips, slips
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import month as told_month
from domain.wording import span
from domain.words import Text


class AllowanceKind(StrEnum):
    """RESIGNATION: 退职, which each region paid by its own rule."""

    LIKE_PENSION = "LIKE_PENSION"
    BASIC_ONLY = "BASIC_ONLY"
    LIMITED = "LIMITED"
    ILLNESS_RETIREMENT = "ILLNESS_RETIREMENT"
    RESIGNATION = "RESIGNATION"


@dataclass(frozen=True, slots=True)
class DisabilityQuestion:
    """`pension`: as if a pension began in the month from which the allowance is to be paid."""

    pension: PensionQuestion
    statutory: date
    woman: bool

    @property
    def months_left(self) -> int:
        return Month.of(self.statutory).since(self.pension.retirement_month)


@dataclass(frozen=True, slots=True)
class DisabilityAllowance:
    """`payment_months`: None until the statutory age. `reworked`: the month from which it is worked out again."""

    kind: AllowanceKind
    parts: tuple[PensionPart, ...]
    statutory: date
    reasons: tuple[Reason, ...]
    payment_months: int | None = None
    reworked: Month | None = None

    @property
    def total(self) -> Decimal:
        return total_of(self.parts)


Reckoning = Callable[[DisabilityQuestion, Worked], DisabilityAllowance]


def disability_allowance(question: DisabilityQuestion, law: Law) -> DisabilityAllowance:
    """By the law of the first month. Raises InvalidForm with every slip."""
    if wrong := disability_slips(question, law):
        raise InvalidForm(wrong)
    law = law.on(question.pension.first_day)
    worked = Worked(question.pension, law, base_of(question.pension, law))
    return RULES[law.figure("incapacity-rule").text](question, worked)


def disability_slips(question: DisabilityQuestion, law: Law) -> tuple[Issue, ...]:
    """Those of the pension stand below `pension`, since they are asked for there."""
    law = law.on(question.pension.first_day)
    below = (*slips(question.pension, law), *_age_slips(question, law))
    late = [Issue(("question", "statutoryDate"), Text("issue.at-statutory-age"))] if question.months_left <= 0 else []
    return (*(Issue(("question", "pension", *each.path[1:]), each.text) for each in below), *late)


def _age_slips(question: DisabilityQuestion, law: Law) -> list[Issue]:
    """Somebody too young for the table of payout months has no account part yet."""
    found = list(age_slips(question.pension.age, law))
    if _near(question, law) or law.find("payout-months") is None or question.pension.age.in_months >= ages(law)[0]:
        return found
    return [each for each in found if each.code != "age-outside-table"]


def _near(question: DisabilityQuestion, law: Law) -> bool:
    near = law.find("disability-allowance-near-months")
    return near is not None and question.months_left <= near.number


def _allowance(question: DisabilityQuestion, worked: Worked) -> DisabilityAllowance:
    """The three cases of 人社部发〔2024〕72号."""
    short = _short(question, worked.law)
    if short > 0:
        return _limited(question, worked, short)
    return _like_pension(question, worked) if _near(question, worked.law) else _basic_only(question, worked)


def _limited(question: DisabilityQuestion, worked: Worked, short: int) -> DisabilityAllowance:
    length, paid = worked.law.figure("disability-allowance-length"), payment_months(question.pension.contribution_months, worked.law)
    figures = (worked.law.figure("minimum-contribution-months").cited(), length.cited(paid))
    reason = finding("allowance-limited", Verdict.MET, facts=_facts(question), figures=figures, short=span(short), paid=span(paid))
    return DisabilityAllowance(AllowanceKind.LIMITED, (basic(worked),), question.statutory, _reasons(reason, worked), payment_months=paid)


def payment_months(contribution_months: int, law: Law) -> int:
    """Below the minimum years: a part of a year beyond the first five counts as a whole one."""
    table = law.figure("disability-allowance-length").table
    beyond = max(contribution_months - int(table["short-months"]), 0)
    return int(table["months"]) + -(-beyond // 12) * int(table["per-year"])


def _like_pension(question: DisabilityQuestion, worked: Worked) -> DisabilityAllowance:
    near = worked.law.figure("disability-allowance-near-months")
    left, facts, figures = span(question.months_left), _facts(question), (near.cited(),)
    reason = finding("allowance-like-pension", Verdict.MET, facts=facts, figures=figures, left=left, near=span(near.number))
    parts, more = _as_pension(worked)
    return DisabilityAllowance(AllowanceKind.LIKE_PENSION, parts, question.statutory, (*_reasons(reason, worked), *more))


def _basic_only(question: DisabilityQuestion, worked: Worked) -> DisabilityAllowance:
    near = worked.law.figure("disability-allowance-near-months")
    reworked = Month.of(question.statutory).plus(-near.number)
    reason = finding(
        "allowance-basic-only", Verdict.MET, facts=_facts(question), figures=(near.cited(),),
        left=span(question.months_left), near=span(near.number), month=told_month(*reworked),
    )  # fmt: skip
    return DisabilityAllowance(AllowanceKind.BASIC_ONLY, (basic(worked),), question.statutory, _reasons(reason, worked), reworked=reworked)


def _illness_retirement(question: DisabilityQuestion, worked: Worked) -> DisabilityAllowance:
    """国发〔1978〕104号, whose approvals stopped on 2025-01-01."""
    ages = worked.law.figure("incapacity-retirement-ages")
    old_enough = question.pension.age.years >= int(ages.table["women" if question.woman else "men"])
    met = old_enough and _short(question, worked.law) <= 0
    reason = finding(
        "illness-retirement", Verdict.MET if met else Verdict.NOT_MET, facts=_facts(question),
        figures=(ages.cited(f"{ages.table['men']} / {ages.table['women']}"),), men=ages.table["men"], women=ages.table["women"],
    )  # fmt: skip
    if not met:
        return DisabilityAllowance(AllowanceKind.RESIGNATION, (), question.statutory, _reasons(reason, worked))
    parts, more = _as_pension(worked)
    return DisabilityAllowance(AllowanceKind.ILLNESS_RETIREMENT, parts, question.statutory, (*_reasons(reason, worked), *more))


RULES: Mapping[str, Reckoning] = {"allowance": _allowance, "early-retirement": _illness_retirement}
"""What the parameter `incapacity-rule` may name."""


def _as_pension(worked: Worked) -> tuple[tuple[PensionPart, ...], tuple[Reason, ...]]:
    """The parts, and what is to be said of them together."""
    spread = payout(worked.question.age, worked.law)
    return (basic(worked), account(worked.question, spread), *regional(worked)), (spread.reason, *unknown(worked))


def _short(question: DisabilityQuestion, law: Law) -> int:
    """Months below the minimum of the year in which the allowance begins."""
    return law.figure("minimum-contribution-months").number - question.pension.contribution_months


def _facts(question: DisabilityQuestion) -> tuple[Fact, ...]:
    return (
        Fact(Text("fact.counted-months"), span(question.pension.contribution_months)),
        Fact(Text("fact.months-to-statutory-age"), span(question.months_left)),
    )


def _reasons(first: Reason, worked: Worked) -> tuple[Reason, ...]:
    figure = worked.law.figure("incapacity-rule")
    appraisal = finding("full-incapacity", Verdict.UNDECIDED, figures=(figure.cited(),), officer=True)
    return (first, worked.base.reason, appraisal)
