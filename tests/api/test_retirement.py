"""When somebody may retire, as a phone asks about it, without a sign-in."""

from dataclasses import replace

import pytest

from domain.words import Language
from integrations.catalogue_files import Loaded, load
from tests.retiring import ARCHIVE, FORECAST, PLACE, TODAY, Asking, asked, codes


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.fixture(scope="module")
def asking(loaded: Loaded) -> Asking:
    return Asking(loaded.catalogues, loaded.wording)


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
    assert options["delay"] == ("NOT_MET", "弹性延迟退休要在2027年3月5日以前和单位书面约定，这个日子已经过了。")
    assert options["residents"][1].startswith("可以申请转入户籍地的城乡居民基本养老保险，年满60周岁按月领；您从2027年4月5日起可以领。")


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
        "特殊工种年限够了（要9年），2026年8月9日已经满55岁；缴费年限也够的，现在就可以申请提前退休。单位要先公示，再由工作人员查看档案。"
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


async def test_who_is_still_short_five_years_past_the_date_may_pay_the_rest_at_once(asking: Asking) -> None:
    answer = await asked(FORECAST, asking, sex="MALE", birthDate="1960-01-05", contributionMonths=150, firstPaid="2009-05")

    lump_sum = next(option for option in answer["shortfall"]["options"] if option["key"] == "lump-sum")
    assert [reason["verdict"] for reason in lump_sum["reasons"]] == ["MET"]


async def test_a_birth_that_cannot_be_read_is_one_slip(asking: Asking) -> None:
    question = {"sex": "MALE", "birthDate": "1966-02-29", "contributionMonths": 300, "firstPaid": "1995-06"}

    assert await codes(FORECAST, asking, **question) == {("question.birthDate", "bad-date")}


@pytest.mark.parametrize(("birth", "code"), [("2027-06-15", "in-the-future"), ("1896-01-01", "too-long-ago"), ("1966-02-29", "bad-date")])
async def test_a_wrong_birth_is_one_slip_for_the_place_of_claim_too(asking: Asking, birth: str, code: str) -> None:
    places = [{"place": "乙市", "months": 134, "joined": "1995-03"}]

    assert await codes(PLACE, asking, sex="MALE", birthDate=birth, household="甲市", places=places) == {("question.birthDate", code)}


# ---------------------------------------------------------------- what the archive says of it


@pytest.mark.parametrize(
    ("stated", "verdict", "said"),
    [
        ("2026-08-08", "NOT_MET", "和算出来的对不上"),
        ("2026-08-09", "MET", "符合特殊工种提前退休：从2026年8月9日到法定退休日期2033年4月9日之间都可以"),
        ("2031-08-09", "MET", "在弹性退休的范围内"),
        ("2033-04-09", "MET", "和算出来的一致"),
        ("2036-04-09", "MET", "在弹性退休的范围内"),
        ("2090-01-01", "NOT_MET", "和算出来的对不上"),
    ],
)
async def test_a_special_post_allows_only_the_days_before_the_statutory_one(asking: Asking, stated: str, verdict: str, said: str) -> None:
    gao = {"sex": "MALE", "birthDate": "1971-08-09", "specialPostKind": "HIGH_HEAT", "specialPostMonths": 112}
    fact = (await asked(ARCHIVE, asking, **gao, archive={"retirementDate": stated}))["facts"][1]

    assert (fact["verdict"], said in fact["reason"]["text"]) == (verdict, True)


async def test_an_archive_that_makes_somebody_younger_says_so(asking: Asking) -> None:
    question = {"sex": "MALE", "birthDate": "1966-07-21", "archiveBirthDate": "1967-03-08"}
    fact = (await asked(ARCHIVE, asking, **question, archive={}))["facts"][0]

    text = "档案最早的出生日期是1967年3月8日，比身份证上的1966年7月21日晚。以档案最早的记载为准，由工作人员认定。"
    assert (fact["verdict"], fact["reason"]["text"]) == ("UNDECIDED", text)
