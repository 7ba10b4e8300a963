"""The allowance for the incapacitated and the loan as a phone asks for them, without a sign-in."""

from datetime import date

import pytest

from domain.words import Language
from integrations.catalogue_files import Loaded, load
from tests.policy.asking_for_sums import ALLOWANCE, LOAN, a_question, asked, slips


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


# ---------------------------------------------------------------- the allowance


def sun(**differing: object) -> dict[str, object]:
    """people.md: a woman of the 55 class, born 1974-02-11, fully incapacitated, 204 months."""
    pension = a_question(
        retirementMonth="2026-11", age={"years": 52, "months": 9}, contributionMonths=204, deemedMonths=0, paidMonthsBeforeAccounts=0,
        indexedMonthlyWage="6000", accountBalance="81300",
    )  # fmt: skip
    return {"pension": pension, "sex": "FEMALE", "statutoryDate": "2030-03-11", **differing}


async def test_suns_allowance_is_worked_out_like_a_pension_until_2030(loaded: Loaded) -> None:
    answer = await asked(ALLOWANCE, sun(), loaded)

    assert {key: answer[key] for key in ("kind", "total", "paymentMonths", "reworkedFrom", "until")} == {
        "kind": "LIKE_PENSION",
        "total": "1779.70",
        "paymentMonths": None,
        "reworkedFrom": None,
        "until": "2030-03-11",
    }
    assert [reason["rule"] for reason in answer["reasons"]] == [
        "allowance-like-pension",
        "computing-base",
        "full-incapacity",
        "payout-months",
    ]


async def test_slips_of_an_allowance_lead_to_where_they_were_typed(loaded: Loaded) -> None:
    wrong = sun(statutoryDate="2026-02-30")
    wrong["pension"] = {**wrong["pension"], "accountBalance": "much", "contributionMonths": 0}

    answer = await asked(ALLOWANCE, wrong, loaded)

    assert slips(answer) == [
        ("question.statutoryDate", "bad-date"),
        ("question.pension.accountBalance", "bad-money"),
        ("question.pension.contributionMonths", "bad-contribution-months"),
    ]


async def test_at_the_statutory_age_there_is_a_pension_and_no_allowance(loaded: Loaded) -> None:
    answer = await asked(ALLOWANCE, sun(statutoryDate="2026-11-11"), loaded)

    assert slips(answer) == [("question.statutoryDate", "at-statutory-age")]


# ---------------------------------------------------------------- the loan


@pytest.mark.row("A61")
async def test_the_sources_loan_takes_27_payments_and_from_month_28_the_pension_is_full(loaded: Loaded) -> None:
    answer = await asked(LOAN, {"principal": "4500", "yearlyRate": "0.0385", "monthlyPension": "174.37"}, loaded, Language.EN)

    assert (len(answer["payments"]), answer["fullPensionFromMonth"]) == (27, 28)
    assert answer["payments"][0] == {"month": 1, "interest": "14.44", "payment": "174.37", "left": "4340.07"}
    assert answer["payments"][-1] == {"month": 27, "interest": "0.55", "payment": "171.20", "left": "0.00"}
    assert "rounded half up to the cent each month" in answer["reasons"][0]["text"]
    assert answer["reasons"][0]["figures"][0]["since"] == "2021-03-01"
    assert answer["reasons"][-1]["text"].startswith("This is a calculation for information only. Nothing is lent")


@pytest.mark.row("A61")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"monthlyPension": "14.44"}, [("question.monthlyPension", "never-repaid")]),
        ({"monthlyPension": "0.01", "yearlyRate": "0"}, [("question.monthlyPension", "never-repaid")]),
        ({"principal": "-1"}, [("question.principal", "bad-money")]),
        ({"yearlyRate": "3.85"}, [("question.yearlyRate", "bad-rate")]),
        ({"yearlyRate": "little", "principal": "all"}, [("question.principal", "bad-money"), ("question.yearlyRate", "bad-rate")]),
    ],
)
async def test_a_loan_that_makes_no_sense_is_not_worked_out(
    loaded: Loaded, question: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert slips(await asked(LOAN, question, loaded)) == expected


async def test_a_loan_longer_than_its_rate_says_so(loaded: Loaded) -> None:
    answer = await asked(LOAN, {"monthlyPension": "70"}, loaded)

    assert [reason["rule"] for reason in answer["reasons"]] == ["loan-repaid", "loan-longer-than-rate", "loan-for-information"]
