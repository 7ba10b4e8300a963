"""Early, on time or late; where the pension is claimed; the archive before the age: as a phone asks, without a sign-in."""

import pytest

from integrations.catalogue_files import Loaded, load
from tests.retiring import ARCHIVE, CHOICES, PLACE, TODAY, Asking, asked, codes


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.fixture(scope="module")
def asking(loaded: Loaded) -> Asking:
    return Asking(loaded.catalogues, loaded.wording)


# ---------------------------------------------------------------- early, on time, late


@pytest.mark.row("B06")
async def test_chen_sees_three_ways_side_by_side_and_what_is_still_possible_today(asking: Asking) -> None:
    answer = await asked(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300)

    assert answer["firstIfToldToday"] == "2027-02-23"
    found = [
        (each["kind"], each["possible"], each["point"]["date"], each["point"]["actBy"], each["contributionMonths"], each["estimate"])
        for each in answer["choices"]
    ]
    assert found == [
        ("EARLY", True, "2027-02-23", "2026-11-23", 303, None),
        ("ON_TIME", True, "2027-04-30", None, 305, None),
        ("LATE", True, "2030-04-30", "2027-03-30", 341, None),
    ]
    assert answer["choices"][0]["text"] == "弹性提前：最早2027年2月23日退休，2026年11月23日以前（含当天）书面告知单位，还来得及。"


@pytest.mark.row("B06")
async def test_with_sums_each_way_has_its_estimate(asking: Asking) -> None:
    earnings = {"indexedMonthlyWage": "7000", "accountBalance": "100000"}
    answer = await asked(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300, region="sichuan", earnings=earnings)

    totals = [each["estimate"] and float(each["estimate"]["total"]) for each in answer["choices"]]
    assert None not in totals
    assert totals == sorted(totals)
    assert totals[0] < totals[2]


async def test_without_a_computing_base_a_reason_says_why_there_is_no_estimate(asking: Asking) -> None:
    earnings = {"indexedMonthlyWage": "7000", "accountBalance": "100000"}
    answer = await asked(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300, earnings=earnings)

    assert [each["estimate"] for each in answer["choices"]] == [None, None, None]
    assert all(("choice-estimate", "UNDECIDED") in {(r["rule"], r["verdict"]) for r in each["reasons"]} for each in answer["choices"])


async def test_the_day_after_the_last_notice_it_is_too_late_for_earlier_and_then_for_later(asking: Asking) -> None:
    def possible(answer: dict[str, object]) -> dict[str, bool]:
        return {each["kind"]: each["possible"] for each in answer["choices"]}

    question = {"sex": "MALE", "birthDate": "1966-10-31"}
    last = await asked(CHOICES, asking, **question, asOf="2027-01-29")
    assert (last["firstIfToldToday"], possible(last)) == ("2027-04-29", {"EARLY": True, "ON_TIME": True, "LATE": True})
    after = await asked(CHOICES, asking, **question, asOf="2027-01-30")
    assert (after["firstIfToldToday"], possible(after)) == (None, {"EARLY": False, "ON_TIME": True, "LATE": True})
    later = await asked(CHOICES, asking, **question, asOf="2027-03-31")
    assert possible(later) == {"EARLY": False, "ON_TIME": True, "LATE": False}


async def test_estimates_need_to_know_how_much_was_paid(asking: Asking) -> None:
    earnings = {"indexedMonthlyWage": "-7000", "accountBalance": "100000"}
    found = await codes(CHOICES, asking, sex="MALE", birthDate="1966-10-31", earnings=earnings)

    assert found == {("question.contributionMonths", "required"), ("question.earnings.indexedMonthlyWage", "bad-money")}


async def test_a_way_whose_years_will_be_short_says_by_how_much(asking: Asking) -> None:
    answer = await asked(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=170)

    told = {each["kind"]: (each["reasons"][-1]["verdict"], each["reasons"][-1]["text"]) for each in answer["choices"]}
    assert told["EARLY"] == ("NOT_MET", "每月接着缴，到时一共14年5个月，需要15年，还差7个月。")
    assert told["LATE"][0] == "MET"


