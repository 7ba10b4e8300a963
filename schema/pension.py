"""Estimates as the contract shows them; the allowance and the loan are additions of ours."""

from typing import Annotated

import strawberry

from domain.policy.pension import disability, estimate, loan
from resolvers import pension as resolvers
from schema.problems import InvalidForm, Reason, Refusal
from schema.scalars import Date, Decimal, Money, Month

strawberry.enum(
    disability.AllowanceKind,
    description="How the allowance is worked out; before 2025 it was ILLNESS_RETIREMENT, or RESIGNATION without a sum known here.",
)


@strawberry.type
class PensionPart:
    key: str
    label: str = strawberry.field(resolver=resolvers.part_label)
    amount: Money
    formula: str = strawberry.field(resolver=resolvers.part_formula)
    reasons: list[Reason]


@strawberry.type(description="The parts (basic, account, transition and what a region adds) make up the total.")
class PensionEstimate:
    parts: list[PensionPart]
    total: Money
    payout_months: Decimal
    reasons: list[Reason]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, estimate.PensionEstimate)


@strawberry.type(description="病残津贴. paymentMonths: null until the statutory age; reworkedFrom: when it is worked out again.")
class DisabilityAllowance:
    kind: disability.AllowanceKind
    parts: list[PensionPart]
    total: Money
    payment_months: int | None
    reworked_from: Month | None = strawberry.field(resolver=lambda self: self.reworked)
    until: Date = strawberry.field(resolver=lambda self: self.statutory, description="The statutory age, when the pension takes its place.")
    reasons: list[Reason]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, disability.DisabilityAllowance)


@strawberry.type
class LoanPayment:
    month: int
    interest: Money
    payment: Money
    left: Money


@strawberry.type(description="安享贷, for information only: nothing is lent here. Interest is rounded half up to the cent each month.")
class LoanRepayment:
    payments: list[LoanPayment]
    interest: Money
    last_payment: Money
    full_pension_from_month: int
    reasons: list[Reason]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, loan.LoanRepayment)


PensionEstimateResult = Annotated[PensionEstimate | Refusal | InvalidForm, strawberry.union("PensionEstimateResult")]
DisabilityAllowanceResult = Annotated[DisabilityAllowance | Refusal | InvalidForm, strawberry.union("DisabilityAllowanceResult")]
LoanRepaymentResult = Annotated[LoanRepayment | Refusal | InvalidForm, strawberry.union("LoanRepaymentResult")]


@strawberry.type
class PensionQuery:
    pension_estimate = strawberry.field(graphql_type=PensionEstimateResult, resolver=resolvers.pension_estimate)
    disability_allowance = strawberry.field(graphql_type=DisabilityAllowanceResult, resolver=resolvers.disability_allowance_of)
    loan_repayment = strawberry.field(graphql_type=LoanRepaymentResult, resolver=resolvers.loan_repayment_of)
