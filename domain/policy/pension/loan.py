"""安享贷: how long a pension repays the loan that paid its contributions. Told for information; nothing is lent here (A61)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import InvalidForm, Issue
from domain.policy.law import Law
from domain.policy.pension.money import cents, percent, yuan
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import span
from domain.words import Text

LONGEST_SCHEDULE = 1200
"""Months after which it is called never: nobody repays for a hundred years."""


@dataclass(frozen=True, slots=True)
class LoanQuestion:
    """Yuan, and yuan a month. `yearly_rate` 0.0385 is 3.85%."""

    principal: Decimal
    monthly_pension: Decimal
    yearly_rate: Decimal


@dataclass(frozen=True, slots=True)
class LoanPayment:
    month: int
    interest: Decimal
    payment: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class LoanRepayment:
    payments: tuple[LoanPayment, ...]
    reasons: tuple[Reason, ...]

    @property
    def interest(self) -> Decimal:
        return sum((each.interest for each in self.payments), Decimal("0.00"))

    @property
    def last_payment(self) -> Decimal:
        return self.payments[-1].payment

    @property
    def full_pension_from_month(self) -> int:
        """Counted from the first payment, which is month 1."""
        return len(self.payments) + 1


def example_loan(law: Law) -> LoanQuestion:
    """The one that the source tells of: fifteen years at once."""
    example = law.figure("pension-loan-example").table
    principal = Decimal(example["yearly-contribution"]) * Decimal(example["years"])
    return LoanQuestion(principal, Decimal(example["monthly-pension"]), law.figure("pension-loan-rate").decimal)


def loan_repayment(question: LoanQuestion, law: Law) -> LoanRepayment:
    """Raises InvalidForm with every slip."""
    if wrong := tuple(loan_slips(question)):
        raise InvalidForm(wrong)
    payments = tuple(_payments(question))
    return LoanRepayment(payments, tuple(_reasons(question, payments, law)))


def loan_slips(question: LoanQuestion) -> Iterator[Issue]:
    if question.principal <= 0:
        yield Issue(("question", "principal"), Text("issue.bad-money"))
    if question.monthly_pension <= 0:
        yield Issue(("question", "monthlyPension"), Text("issue.bad-money"))
    if not 0 <= question.yearly_rate < 1:
        yield Issue(("question", "yearlyRate"), Text("issue.bad-rate"))
    elif question.monthly_pension > 0 and _never_ends(question):
        yield Issue(("question", "monthlyPension"), Text("issue.never-repaid"))


def _never_ends(question: LoanQuestion) -> bool:
    shortest = question.principal / question.monthly_pension
    return _interest(question.principal, question) >= question.monthly_pension or shortest > LONGEST_SCHEDULE


def _interest(debt: Decimal, question: LoanQuestion) -> Decimal:
    return cents(debt * question.yearly_rate / 12)


def _payments(question: LoanQuestion) -> Iterator[LoanPayment]:
    left, month = question.principal, 0
    while left > 0:
        month, interest = month + 1, _interest(left, question)
        payment = min(question.monthly_pension, left + interest)
        left += interest - payment
        yield LoanPayment(month, interest, payment, left)


def _reasons(question: LoanQuestion, payments: tuple[LoanPayment, ...], law: Law) -> Iterator[Reason]:
    rate, longest = law.figure("pension-loan-rate"), law.figure("pension-loan-longest-months")
    repaid = LoanRepayment(payments, ())
    facts = (Fact(Text("fact.loan-principal"), yuan(question.principal)), Fact(Text("fact.loan-payment"), yuan(question.monthly_pension)))
    yield finding(
        "loan-repaid", Verdict.MET, facts=facts, figures=(rate.cited(),) if question.yearly_rate == rate.decimal else (),
        principal=yuan(question.principal), rate=percent(question.yearly_rate), payment=yuan(question.monthly_pension),
        payments=len(payments), last=yuan(repaid.last_payment), interest=yuan(repaid.interest), free=repaid.full_pension_from_month,
    )  # fmt: skip
    if len(payments) > longest.number:
        yield finding("loan-longer-than-rate", Verdict.UNDECIDED, figures=(longest.cited(),), longest=span(longest.number))
    yield finding("loan-for-information", Verdict.UNDECIDED, figures=(law.figure("pension-loan-example").cited(_example(law)),))


def _example(law: Law) -> str:
    example = example_loan(law)
    return f"{yuan(example.principal)} / {yuan(example.monthly_pension)}"
