"""What always holds of the allowance for the incapacitated and of a loan that a pension repays."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.policy.law import Law, law_of
from domain.policy.pension.disability import RULES, payment_months
from domain.policy.pension.loan import LoanQuestion, loan_repayment, loan_slips
from integrations.catalogue_files import load


@pytest.fixture(scope="module")
def law() -> Law:
    return law_of(load(today=date(2026, 11, 23)).catalogues.in_force("sichuan"), date(2026, 11, 23))


@given(months=st.integers(1, 238))
def test_one_month_more_is_paid_for_no_shorter_and_at_most_three_months_longer(law: Law, months: int) -> None:
    assert payment_months(months + 1, law) - payment_months(months, law) in {0, 3}


@pytest.mark.parametrize(
    ("months", "paid"), [(1, 12), (59, 12), (60, 12), (61, 15), (72, 15), (73, 18), (120, 27), (179, 42), (180, 42), (239, 57)]
)
def test_the_allowance_of_those_below_the_minimum_lasts_as_long_as_the_rule_says(law: Law, months: int, paid: int) -> None:
    assert payment_months(months, law) == paid


@pytest.mark.row("B05")
def test_every_rule_that_has_held_for_the_incapacitated_is_there(law: Law) -> None:
    assert {value.value for value in law.parameters["incapacity-rule"].values} == RULES.keys()


@given(
    principal=st.decimals("0.01", "100000", places=2),
    pension=st.decimals("1", "5000", places=2),
    rate=st.decimals("0", "0.2", places=4),
)
def test_what_is_paid_is_the_loan_and_its_interest_to_the_cent(law: Law, principal: Decimal, pension: Decimal, rate: Decimal) -> None:
    question = LoanQuestion(principal, pension, rate)
    assume(not [*loan_slips(question)])

    found = loan_repayment(question, law)

    assert sum(each.payment for each in found.payments) == principal + found.interest
    assert found.payments[-1].left == 0
    assert all(each.payment == pension for each in found.payments[:-1])
    assert 0 < found.last_payment <= pension
    assert found.full_pension_from_month == len(found.payments) + 1
