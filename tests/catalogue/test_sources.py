"""The catalogues of the sources: each exactly what its document says, and no more."""

from collections import Counter
from dataclasses import replace

import pytest

from domain.cases.errands import ErrandKind, errands
from domain.cases.outcomes import department_answered
from domain.cases.parts import ItemStatus
from domain.cases.patience import PATIENCE
from domain.cases.reading import items_of
from domain.catalogue.types import Catalogue, FilingChannel, ItemMode, TimeLimit, TimeUnit
from domain.ports import ItemOutcome
from tests.cases import at, statuses, submitted
from tests.progress import decided, granted
from tests.regions import a_case_in, at_the_counter, region

SOURCES = ("anhui-city", "guyang", "guangxi", "ejin-horo")
WITH_ITEMS = (*SOURCES, "national")


def by_department(catalogue: Catalogue) -> Counter[str]:
    return Counter(item.department for item in catalogue.items.values())


def limit(of: TimeLimit | None) -> tuple[int, TimeUnit, str] | None:
    return (of.amount, of.unit, of.start_event) if of else None


# ---------------------------------------------------------------- source 0: a city in Anhui


@pytest.mark.row("A03")
def test_the_city_declares_eighteen_services_and_names_seven() -> None:
    city = region("anhui-city")

    assert (city.declared_total, len(city.items)) == (18, 7)
    assert by_department(city) == {"hrss": 4, "medical": 1, "housing-fund": 1, "health": 1}
    assert city.channels == tuple(FilingChannel)


@pytest.mark.row("F45")
def test_the_city_promises_fifteen_days_from_submission_beside_what_the_law_sets() -> None:
    items = region("anhui-city").items

    assert {limit(item.promise) for item in items.values()} == {(15, TimeUnit.DAYS, "submitted")}
    assert {code: limit(item.statutory_limit) for code, item in items.items() if item.statutory_limit} == {
        "pension": (20, TimeUnit.WORKING_DAYS, "accepted"),
        "housing-fund-withdrawal": (3, TimeUnit.DAYS, "accepted"),
    }
    assert {item.promise.source for item in items.values() if item.promise} == {"改革工作案例 三（四）：办结时限由55日缩短至15日"}


@pytest.mark.row("A10")
def test_in_the_city_card_and_transfer_start_at_once_and_the_rest_waits_for_the_pension() -> None:
    items = region("anhui-city").items.values()

    assert {item.code for item in items if not item.waits_for} == {"social-security-card", "relation-transfer", "pension"}
    assert {item.waits_for for item in items if item.waits_for} == {("pension",)}


# ---------------------------------------------------------------- source 1: Guyang


def test_guyang_has_four_basic_services_two_joint_ones_and_the_five_that_its_bureau_handles_besides() -> None:
    guyang = region("guyang")

    assert [item.title.hans for item in guyang.items.values()] == [
        "办理社会保障卡",
        "养老保险退休审批",
        "基本养老保险待遇核定",
        "企业退休人员纳入社会化服务管理信息维护",
        "在职转退休医疗保险办理",
        "退休人员住房公积金提取",
        "职工养老保险待遇申领",
        "社会保险费欠费补缴申报",
        "养老保险关系转移接续",
        "定期待遇发放账户维护申请",
        "劳动用工备案",
    ]
    assert {item.code for item in guyang.items.values() if not item.basic} == {"medical-transfer", "housing-fund-withdrawal"}
    assert (guyang.channels, {item.promise for item in guyang.items.values()}) == ((FilingChannel.COUNTER,), {None})


# ---------------------------------------------------------------- source 3: Ejin Horo


def test_ejin_horo_has_six_services_of_which_two_are_look_ups_and_one_is_guidance() -> None:
    ejin = region("ejin-horo")

    assert {code: item.mode for code, item in ejin.items.items()} == {
        "pension": ItemMode.DECISION,
        "archive-evidence": ItemMode.LOOKUP,
        "veteran-check": ItemMode.LOOKUP,
        "social-management": ItemMode.DECISION,
        "medical-transfer": ItemMode.DECISION,
        "housing-fund-guidance": ItemMode.GUIDANCE,
    }
    assert (ejin.declared_total, ejin.channels) == (6, (FilingChannel.COUNTER,))


@pytest.mark.row("F45")
def test_in_ejin_horo_checks_take_two_hours_and_the_medical_insurance_five_working_days_from_the_pension() -> None:
    promises = {code: limit(item.promise) for code, item in region("ejin-horo").items.items() if item.promise}

    assert promises == {
        "archive-evidence": (2, TimeUnit.HOURS, "handed-off"),
        "veteran-check": (2, TimeUnit.HOURS, "handed-off"),
        "medical-transfer": (5, TimeUnit.WORKING_DAYS, "pension-calculated"),
    }


