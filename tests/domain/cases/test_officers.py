"""Officers take items and decide them: one alone, of their own department, certified for it, and never in a matter of their own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.officers import Deciding, took_part
from domain.cases.parts import ItemStatus
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted, Refusal, StepNotAllowed
from domain.ports import ItemOutcome, Rejected
from tests.cases import ZHANG, a_submitted_case, acting, kinds, rebuilt, slips, statuses
from tests.officers import (
    HRSS,
    ITEM,
    MEDICAL,
    MENG,
    REFUSED,
    TAN,
    WEI,
    a_clerk,
    a_supervisor,
    an_officer,
    at_departments,
    put_again,
    ruled,
    taken,
)
from tests.progress import department_is_silent, department_says, granted, refused, withdrawn

LOOKUP = "household-check"
"""Another department's."""


# ---------------------------------------------------------------- taking


@pytest.mark.row("F48")
def test_an_officer_takes_an_item_and_is_named_in_the_case() -> None:
    case = taken(at_departments())

    item = case.item(ITEM)
    assert item.taken_by is not None
    assert (item.taken_by.person, item.taken_by.capacity, item.taken_by.organisation) == (WEI.id, CapacityKind.OFFICER, HRSS.id)
    assert kinds(case)[-2:] == ["joined", "item-taken"]
    assert case.private.people[WEI.id] == WEI
    assert rebuilt(case) == case


@pytest.mark.row("F48")
def test_of_two_officers_the_second_is_told_who_has_it_by_a_masked_name() -> None:
    case = taken(at_departments())

    with pytest.raises(Conflict) as told:
        taken(case, an_officer(TAN))
    assert (told.value.text.key, told.value.text.params) == ("refusal.taken-by", {"officer": "韦*"})
    assert taken(case, mark="again") == case


WRONG: dict[str, tuple[Callable[[], Case], Acting, type[Refusal], str]] = {
    "another department's officer": (at_departments, an_officer(of=MEDICAL), NotPermitted, "refusal.not-certified"),
    "not certified for it": (at_departments, an_officer(items=("pension",)), NotPermitted, "refusal.not-certified"),
    "another region's officer": (at_departments, an_officer(of=replace(HRSS, region="guyang")), NotPermitted, "refusal.not-certified"),
    "a clerk who is certified for others": (at_departments, a_clerk(items=("pension",)), NotPermitted, "refusal.not-certified"),
    "a supervisor": (at_departments, a_supervisor(), NotPermitted, "refusal.for-officers"),
    "the applicant": (at_departments, acting(), NotPermitted, "refusal.for-officers"),
    "an officer whose own matter it is": (at_departments, an_officer(ZHANG), NotPermitted, "refusal.own-matter"),
    "not handed over yet": (a_submitted_case, an_officer(), StepNotAllowed, "refusal.item-not-waiting"),
    "decided already": (
        lambda: department_says(at_departments(), ITEM, granted()),
        an_officer(),
        StepNotAllowed,
        "refusal.item-not-waiting",
    ),
    "withdrawn": (lambda: withdrawn(at_departments()), an_officer(), StepNotAllowed, "refusal.item-not-waiting"),
}


@pytest.mark.row("F48", "A63")
@pytest.mark.parametrize("wrong", WRONG)
def test_nobody_takes_what_is_not_theirs_to_decide_or_does_not_wait(wrong: str) -> None:
    case, by, refusal, why = WRONG[wrong]

    with pytest.raises(refusal) as told:
        taken(case(), by)

    assert told.value.text.key == why


@pytest.mark.row("A63")
@pytest.mark.parametrize("items", [(), (ITEM, LOOKUP)])
def test_a_clerk_takes_any_item_of_the_region_that_they_are_certified_for_whatever_its_department(items: tuple[str, ...]) -> None:
    case = taken(at_departments(ITEM, LOOKUP), a_clerk(items=items))
    case = taken(case, a_clerk(items=items), item=LOOKUP, mark="another")

    assert [case.item(item).taken_for(MENG.id) for item in (ITEM, LOOKUP)] == [True, True]


def test_an_item_that_is_not_in_the_case_is_not_there() -> None:
    with pytest.raises(NotFound):
        taken(at_departments(), item="special-post-retirement")


