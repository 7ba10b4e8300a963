"""What the guide asks, recommends and decides, and that it explains itself."""

from datetime import date

import pytest

from domain.cases.filling import AnswerGiven
from domain.guide.guide import Guide, GuideItem, guide
from domain.reasons import Reason, Verdict
from domain.words import Language
from tests.cases import loaded
from tests.policy.the_ten_guided import person, told

TODAY = date(2026, 11, 23)
MAN_OF_AGE = {
    "retired-already": "NO",
    "sex": "MALE",
    "birth-date": "1966-06-15",
    "employment": "EMPLOYEE",
    "contribution-months": "412",
    "deemed-months": "38",
    "special-post": "NO",
    "fully-incapacitated": "NO",
    "veteran": "NO",
    "has-housing-fund": "YES",
    "only-child": "YES",
    "public-funding": "NO",
}
JOINT = ["medical-transfer", "medical-deemed-years", "housing-fund-withdrawal", "family-planning-reward", "household-check"]


def guided(region: str = "guangxi", day: date = TODAY, **answers: str) -> Guide:
    """A man of age with these answers besides (under_scores for hyphens); an empty one takes an answer away."""
    every = {**MAN_OF_AGE, **{key.replace("_", "-"): value for key, value in answers.items()}}
    return asked(region, every, day)


def asked(region: str, answers: dict[str, str], day: date = TODAY) -> Guide:
    return guide(loaded().catalogues.in_force(region), [AnswerGiven(key, value) for key, value in answers.items() if value], day=day)


def recommended(found: Guide) -> list[str]:
    return [item.offered.code for item in found.items if item.recommended]


def the(item: str, found: Guide) -> GuideItem:
    return next(one for one in found.items if one.offered.code == item)


def in_chinese(reason: Reason) -> str:
    return loaded().wording.say(reason.text, Language.ZH_HANS)


def questions(found: Guide) -> list[str]:
    return [question.rule.key for question in found.questions]


# ---------------------------------------------------------------- which services


@pytest.mark.row("F31")
def test_a_man_of_age_is_led_to_his_services() -> None:
    found = guided()

    assert recommended(found) == ["normal-retirement", "deemed-years", "pension", *JOINT]


@pytest.mark.row("A30")
@pytest.mark.parametrize(
    ("answer", "item"),
    [
        ({"special_post": "YES"}, "special-post-retirement"),
        ({"fully_incapacitated": "YES"}, "disability-retirement"),
    ],
)
def test_a_special_post_or_incapacity_adds_its_own_service_only(answer: dict[str, str], item: str) -> None:
    before, after = guided(), guided(**answer)

    assert set(recommended(after)) - set(recommended(before)) == {item}
    assert the(item, before).recommended is False
    assert "没有" in in_chinese(the(item, before).why[0])
    assert "您" in in_chinese(the(item, after).why[0])
    assert the(item, after).why[0].facts != ()


@pytest.mark.row("A26")
def test_joint_services_come_with_the_pension_only() -> None:
    found = guided(birth_date="1967-06-15")

    transfer = the("medical-transfer", found)
    assert found.eligible is Verdict.NOT_MET
    assert transfer.recommended is False
    assert in_chinese(transfer.why[0]) == (
        "这一项要和“新增退休人员养老保险待遇核定发放”一起办，您现在还不能退休，所以先不办；已经退休的，可以单独办。"
    )


@pytest.mark.row("A26")
def test_who_is_retired_already_is_led_to_the_joint_services_alone() -> None:
    found = guided(retired_already="YES", birth_date="")

    assert recommended(found) == JOINT
    assert found.eligible is Verdict.MET
    assert in_chinese(the("pension", found).why[0]) == "您已经退休，不用再办这一项。"
    assert [in_chinese(reason) for reason in the("housing-fund-withdrawal", found).why] == [
        "您有住房公积金，退休时可以提取。",
        "您已经退休，联办事项可以单独办。",
    ]


def test_nobody_is_led_to_what_they_have_no_use_for() -> None:
    found = guided(has_housing_fund="NO", only_child="NO", deemed_months="0")

    assert recommended(found) == ["normal-retirement", "pension", "medical-transfer", "household-check"]
    assert all(item.why for item in found.items)


