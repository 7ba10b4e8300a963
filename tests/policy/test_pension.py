"""What always holds of an estimate, whoever asks. The published cases stand in pension.toml."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidForm
from domain.policy.law import Law, law_of
from domain.policy.months import Age, Month
from domain.policy.pension.estimate import estimate
from domain.policy.pension.payout import payout
from domain.policy.pension.question import PensionQuestion
from domain.reasons import Verdict
from domain.wording import day
from integrations.catalogue_files import Loaded, load

TODAY = date(2026, 11, 23)
TABLE = tomllib.loads((Path(__file__).parent / "tables" / "payout_months.toml").read_text(encoding="utf-8"))["months"]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.fixture(scope="module")
def sichuan(loaded: Loaded) -> Law:
    return law_of(loaded.catalogues.in_force("sichuan"), TODAY)


def a_question(**differing: object) -> PensionQuestion:
    """A man of 60 years and 1 month in Sichuan, with 35 years."""
    usual: dict[str, object] = {
        "retirement_month": Month(2025, 12),
        "age": Age(60, 1),
        "contribution_months": 420,
        "deemed_months": 60,
        "early_paid_months": 12,
        "indexed_wage": Decimal("7000.00"),
        "account_balance": Decimal("100000.00"),
    }
    return PensionQuestion(**{**usual, **differing})


# ---------------------------------------------------------------- payout months


@pytest.mark.row("B03")
def test_every_payout_month_of_the_table_is_as_published_or_on_the_straight_line(sichuan: Law) -> None:
    law = sichuan.on(date(2025, 1, 1))
    expected = {Age(int(years), months): Decimal(value) for years, row in TABLE.items() for months, value in enumerate(row)}

    assert len(expected) == 306
    assert {age: payout(age, law).months for age in expected} == expected


@pytest.mark.row("B05")
@pytest.mark.parametrize(("month", "months"), [(Month(2024, 12), "139"), (Month(2025, 1), "138.4")])
def test_before_2025_only_the_whole_age_counts(sichuan: Law, month: Month, months: str) -> None:
    assert estimate(a_question(retirement_month=month), sichuan).payout_months == Decimal(months)


@given(older=st.integers(1, 25 * 12))
def test_whoever_is_older_has_no_more_payout_months(sichuan: Law, older: int) -> None:
    assert payout(Age.of(45 * 12 + older), sichuan).months <= payout(Age.of(45 * 12 + older - 1), sichuan).months


# ---------------------------------------------------------------- sums

MONTHS = st.integers(1, 600)
SUMS = st.decimals("0.01", "60000", places=2)


@given(months=st.integers(73, 600), more=st.integers(0, 100), wage=SUMS)
def test_more_months_never_make_a_lower_pension(sichuan: Law, months: int, more: int, wage: Decimal) -> None:
    fewer, longer = (
        estimate(a_question(contribution_months=each, indexed_wage=wage, age=Age(69)), sichuan) for each in (months, months + more)
    )

    assert longer.parts[0].amount >= fewer.parts[0].amount
    assert longer.total >= fewer.total


@pytest.mark.parametrize("region", ["beijing", "jilin", "sichuan"])
@given(months=MONTHS, wage=SUMS, balance=SUMS, data=st.data())
def test_the_parts_make_up_the_total_to_the_cent(
    loaded: Loaded, region: str, months: int, wage: Decimal, balance: Decimal, data: st.DataObject
) -> None:
    deemed = data.draw(st.integers(0, months))
    question = a_question(
        contribution_months=months, deemed_months=deemed, early_paid_months=data.draw(st.integers(0, months - deemed)),
        indexed_wage=wage, account_balance=balance,
    )  # fmt: skip

    found = estimate(question, law_of(loaded.catalogues.in_force(region), TODAY))

    assert found.total == sum(part.amount for part in found.parts)
    assert all(part.amount == part.amount.quantize(Decimal("0.01")) and part.amount >= 0 for part in found.parts)


def test_a_base_from_the_notice_goes_before_the_catalogues(sichuan: Law) -> None:
    found = estimate(a_question(computing_base=Decimal("9000.00")), sichuan)

    assert found.parts[0].amount == Decimal("2800.00")
    assert found.reasons[0].rule == "computing-base-of-notice"


# ---------------------------------------------------------------- why


@pytest.mark.row("B03")
@pytest.mark.parametrize("region", ["beijing", "jilin", "sichuan"])
def test_every_part_names_its_formula_inputs_figures_dates_and_sources(loaded: Loaded, region: str) -> None:
    found = estimate(a_question(), law_of(loaded.catalogues.in_force(region), TODAY))

    assert {"basic", "account", "transition"} <= {part.key for part in found.parts}
    for part in found.parts:
        worked = part.reasons[0]
        assert (worked.verdict, worked.text.params["formula"]) == (Verdict.MET, part.formula)
        assert part.formula.params["amount"] == str(part.amount)
        assert worked.facts
        assert worked.figures
        assert all(figure.value and figure.source and figure.since <= date(2025, 12, 1) for figure in worked.figures)


@pytest.mark.row("B05")
def test_the_figures_are_those_of_the_retirement_month(sichuan: Law) -> None:
    months = (Month(2024, 5), Month(2024, 6), Month(2025, 1))
    bases = [estimate(a_question(retirement_month=month), sichuan).reasons[0] for month in months]

    assert [(reason.verdict, reason.figures[0].value) for reason in bases] == [
        (Verdict.MET, "8079"),
        (Verdict.MET, "8321"),
        (Verdict.MET, "8462"),
    ]


def test_a_year_whose_base_is_not_published_is_worked_out_on_the_newest_and_says_that_it_is_provisional(sichuan: Law) -> None:
    provisional = estimate(a_question(retirement_month=Month(2027, 3)), sichuan).reasons[0]

    assert (provisional.rule, provisional.verdict) == ("computing-base", Verdict.UNDECIDED)
    assert provisional.text.params == {"base": "8462.00", "year": "2027", "published": "2025"}


def test_a_region_whose_transition_rule_is_not_known_says_what_the_total_is_without(loaded: Loaded) -> None:
    law = law_of(loaded.catalogues.in_force("guangxi"), TODAY)

    found = estimate(a_question(computing_base=Decimal("7000.00")), law)

    assert [part.key for part in found.parts] == ["basic", "account"]
    assert [(reason.rule, reason.verdict) for reason in found.reasons if reason.verdict is Verdict.UNDECIDED] == [
        ("transition-unknown", Verdict.UNDECIDED)
    ]


def test_who_has_not_told_of_early_months_is_asked_for_them(sichuan: Law) -> None:
    found = estimate(a_question(early_paid_months=None), sichuan)

    (asked,) = (reason for reason in found.reasons if reason.rule == "paid-before-accounts")
    assert (asked.verdict, asked.text.params["day"]) == (Verdict.UNDECIDED, day(date(1996, 1, 1)))


# ---------------------------------------------------------------- slips


@pytest.mark.parametrize(
    ("differing", "slips"),
    [
        ({"age": Age(39)}, [("age", "age-outside-table")]),
        ({"age": Age(70)}, []),
        ({"age": Age(70, 1)}, [("age", "age-outside-table")]),
        ({"age": Age(60, 12)}, [("age.months", "bad-age-months")]),
        ({"age": Age(60, -1)}, [("age.months", "bad-age-months")]),
        ({"contribution_months": -1, "deemed_months": 0, "early_paid_months": 0}, [("contributionMonths", "bad-contribution-months")]),
        ({"contribution_months": 99999}, [("contributionMonths", "bad-contribution-months")]),
        ({"deemed_months": 421}, [("deemedMonths", "bad-deemed-months")]),
        ({"deemed_months": -5}, [("deemedMonths", "bad-deemed-months")]),
        ({"early_paid_months": 361}, [("paidMonthsBeforeAccounts", "bad-early-months")]),
        ({"indexed_wage": Decimal("-7000")}, [("indexedMonthlyWage", "bad-money")]),
        ({"computing_base": Decimal(0)}, [("computingBase", "bad-money")]),
        ({"retirement_month": Month(2023, 12)}, [("computingBase", "no-computing-base")]),
        ({"retirement_month": Month(2005, 12)}, [("retirementMonth", "before-pension-formula")]),
        (
            {"age": Age(39), "deemed_months": 500, "account_balance": Decimal(-1)},
            [("deemedMonths", "bad-deemed-months"), ("accountBalance", "bad-money"), ("age", "age-outside-table")],
        ),
    ],
)
def test_what_cannot_be_right_is_told_all_at_once(sichuan: Law, differing: dict[str, object], slips: list[tuple[str, str]]) -> None:
    found: list[tuple[str, str]] = []
    try:
        estimate(a_question(**differing), sichuan)
    except InvalidForm as refused:
        found = [(".".join(issue.path[1:]), issue.code) for issue in refused.issues]

    assert found == slips