def test_whoever_filed_or_filled_in_has_had_a_part_in_it() -> None:
    case = at_departments()

    assert took_part(case, an_officer(ZHANG))
    assert not took_part(taken(case), an_officer())


# ---------------------------------------------------------------- putting back


@pytest.mark.row("F48")
def test_what_is_put_back_can_be_taken_by_another() -> None:
    case = put_again(taken(at_departments()))

    assert (case.item(ITEM).taken_by, kinds(case)[-1]) == (None, "item-put-back")
    assert taken(case, an_officer(TAN)).item(ITEM).taken_for(TAN.id)


@pytest.mark.row("F48")
def test_only_who_has_it_or_their_supervisor_puts_it_back() -> None:
    case = taken(at_departments())

    with pytest.raises(Conflict):
        put_again(case, an_officer(TAN))
    with pytest.raises(Conflict):
        put_again(case, a_supervisor(of=MEDICAL))
    assert put_again(case, a_supervisor()).item(ITEM).taken_by is None


# ---------------------------------------------------------------- deciding


@pytest.mark.row("F48")
def test_who_took_it_decides_it_and_what_waited_starts() -> None:
    case = ruled(
        ruled(taken(taken(at_departments(ITEM, "deemed-years")), item="deemed-years", mark="take-2"), item="deemed-years", mark="d2")
    )

    assert (statuses(case)[ITEM], case.item(ITEM).outcome) == (ItemStatus.DONE, ItemOutcome.GRANTED)
    assert case.private.results[ITEM].text == "同意"
    decided = next(step for step in reversed(case.history) if step.kind == "item-decided")
    assert (decided.actor.person, decided.actor.capacity) == (WEI.id, CapacityKind.OFFICER)
    assert case.item("pension").ready_at is not None
    assert rebuilt(case) == case


@pytest.mark.row("F48")
def test_nobody_else_decides_it() -> None:
    case = at_departments()

    with pytest.raises(StepNotAllowed, match="take-first"):
        ruled(case)
    with pytest.raises(Conflict, match="taken-by"):
        ruled(taken(case), by=an_officer(TAN))


@pytest.mark.row("F48")
def test_what_the_departments_system_says_after_the_officer_changes_nothing() -> None:
    case = ruled(taken(at_departments()))

    assert department_says(case, ITEM, refused(sequence=9), 60) == case


def test_an_item_that_could_not_be_handed_over_can_be_decided_by_hand() -> None:
    failed = department_says(a_submitted_case(), ITEM, Rejected(("no",)))

    assert statuses(ruled(taken(failed)))[ITEM] is ItemStatus.DONE


def test_a_refusal_by_an_officer_stops_what_waits_for_it() -> None:
    case = ruled(taken(at_departments()), REFUSED)

    assert (statuses(case)[ITEM], statuses(case)["pension"]) == (ItemStatus.REFUSED, ItemStatus.NOT_STARTED)


@pytest.mark.parametrize(
    ("deciding", "wrong"),
    [
        (Deciding(ItemOutcome.FOUND), [(("input", "outcome"), "outcome-not-asked")]),
        (Deciding(ItemOutcome.REFUSED), [(("input", "reasons"), "refusal-needs-reason")]),
        (Deciding(ItemOutcome.REFUSED, reasons=(" ",)), [(("input", "reasons"), "refusal-needs-reason")]),
        (
            Deciding(ItemOutcome.TOLD, "长" * 1_001, ("长" * 301, *("短",) * 20)),
            [
                (("input", "outcome"), "outcome-not-asked"),
                (("input", "text"), "too-long"),
                (("input", "reasons"), "too-many-reasons"),
                (("input", "reasons", "0"), "too-long"),
            ],
        ),
    ],
)
def test_every_slip_of_a_decision_is_told_at_once(deciding: Deciding, wrong: list[tuple[tuple[str, ...], str]]) -> None:
    with pytest.raises(InvalidForm) as told:
        ruled(taken(at_departments()), deciding)

    assert slips(told) == wrong


def test_the_same_request_decides_once() -> None:
    case = ruled(taken(at_departments()))

    assert ruled(case) == case
    assert taken(case) == case


def test_an_officers_decision_ends_the_asking_of_the_department() -> None:
    case = ruled(taken(department_is_silent(at_departments(), ITEM, 31)))

    assert (case.item(ITEM).ask_again_at, case.item(ITEM).hand_off_at) == (None, None)