@pytest.mark.row("B05")
async def test_before_2025_there_is_nothing_to_choose(asking: Asking) -> None:
    answer = await asked(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=280, asOf="2024-12-31")

    assert answer["firstIfToldToday"] is None
    assert [(each["kind"], each["point"]["date"], each["contributionMonths"]) for each in answer["choices"]] == [
        ("ON_TIME", "2026-10-31", 302)
    ]


async def test_sums_that_cannot_be_are_slips(asking: Asking) -> None:
    earnings = {"indexedMonthlyWage": "much", "accountBalance": "-1", "deemedMonths": 400}
    found = await codes(CHOICES, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300, earnings=earnings)

    assert found == {
        ("question.earnings.indexedMonthlyWage", "bad-money"),
        ("question.earnings.accountBalance", "bad-money"),
        ("question.earnings.deemedMonths", "bad-deemed-months"),
    }


# ---------------------------------------------------------------- the place of claim


async def test_li_claims_where_she_has_ten_years_since_the_last_account_is_temporary(asking: Asking) -> None:
    places = [{"place": "乙市", "months": 134, "joined": "2005-03"}, {"place": "丙市", "months": 75, "joined": "2019-07"}]
    answer = await asked(PLACE, asking, sex="FEMALE", birthDate="1971-06-18", household="甲县", places=places)

    assert (answer["place"], answer["step"], answer["moved"]) == ("乙市", 3, ["丙市"])
    assert [(reason["rule"], reason["verdict"]) for reason in answer["reasons"]] == [("claim-place", "MET"), ("temporary-account", "MET")]
    assert {figure["key"]: figure["value"] for figure in answer["reasons"][0]["figures"]} == {
        "claim-place-months": "120",
        "temporary-account-age": "480",
    }


async def test_a_first_contribution_in_the_month_of_birth_is_no_temporary_account(asking: Asking) -> None:
    places = [{"place": "乙市", "months": 134, "joined": "1966-10"}]

    answer = await asked(PLACE, asking, sex="MALE", birthDate="1966-10-31", household="甲市", places=places)

    assert (answer["place"], [reason["rule"] for reason in answer["reasons"]]) == ("乙市", ["claim-place"])


async def test_a_place_of_claim_needs_places_and_a_rule(asking: Asking) -> None:
    assert await codes(PLACE, asking, sex="MALE", birthDate="1966-06-15", household=" ", places=[], asOf="2005-01-01") == {
        ("question.household", "required"),
        ("question.places", "required"),
        ("question.asOf", "no-claim-place-rule"),
    }
    places = [{"place": "", "months": -1, "joined": "2027-01"}, {"place": "乙市", "months": 10, "temporary": True}]
    assert await codes(PLACE, asking, sex="MALE", birthDate="2027-06-15", household="甲县", places=places, region="atlantis") == {
        ("question.birthDate", "in-the-future"),
        ("question.places.0.place", "required"),
        ("question.places.0.months", "bad-months"),
        ("question.places.0.joined", "bad-first-paid"),
        ("question.region", "no-claim-place-rule"),
    }


@pytest.mark.parametrize(
    ("account", "verdict", "text"),
    [
        ({"joined": "2016-07"}, "MET", "缴费满10年的参保地是临时账户，不能作为领取地，回户籍地甲市领养老金。"),
        ({}, "UNDECIDED", "还不知道乙市是不是临时账户：不是的话，在乙市领养老金；是的话，就轮到甲市。"),
    ],
)
async def test_ten_years_in_an_account_that_is_or_may_be_temporary(
    asking: Asking, account: dict[str, str], verdict: str, text: str
) -> None:
    places = [{"place": "乙市", "months": 121, **account}]
    answer = await asked(PLACE, asking, sex="MALE", birthDate="1966-06-15", household="甲市", places=places)

    assert (answer["reasons"][0]["verdict"], answer["reasons"][0]["text"]) == (verdict, text)


# ---------------------------------------------------------------- the archive

FITTING = {
    "retirementDate": "2026-11-15",
    "benefitStart": "2026-12",
    "serviceStart": "1987-07",
    "paymentStart": "1992-09",
    "deemedStart": "1987-07",
    "deemedEnd": "1992-08",
    "complete": True,
}


