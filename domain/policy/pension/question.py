"""What is asked about a pension, and everything that cannot be right about it, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Age, Month
from domain.policy.pension.payout import ages
from domain.words import Parameter, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PensionQuestion:
    """Sums are monthly yuan, `account_balance` apart. `contribution_months` counts the deemed ones too.

    `computing_base`: 计发基数 as a notice names it; None: the catalogue's.
    `early_paid_months`: paid before the day that the region's transition rule names; None: not told.
    """

    retirement_month: Month
    age: Age
    contribution_months: int
    indexed_wage: Decimal
    account_balance: Decimal
    deemed_months: int = 0
    computing_base: Decimal | None = None
    early_paid_months: int | None = None

    @property
    def first_day(self) -> date:
        """Of the retirement month: the law of this day holds."""
        return date(*self.retirement_month, 1)

    @property
    def paid_months(self) -> int:
        return self.contribution_months - self.deemed_months


def all_slips(question: PensionQuestion, law: Law) -> tuple[Issue, ...]:
    """By the law of the retirement month; a law without any figures is that of an unknown region."""
    law = law.on(question.first_day)
    return (*slips(question, law), *age_slips(question.age, law))


def slips(question: PensionQuestion, law: Law) -> Iterator[Issue]:
    yield from _months(question)
    yield from _sums(question)
    if not law.parameters:
        yield _slip("unknown-pension-region", "region")
    elif law.find("basic-pension-rate") is None:
        yield _slip("before-pension-formula", "retirementMonth")
    elif question.computing_base is None and law.find("computing-base") is None:
        yield _slip("no-computing-base", "computingBase")


def age_slips(age: Age, law: Law) -> Iterator[Issue]:
    """Where the account is paid by the table of payout months, which begins and ends somewhere."""
    if not 0 <= age.months <= 11:
        yield _slip("bad-age-months", "age", "months")
    elif law.find("payout-months") and not (span := ages(law))[0] <= age.in_months <= span[1]:
        yield _slip("age-outside-table", "age", least=span[0] // 12, most=span[1] // 12)


def _months(question: PensionQuestion) -> Iterator[Issue]:
    lived = question.age.in_months
    if not 0 < question.contribution_months <= max(lived, 1):
        yield _slip("bad-contribution-months", "contributionMonths")
    if not 0 <= question.deemed_months <= max(question.contribution_months, 0):
        yield _slip("bad-deemed-months", "deemedMonths")
    elif not 0 <= (question.early_paid_months or 0) <= max(question.paid_months, 0):
        yield _slip("bad-early-months", "paidMonthsBeforeAccounts")


def _sums(question: PensionQuestion) -> Iterator[Issue]:
    if question.indexed_wage <= 0:
        yield _slip("bad-money", "indexedMonthlyWage")
    if question.account_balance < 0:
        yield _slip("bad-money", "accountBalance")
    if question.computing_base is not None and question.computing_base <= 0:
        yield _slip("bad-money", "computingBase")


def _slip(code: str, *path: str, **params: Parameter) -> Issue:
    return Issue(("question", *path), Text(f"issue.{code}", params))