@pytest.mark.row("A45")
def test_guidance_is_complete_when_it_has_been_given_and_nobody_has_approved_it() -> None:
    """No department is asked, so there is none that could approve."""
    ejin = at_the_counter("ejin-horo")
    plain = replace(ejin, sections=(), items={code: replace(item, materials=()) for code, item in ejin.items.items()})
    case = submitted(a_case_in(plain, "pension", "housing-fund-guidance"), catalogue=plain, revision=0)
    handed_to = {errand.about for errand in errands(case) if errand.kind is ErrandKind.HAND_OFF}

    case = department_answered(case, item="pension", round=1, answer=granted(), catalogue=plain, patience=PATIENCE, moment=at(30))

    outcomes = {item.code: item.outcome for item in items_of(case, plain)}
    assert (handed_to, statuses(case)["housing-fund-guidance"]) == ({"pension"}, ItemStatus.DONE)
    assert outcomes == {"pension": ItemOutcome.GRANTED, "housing-fund-guidance": ItemOutcome.TOLD}


def test_a_check_that_finds_nothing_does_not_stop_the_pension() -> None:
    ejin = at_the_counter("ejin-horo")
    plain = replace(ejin, sections=(), items={code: replace(item, materials=()) for code, item in ejin.items.items()})
    case = submitted(a_case_in(plain, "pension", "veteran-check"), catalogue=plain, revision=0)

    answer = decided(ItemOutcome.NOT_FOUND)
    case = department_answered(case, item="veteran-check", round=1, answer=answer, catalogue=plain, patience=PATIENCE, moment=at(30))

    assert {errand.about for errand in errands(case) if errand.kind is ErrandKind.HAND_OFF} == {"pension"}


# ---------------------------------------------------------------- the nation: to be read, not to be filed with


def test_the_nation_lists_the_ten_linked_services_and_takes_no_applications() -> None:
    nation = region("national")

    assert by_department(nation) == {"hrss": 5, "medical": 2, "housing-fund": 1, "health": 1, "police": 1}
    assert nation.items.keys() == region("guangxi").items.keys()
    assert (nation.declared_total, nation.channels) == (10, ())


# ---------------------------------------------------------------- what holds of every region


@pytest.mark.row("A36")
def test_the_dates_of_a_project_are_no_limits_of_its_services() -> None:
    """Source 2 plans for the end of June and of July 2024, source 3 for 9, 20 and 30 April 2021: when they began, not how long it takes."""
    guangxi = [each for item in region("guangxi").items.values() for each in (item.promise, item.statutory_limit) if each]
    everywhere = {limit(each) for code in SOURCES for item in region(code).items.values() for each in (item.promise, item.statutory_limit)}

    assert [one.source for one in guangxi] == ["社会保险经办条例（国务院令第765号）第十八条", "住房公积金管理条例 第二十五条"]
    assert everywhere == {
        None,
        (15, TimeUnit.DAYS, "submitted"),
        (20, TimeUnit.WORKING_DAYS, "accepted"),
        (3, TimeUnit.DAYS, "accepted"),
        (2, TimeUnit.HOURS, "handed-off"),
        (5, TimeUnit.WORKING_DAYS, "pension-calculated"),
    }


@pytest.mark.row("C17")
@pytest.mark.parametrize("code", WITH_ITEMS)
def test_each_service_shows_its_legal_basis_its_conditions_its_result_and_a_telephone(code: str) -> None:
    catalogue = region(code)

    lacking = [
        item.code
        for item in catalogue.items.values()
        if not (item.legal_basis and item.requirements and item.result and catalogue.departments[item.department].telephone)
    ]
    assert lacking == []


@pytest.mark.parametrize("code", WITH_ITEMS)
def test_a_telephone_is_a_public_line_and_nobodys_own(code: str) -> None:
    lines = {one.telephone for one in region(code).departments.values()}

    assert lines <= {"12333", "12393", "12329", "12366", "12345"}


@pytest.mark.row("A26")
@pytest.mark.parametrize("code", WITH_ITEMS)
def test_joint_services_that_follow_the_pension_are_chosen_with_it(code: str) -> None:
    follows = {item.code for item in region(code).items.values() if not item.basic and "pension" in item.waits_for}

    assert {item.code for item in region(code).items.values() if item.only_with} == follows
    assert {item.only_with for item in region(code).items.values() if item.only_with} == {("pension",)}


@pytest.mark.row("A31")
@pytest.mark.parametrize("code", WITH_ITEMS)
def test_no_question_stands_twice_in_any_regions_form(code: str) -> None:
    keys = [field.key for section in region(code).sections for field in section.fields]

    assert len(keys) == len(set(keys))