@pytest.mark.row("A24")
async def test_seven_facts_that_fit_make_an_archive_ready(asking: Asking) -> None:
    answer = await asked(ARCHIVE, asking, sex="MALE", birthDate="1966-06-15", archiveBirthDate="1966-06-15", archive=FITTING)

    assert answer["status"] == "READY"
    assert [(fact["key"], fact["verdict"]) for fact in answer["facts"]] == [
        ("birth-date", "MET"),
        ("retirement-date", "MET"),
        ("benefit-start", "MET"),
        ("service-start", "MET"),
        ("payment-start", "MET"),
        ("deemed-time", "MET"),
        ("complete", "MET"),
    ]


@pytest.mark.row("A24")
async def test_an_archive_without_a_date_of_birth_is_not_ready(asking: Asking) -> None:
    answer = await asked(ARCHIVE, asking, sex="MALE", birthDate="1966-06-15", archive=FITTING)

    assert (answer["status"], answer["facts"][0]["verdict"]) == ("FLAGGED", "UNDECIDED")
    assert answer["facts"][0]["reason"]["text"] == "档案里还没有“档案出生日期”，要补上。"


async def test_months_in_which_nobody_lived_are_slips(asking: Asking) -> None:
    record = {**FITTING, "serviceStart": "0987-07", "deemedEnd": "1992-00", "retirementDate": "2026-02-30"}

    assert await codes(ARCHIVE, asking, sex="MALE", birthDate="1966-06-15", archive=record) == {
        ("question.archive.serviceStart", "bad-month"),
        ("question.archive.deemedEnd", "bad-month"),
        ("question.archive.retirementDate", "bad-date"),
    }


@pytest.mark.row("A24")
async def test_two_dates_of_birth_flag_the_archive_and_both_are_named(asking: Asking) -> None:
    record = {**FITTING, "retirementDate": "2026-12-21", "benefitStart": "2027-01"}
    answer = await asked(ARCHIVE, asking, sex="MALE", birthDate="1967-03-08", archiveBirthDate="1966-07-21", archive=record)

    assert answer["status"] == "FLAGGED"
    assert [fact["key"] for fact in answer["facts"] if fact["verdict"] != "MET"] == ["birth-date"]
    assert answer["facts"][0]["reason"]["text"] == (
        "档案最早的出生日期是1966年7月21日，身份证是1967年3月8日，不一样。以档案最早的记载为准，由工作人员认定。"
    )
    assert answer["forecast"]["statutory"]["date"] == "2026-12-21"


@pytest.mark.row("A24")
@pytest.mark.parametrize(
    ("differing", "fact", "verdict"),
    [
        ({"retirementDate": "2026-11-14"}, "retirement-date", "MET"),
        ({"retirementDate": "2026-06-14", "benefitStart": "2026-07"}, "retirement-date", "NOT_MET"),
        ({"benefitStart": "2026-11"}, "benefit-start", "NOT_MET"),
        ({"serviceStart": "1993-01"}, "service-start", "NOT_MET"),
        ({"paymentStart": "1980-01"}, "payment-start", "NOT_MET"),
        ({"deemedEnd": "1986-01"}, "deemed-time", "NOT_MET"),
        ({"deemedEnd": None}, "deemed-time", "UNDECIDED"),
        ({"deemedStart": None, "deemedEnd": None, "noDeemedTime": True}, "deemed-time", "MET"),
        ({"retirementDate": "2026-07-01", "benefitStart": "2026-08"}, "retirement-date", "MET"),
        ({"retirementDate": None}, "retirement-date", "UNDECIDED"),
        ({"benefitStart": None}, "benefit-start", "UNDECIDED"),
        ({"serviceStart": None}, "service-start", "UNDECIDED"),
        ({"paymentStart": None}, "payment-start", "UNDECIDED"),
        ({"complete": False}, "complete", "NOT_MET"),
        ({"complete": None}, "complete", "UNDECIDED"),
    ],
)
async def test_each_fact_has_its_own_verdict(asking: Asking, differing: dict[str, object], fact: str, verdict: str) -> None:
    question = {"sex": "MALE", "birthDate": "1966-06-15", "archiveBirthDate": "1966-06-15", "archive": {**FITTING, **differing}}
    answer = await asked(ARCHIVE, asking, **question)

    assert {each["key"]: each["verdict"] for each in answer["facts"]}[fact] == verdict
    assert all(each["label"] and each["reason"]["text"] for each in answer["facts"])