def test_before_anything_is_answered_only_what_everybody_needs_is_recommended() -> None:
    found = asked("guangxi", {})

    assert recommended(found) == ["normal-retirement", "pension", "medical-transfer", "household-check"]
    assert found.eligible is Verdict.UNDECIDED


def test_for_who_has_no_employer_the_reward_is_the_regions_to_decide() -> None:
    reward = the("family-planning-reward", guided(employment="FLEXIBLE", public_funding=""))

    assert (reward.recommended, reward.why[0].officer) == (False, True)
    assert "请问当地卫生健康部门" in in_chinese(reward.why[0])


@pytest.mark.parametrize("region", ["national", "guangxi", "anhui-city", "guyang", "ejin-horo"])
def test_every_region_knows_what_a_person_needs_to_retire(region: str) -> None:
    """The basic services that have conditions are the ways to retire: without one nobody could be told whether they may."""
    found = asked(region, {})

    assert found.eligible is Verdict.UNDECIDED
    assert {"age-reached", "may-retire"} & {reason.rule for reason in found.reasons}


# ---------------------------------------------------------------- what is asked


@pytest.mark.row("F32")
def test_a_question_is_asked_once_its_condition_holds() -> None:
    following = {"special-post-kind", "special-post-months", "appraisal-result"}

    assert following.isdisjoint(questions(asked("guangxi", {})))
    assert following.isdisjoint(questions(guided()))
    assert {"special-post-kind", "special-post-months"} <= set(questions(guided(special_post="YES")))
    assert "appraisal-result" in questions(guided(fully_incapacitated="YES"))
    assert "public-funding" not in questions(guided(employment="FLEXIBLE", public_funding=""))


def test_a_man_is_not_asked_what_decides_a_womans_age_only() -> None:
    assert "post-category" not in questions(guided())
    assert "post-category" in questions(guided(sex="FEMALE"))


@pytest.mark.row("F32")
def test_an_answer_to_a_question_that_is_not_asked_any_more_counts_for_nothing() -> None:
    found = guided(special_post="NO", special_post_kind="HIGH_HEAT", special_post_months="300")

    assert "special-post-kind" not in questions(found)
    assert the("special-post-retirement", found).recommended is False


def test_a_question_carries_its_answer() -> None:
    values = {question.rule.key: (question.value, question.values) for question in guided(contribution_months=" １８０ ").questions}

    assert values["contribution-months"] == ("180", ())
    assert values["medical-months"] == (None, ())


# ---------------------------------------------------------------- who explains themselves


@pytest.mark.row("B04", "B12")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", ["zhang", "li", "bao", "wang", "gao", "chen", "zhao", "lin", "sun", "bai"])
def test_every_answer_to_each_of_the_ten_explains_itself(key: str, language: Language) -> None:
    one, wording = person(key), loaded().wording
    catalogue = loaded().catalogues.in_force(one.region)
    known = {rule.key for rule in catalogue.guide}

    found = guide(catalogue, [AnswerGiven(name, value) for name, value in told(one).items() if name in known], day=TODAY)

    assert found.reasons
    assert [item.offered.code for item in found.items if not item.why] == []
    for reason in [*found.reasons, *(reason for item in found.items for reason in item.reasons)]:
        assert wording.say(reason.text, language)
        assert wording.speak(reason.text, language)
        assert all(wording.say(fact.label, language) for fact in reason.facts)
        assert reason.rule in WITHOUT_FACTS or reason.facts
        assert reason.rule not in WITH_FIGURES or reason.figures or reason.verdict is Verdict.UNDECIDED
        assert all(figure.source and figure.since and figure.label.in_(language) for figure in reason.figures)


WITHOUT_FACTS = {"for-everybody", "only-with", "joint-alone", "appraised-by-committee", "appraisal-complete"}
"""What rests on the choice of services, or on nothing that was asked."""
WITH_FIGURES = {"age-reached", "paid-long-enough", "paid-long-enough-here", "special-post-met", "medical-years"}
