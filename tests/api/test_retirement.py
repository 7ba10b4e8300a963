"""Retirement as a phone asks about it, without a sign-in."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from integrations.catalogue_files import Loaded, load
from resolvers.context import Context
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.retirement import RetirementQuery
from schema.scalars import SCALARS

SCHEMA = strawberry.Schema(
    query=RetirementQuery,
    types=[Problem],
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
ISSUES = "... on InvalidForm { issues { path code message } }"
FORECAST = (
    """query($question: RetirementQuestionInput!) { retirementForecast(question: $question) {
    ... on RetirementForecast {
        originalAge { years months } delayMonths
        statutory { ...point } earliest { ...point } latest { ...point } special { date }
        reasons { rule verdict text spoken facts { label value } figures { key label value since source } }
        shortfall { months options { key label text spoken reasons { verdict } } }
    } """
    + ISSUES
    + """ } }
fragment point on RetirementPoint { age { years months } date minimumContributionMonths actBy actByText }"""
)
CHOICES = (
    """query($question: RetirementChoicesQuestionInput!) { retirementChoices(question: $question) {
    ... on RetirementChoices {
        firstIfToldToday
        choices { kind possible contributionMonths text spoken estimate { total payoutMonths } reasons { rule verdict text }
            point { date age { years months } minimumContributionMonths actBy actByText } }
    } """
    + ISSUES
    + " } }"
)
PLACE = (
    """query($question: ClaimPlaceQuestionInput!) { claimPlace(question: $question) {
    ... on ClaimPlace { place step moved reasons { rule verdict text facts { label value } figures { key value since source } } } """
    + ISSUES
    + " } }"
)
ARCHIVE = (
    """query($question: ArchiveQuestionInput!) { archiveCheck(question: $question) {
    ... on ArchiveCheck { status facts { key label verdict reason { rule text } } forecast { statutory { date } } } """
    + ISSUES
    + " } }"
)


@dataclass
class Asking:
    """As much of a request's context as retirement needs."""

    catalogues: Catalogues
    wording: Wording
    language: Language = Language.ZH_HANS
    today: date = date(2026, 11, 23)
    say = Context.say
    speak = Context.speak


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


@pytest.fixture(scope="module")
def asking(loaded: Loaded) -> Asking:
    return Asking(loaded.catalogues, loaded.wording)


async def asked(query: str, asking: Asking, **question: object) -> dict[str, object]:
    result = await SCHEMA.execute(query, context_value=asking, variable_values={"question": question})
    assert result.errors is None, result.errors
    (answer,) = result.data.values()
    return answer


async def codes(query: str, asking: Asking, **question: object) -> set[tuple[str, str]]:
    answer = await asked(query, asking, **question)
    return {(".".join(issue["path"]), issue["code"]) for issue in answer["issues"]}


# ---------------------------------------------------------------- the forecast


@pytest.mark.row("B02")
async def test_chen_is_told_every_date_and_what_is_due_by_when(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300)

    assert (answer["originalAge"], answer["delayMonths"]) == ({"years": 60, "months": 0}, 6)
    assert answer["statutory"] == {
        "age": {"years": 60, "months": 6},
        "date": "2027-04-30",
        "minimumContributionMonths": 180,
        "actBy": None,
        "actByText": None,
    }
    assert answer["earliest"] == {
        "age": {"years": 60, "months": 0},
        "date": "2026-10-31",
        "minimumContributionMonths": 180,
        "actBy": "2026-07-31",
        "actByText": "要选这一天，2026年7月31日以前就应当书面告知，现在已经过了；今天书面告知，最早可以在2027年2月23日退休。",
    }
    assert answer["latest"] == {
        "age": {"years": 63, "months": 6},
        "date": "2030-04-30",
        "minimumContributionMonths": 180,
        "actBy": "2027-03-30",
        "actByText": "最晚在2027年3月30日和单位书面约定。",
    }
    assert answer["shortfall"] is None


async def test_every_finding_says_what_it_looked_at_and_where_its_figures_are_written(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1966-10-31", contributionMonths=300)

    assert [(reason["rule"], reason["verdict"]) for reason in answer["reasons"]] == [
        ("statutory-age", "MET"),
        ("flexible-early", "MET"),
        ("flexible-delay", "MET"),
        ("enough-contributions", "MET"),
    ]
    statutory = answer["reasons"][0]
    assert statutory["text"] == "原法定退休年龄是60岁，按出生年月延迟6个月，法定退休年龄是60岁6个月，2027年4月30日到龄。"
    assert statutory["facts"] == [{"label": "性别", "value": "男"}, {"label": "出生日期", "value": "1966年10月31日"}]
    assert [(figure["key"], figure["value"], figure["since"]) for figure in statutory["figures"]] == [
        ("original-retirement-age", "60", "2025-01-01"),
        ("retirement-delay-men", "6", "2025-01-01"),
    ]


@pytest.mark.row("B02")
async def test_wang_is_told_both_ages_and_what_would_decide(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="FEMALE", birthDate="1976-03-12", postCategory="UNDETERMINED", contributionMonths=190)

    first = answer["reasons"][0]
    assert (first["rule"], first["verdict"], answer["statutory"]["date"]) == ("post-undetermined", "UNDECIDED", "2026-11-12")
    assert first["text"] == (
        "按工人、生产岗位，2026年11月12日到龄，要缴满15年；按管理、专业技术岗位，2032年10月12日到龄，要缴满16年6个月。"
        "这里先按早的算。按哪一种，由工作人员看劳动合同、聘任书、档案来定。"
    )
    assert "198" in {figure["value"] for figure in first["figures"]}


@pytest.mark.row("A24")
async def test_bao_is_told_both_dates_of_birth_and_the_archive_decides(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1967-03-08", archiveBirthDate="1966-07-21")

    first = answer["reasons"][0]
    assert (first["rule"], first["verdict"], answer["statutory"]["date"]) == ("birth-record", "UNDECIDED", "2026-12-21")
    assert first["text"] == (
        "档案里最早的出生日期是1966年7月21日，身份证上是1967年3月8日，两个不一样。"
        "以档案最早的记载为准，2026年12月21日到龄；按身份证是2027年10月8日。要由工作人员看过档案才能定。"
    )


@pytest.mark.row("F30")
async def test_zhao_is_three_months_short_and_told_each_way_out(asking: Asking) -> None:
    answer = await asked(
        FORECAST, asking, sex="MALE", birthDate="1966-10-05", contributionMonths=177, firstPaid="2009-03", asOf="2027-04-05"
    )

    reason = next(reason for reason in answer["reasons"] if reason["rule"] == "enough-contributions")
    assert (reason["verdict"], reason["text"]) == ("NOT_MET", "2027年退休要缴满15年，您缴了14年9个月，还差3个月。")
    assert answer["shortfall"]["months"] == 3
    options = {option["key"]: (option["reasons"][0]["verdict"], option["text"]) for option in answer["shortfall"]["options"]}
    assert [*options] == ["delay", "extend", "lump-sum", "residents", "cash-out"]
    assert options["extend"] == ("MET", "到龄后可以延长缴费，再缴3个月，到2027年7月缴满，从缴满的次月起按月领养老金。")
    assert options["lump-sum"][0] == "NOT_MET"
    assert options["residents"][1].startswith("可以申请转入户籍地的城乡居民基本养老保险，从2027年4月5日起（年满60周岁）")


async def test_seven_months_short_but_in_time_if_paid_every_month(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="FEMALE", birthDate="1977-09-20", contributionMonths=173)

    assert answer["shortfall"]["months"] == 7
    assert answer["shortfall"]["options"][0]["text"] == "从现在起每月接着缴，再缴7个月就够了，赶得上2029年2月20日退休。"
    assert [option["key"] for option in answer["shortfall"]["options"]] == ["keep-paying", "residents", "cash-out"]


async def test_gao_may_go_earlier_from_his_special_post(asking: Asking) -> None:
    answer = await asked(
        FORECAST, asking, sex="MALE", birthDate="1971-08-09", specialPostKind="HIGH_HEAT", specialPostMonths=112, region="guangxi"
    )

    assert (answer["special"], answer["statutory"]["date"]) == ({"date": "2026-08-09"}, "2033-04-09")
    assert answer["reasons"][-1]["text"] == (
        "特殊工种年限够了（要9年），2026年8月9日已经满55岁，现在就可以申请提前退休。单位要先公示，再由工作人员查看档案。"
    )


@pytest.mark.row("B05")
async def test_the_law_of_another_day_has_no_delay_and_no_choice(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1966-10-31", asOf="2024-12-31")

    assert (answer["delayMonths"], answer["statutory"]["date"], answer["earliest"], answer["latest"]) == (0, "2026-10-31", None, None)
    assert answer["reasons"][0]["figures"][0]["since"] == "1978-06-02"
    old = await asked(FORECAST, asking, sex="MALE", birthDate="1930-10-31", asOf="1990-01-01")
    assert (old["statutory"]["date"], old["statutory"]["minimumContributionMonths"]) == ("1990-10-31", None)


@pytest.mark.parametrize("language", [Language.ZH_HANT, Language.EN])
async def test_every_sentence_is_there_in_every_language(loaded: Loaded, asking: Asking, language: Language) -> None:
    question = {
        "sex": "FEMALE", "birthDate": "1976-03-12", "archiveBirthDate": "1975-12-30", "postCategory": "UNDETERMINED",
        "contributionMonths": 100, "specialPostKind": "HARMFUL", "specialPostMonths": 12,
    }  # fmt: skip
    answer = await asked(FORECAST, replace(asking, language=language), **question)

    assert [reason["rule"] for reason in answer["reasons"]] == [
        "birth-record", "post-undetermined", "statutory-age", "flexible-early", "flexible-delay", "enough-contributions",
        "past-statutory-date", "special-post",
    ]  # fmt: skip
    assert all(reason["text"] and reason["spoken"] for reason in answer["reasons"])
    assert len(answer["shortfall"]["options"]) == 4


# ---------------------------------------------------------------- what cannot be asked


@pytest.mark.parametrize(
    ("differing", "issues"),
    [
        ({"birthDate": "1966-02-30"}, {("question.birthDate", "bad-date")}),
        ({"birthDate": "1967-02-29"}, {("question.birthDate", "bad-date")}),
        ({"birthDate": "1966-13-01"}, {("question.birthDate", "bad-date")}),
        ({"birthDate": "1966-00-01"}, {("question.birthDate", "bad-date")}),
        ({"birthDate": "昨天"}, {("question.birthDate", "bad-date")}),
        ({"birthDate": "2026-11-24"}, {("question.birthDate", "in-the-future")}),
        ({"birthDate": "1896-01-01"}, {("question.birthDate", "too-long-ago")}),
        ({"archiveBirthDate": "2030-01-01"}, {("question.archiveBirthDate", "in-the-future")}),
        ({"contributionMonths": -1}, {("question.contributionMonths", "bad-months")}),
        ({"contributionMonths": 99999}, {("question.contributionMonths", "bad-months")}),
        ({"specialPostKind": "HARMFUL", "specialPostMonths": -3}, {("question.specialPostMonths", "bad-months")}),
        ({"specialPostMonths": 96}, {("question.specialPostKind", "special-post-kind-missing")}),
        ({"region": "atlantis"}, {("question.region", "unknown-region")}),
        ({"asOf": "1958-02-08"}, {("question.asOf", "before-retirement-law")}),
        ({"asOf": "2026-11-31"}, {("question.asOf", "bad-date")}),
        ({"firstPaid": "2009-13"}, {("question.firstPaid", "bad-month")}),
        ({"firstPaid": "1950-01"}, {("question.firstPaid", "bad-first-paid")}),
        (
            {"birthDate": "2030-01-01", "contributionMonths": -1, "region": "atlantis"},
            {("question.birthDate", "in-the-future"), ("question.contributionMonths", "bad-months"), ("question.region", "unknown-region")},
        ),
    ],
)
async def test_what_cannot_be_is_told_all_at_once(asking: Asking, differing: dict[str, object], issues: set[tuple[str, str]]) -> None:
    assert await codes(FORECAST, asking, **{"sex": "MALE", "birthDate": "1966-06-15", **differing}) == issues


@pytest.mark.parametrize("typed", ["１９６６－０６－１５", " 1966 - 06 - 15 ", "1966年6月15日", "19660615"])
async def test_full_width_digits_and_spaces_are_read(asking: Asking, typed: str) -> None:
    assert (await asked(FORECAST, asking, sex="MALE", birthDate=typed))["statutory"]["date"] == "2026-11-15"


async def test_somebody_born_on_29_february_reaches_the_age_at_the_months_end(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1968-02-29", asOf="2024-01-01")

    assert answer["statutory"]["date"] == "2028-02-29"
    assert (await asked(FORECAST, asking, sex="FEMALE", birthDate="1976-02-29", asOf="2024-01-01"))["statutory"]["date"] == "2026-02-28"


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
    assert totals == sorted(totals) and totals[0] < totals[2]


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


async def test_a_place_of_claim_needs_places_and_a_rule(asking: Asking) -> None:
    assert await codes(PLACE, asking, sex="MALE", birthDate="1966-06-15", household=" ", places=[], asOf="2005-01-01") == {
        ("question.household", "required"),
        ("question.places", "required"),
        ("question.asOf", "no-claim-place-rule"),
    }


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
        ({"complete": False}, "complete", "NOT_MET"),
        ({"complete": None}, "complete", "UNDECIDED"),
    ],
)
async def test_each_fact_has_its_own_verdict(asking: Asking, differing: dict[str, object], fact: str, verdict: str) -> None:
    question = {"sex": "MALE", "birthDate": "1966-06-15", "archiveBirthDate": "1966-06-15", "archive": {**FITTING, **differing}}
    answer = await asked(ARCHIVE, asking, **question)

    assert {each["key"]: each["verdict"] for each in answer["facts"]}[fact] == verdict
    assert all(each["label"] and each["reason"]["text"] for each in answer["facts"])
