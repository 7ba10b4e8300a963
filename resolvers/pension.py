"""What a pension would be: asked by anybody, answered by the law of the month in question."""

import strawberry
from strawberry import UNSET, Parent

from domain.policy.law import Law, law_of
from domain.policy.months import Age
from domain.policy.pension.disability import DisabilityAllowance, DisabilityQuestion, disability_allowance, disability_slips
from domain.policy.pension.estimate import PensionEstimate, estimate
from domain.policy.pension.loan import LoanQuestion, LoanRepayment, example_loan, loan_repayment, loan_slips
from domain.policy.pension.parts import PensionPart
from domain.policy.pension.question import PensionQuestion, all_slips
from domain.policy.retirement.question import Sex
from resolvers.context import Info
from resolvers.scalars import Date, Decimal, Money, Month
from resolvers.typed import Typed, is_given


@strawberry.input
class AgeInput:
    years: int
    months: int = 0

    def age(self) -> Age:
        return Age(self.years, self.months)


@strawberry.input
class PensionQuestionInput:
    region: str
    retirement_month: Month
    age: AgeInput
    contribution_months: int
    deemed_months: int = 0
    indexed_monthly_wage: Money
    account_balance: Money
    computing_base: Money | None = strawberry.field(
        default=UNSET, description="The region's computing base, if the applicant's notice names one; else the catalogue's."
    )
    paid_months_before_accounts: int | None = strawberry.field(
        default=UNSET, description="Months actually paid before the day that the region's transition rule names; a reason asks for it."
    )

    def question(self, typed: Typed) -> PensionQuestion:
        return PensionQuestion(
            retirement_month=typed.month(self.retirement_month, "retirementMonth"),
            age=self.age.age(),
            contribution_months=self.contribution_months,
            deemed_months=self.deemed_months,
            indexed_wage=typed.money(self.indexed_monthly_wage, "indexedMonthlyWage"),
            account_balance=typed.money(self.account_balance, "accountBalance"),
            computing_base=typed.money(self.computing_base, "computingBase") if is_given(self.computing_base) else None,
            early_paid_months=self.paid_months_before_accounts if isinstance(self.paid_months_before_accounts, int) else None,
        )


@strawberry.input(description="pension: as if a pension began in the month from which the allowance is to be paid.")
class DisabilityQuestionInput:
    pension: PensionQuestionInput
    sex: Sex
    statutory_date: Date = strawberry.field(description="As retirementForecast tells it.")

    def question(self, typed: Typed) -> DisabilityQuestion:
        statutory = typed.day(self.statutory_date, "statutoryDate")
        return DisabilityQuestion(self.pension.question(typed.below("pension")), statutory, woman=self.sex is Sex.FEMALE)


@strawberry.input(description="Yuan, yuan a month, and a yearly rate such as 0.0385; what is left out is as in the source's example.")
class LoanQuestionInput:
    principal: Money | None = UNSET
    monthly_pension: Money | None = UNSET
    yearly_rate: Decimal | None = UNSET

    def question(self, typed: Typed, example: LoanQuestion) -> LoanQuestion:
        return LoanQuestion(
            principal=typed.money(self.principal, "principal") if is_given(self.principal) else example.principal,
            monthly_pension=typed.money(self.monthly_pension, "monthlyPension")
            if is_given(self.monthly_pension)
            else example.monthly_pension,
            yearly_rate=typed.rate(self.yearly_rate, "yearlyRate") if is_given(self.yearly_rate) else example.yearly_rate,
        )


async def pension_estimate(info: Info, question: PensionQuestionInput) -> PensionEstimate:
    typed, law = Typed(info.context.today), await _law(info, question.region)
    asked = question.question(typed)
    typed.judge(all_slips(asked, law))
    return estimate(asked, law)


async def disability_allowance_of(info: Info, question: DisabilityQuestionInput) -> DisabilityAllowance:
    typed, law = Typed(info.context.today), await _law(info, question.pension.region)
    asked = question.question(typed)
    typed.judge(disability_slips(asked, law))
    return disability_allowance(asked, law)


async def loan_repayment_of(info: Info, question: LoanQuestionInput) -> LoanRepayment:
    typed, law = Typed(info.context.today), await _law(info, "national")
    asked = question.question(typed, example_loan(law))
    typed.judge(loan_slips(asked))
    return loan_repayment(asked, law)


async def _law(info: Info, region: str) -> Law:
    """Of a region that is not here: a law without figures."""
    catalogue = await info.context.catalogues.find(region)
    return law_of(catalogue, info.context.today) if catalogue else Law({}, info.context.today, region)


def part_label(part: Parent[PensionPart], info: Info) -> str:
    return info.context.say(part.label)


def part_formula(part: Parent[PensionPart], info: Info) -> str:
    return info.context.say(part.formula)
