"""What a case may begin with: a channel that the region offers, and joint services beside the one that they follow."""

from collections.abc import Sequence

import pytest

from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.parts import CaseStatus
from domain.catalogue.types import FilingChannel
from domain.errors import NotEligible, NotPermitted
from domain.words import Language
from tests.cases import RETIRED, ZHANG, a_mark, a_prefilled_case, acting, an_opened_case, at, completed, filled, loaded, submitted
from tests.regions import region

JOINT = ("medical-transfer", "housing-fund-withdrawal", "family-planning-reward")


def begun(code: str, *items: str, answers: Sequence[AnswerGiven] = ()) -> Case:
    opening = Opening(tuple(f"item-{code}-{item}" for item in items), tuple(answers))
    new = NewCase("case-zh8k0003", "ZB2026112300000033", a_mark("begin"), Language.ZH_HANS)
    return open_case(opening, new, catalogue=region(code), filing=Filing(ZHANG, vouched_at=at().at), by=acting(), moment=at())


def said(refused: NotEligible) -> list[str]:
    return [loaded().wording.say(reason.text, Language.ZH_HANS) for reason in refused.reasons]


@pytest.mark.row("A26")
@pytest.mark.parametrize("item", JOINT)
def test_a_joint_service_without_the_pension_is_refused_with_the_reason(item: str) -> None:
    with pytest.raises(NotEligible) as refused:
        an_opened_case(items=("deemed-years", item))

    title = region("guangxi").items[item].title.hans
    assert said(refused.value) == [f"“{title}”要和“新增退休人员养老保险待遇核定发放”一起办；已经退休的可以单独办。"]


@pytest.mark.row("A26")
def test_every_joint_service_that_stands_alone_is_named_at_once() -> None:
    with pytest.raises(NotEligible) as refused:
        an_opened_case(items=JOINT)

    assert (refused.value.text.key, len(refused.value.reasons)) == ("refusal.joint-alone", 3)


@pytest.mark.row("A26")
def test_beside_the_pension_or_for_who_is_retired_already_a_joint_service_may_be_chosen() -> None:
    together, alone = an_opened_case(items=("pension", *JOINT)), an_opened_case(items=JOINT, answers=RETIRED)

    assert [item.code for item in together.items] == ["pension", *JOINT]
    assert [item.code for item in alone.items] == list(JOINT)
    assert alone.private.answers["retired-already"].value == "YES"


@pytest.mark.row("A26")
def test_what_is_no_follower_of_the_pension_may_be_chosen_by_itself() -> None:
    assert [item.code for item in an_opened_case(items=("household-check", "medical-deemed-years")).items] == [
        "medical-deemed-years",
        "household-check",
    ]


@pytest.mark.row("A26")
def test_who_takes_it_back_that_they_are_retired_cannot_hand_in_joint_services_alone() -> None:
    retired = completed(a_prefilled_case(items=("medical-transfer",), answers=RETIRED))
    working = filled(retired, AnswerGiven("retired-already", value="NO"), mark="after-all")

    with pytest.raises(NotEligible) as refused:
        submitted(working)

    assert refused.value.text.key == "refusal.joint-alone"
    assert submitted(retired).status is CaseStatus.SUBMITTED


@pytest.mark.parametrize(("code", "name"), [("guyang", "固阳县"), ("ejin-horo", "伊金霍洛旗")])
def test_where_there_is_only_a_counter_nothing_is_filed_by_phone(code: str, name: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        begun(code, "pension")

    assert (
        loaded().wording.say(refused.value.text, Language.ZH_HANS)
        == f"{name}还不能在手机上申请，请按当地办法到窗口办理，也可以拨打12333咨询。"
    )


def test_nothing_is_filed_with_the_nation() -> None:
    with pytest.raises(NotPermitted) as refused:
        begun("national", "pension")

    assert (refused.value.text.key, region("national").channels) == ("refusal.only-to-read", ())


def test_the_city_of_source_0_is_filed_with_by_phone() -> None:
    case = begun("anhui-city", "social-security-card", "pension", "housing-fund-withdrawal")

    assert (case.region, case.channel, len(case.items)) == ("anhui-city", FilingChannel.PERSONAL, 3)
