"""First review, second review and approval by different people where the law grades it (C12)."""

import pytest

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.parts import ItemStatus
from domain.catalogue.types import ReviewGrade
from domain.errors import InvalidForm, NotPermitted, StepNotAllowed
from domain.ports import ItemOutcome
from tests.cases import guangxi, rebuilt, statuses
from tests.officers import (
    GRANTED,
    ITEM,
    MEDICAL,
    MENG,
    TAN,
    WEI,
    a_supervisor,
    an_officer,
    at_departments,
    graded,
    ruled,
    taken,
    waived,
)


def in_grades(case: Case, *officers: Acting) -> Case:
    for number, by in enumerate(officers):
        case = taken(case, by, mark=f"take-{number}", catalogue=graded())
        case = ruled(case, GRANTED, by, mark=f"decide-{number}", catalogue=graded())
    return case


@pytest.mark.row("C12")
def test_three_people_review_where_the_law_grades_it_and_only_the_last_decides() -> None:
    two = in_grades(at_departments(), an_officer(WEI), an_officer(TAN))
    done = in_grades(two, an_officer(MENG))

    assert [(review.grade, review.by.person) for review in two.item(ITEM).reviews] == [
        (ReviewGrade.FIRST_REVIEW, WEI.id),
        (ReviewGrade.SECOND_REVIEW, TAN.id),
    ]
    assert [proposal.outcome for proposal in two.private.proposals[ITEM]] == [ItemOutcome.GRANTED] * 2
    assert (two.item(ITEM).taken_by, two.item(ITEM).outcome) == (None, None)
    assert (statuses(done)[ITEM], done.item(ITEM).outcome) == (ItemStatus.DONE, ItemOutcome.GRANTED)
    assert rebuilt(done) == done


@pytest.mark.row("C12")
def test_who_did_one_grade_does_no_other() -> None:
    case = in_grades(at_departments(), an_officer(WEI))

    with pytest.raises(NotPermitted, match="reviewed-already"):
        taken(case, an_officer(WEI), mark="again", catalogue=graded())


@pytest.mark.row("C12")
def test_a_supervisor_lets_one_person_do_two_grades_with_a_reason_that_is_kept() -> None:
    case = waived(in_grades(at_departments(), an_officer(WEI)), catalogue=graded())
    case = taken(case, an_officer(WEI), mark="again", seconds=70, catalogue=graded())

    assert case.private.waivers == {ITEM: "本月只有一名审核人员在岗"}
    waiver = case.item(ITEM).waived_by
    assert waiver is not None
    assert (waiver.person, case.item(ITEM).taken_for(WEI.id)) == (MENG.id, True)
    assert rebuilt(case) == case


@pytest.mark.row("C12")
def test_a_waiver_needs_a_supervisor_of_the_department_a_reason_and_a_graded_item() -> None:
    case = at_departments()

    with pytest.raises(NotPermitted, match="for-supervisors"):
        waived(case, a_supervisor(of=MEDICAL))
    with pytest.raises(NotPermitted, match="for-supervisors"):
        waived(case, an_officer())
    with pytest.raises(InvalidForm):
        waived(case, reason="忙", catalogue=graded())
    with pytest.raises(StepNotAllowed, match="not-graded"):
        waived(case)


@pytest.mark.row("C12")
def test_early_retirement_from_a_special_post_is_graded_with_its_source() -> None:
    review = guangxi().items["special-post-retirement"].review

    assert review is not None
    assert review.grades == (ReviewGrade.FIRST_REVIEW, ReviewGrade.SECOND_REVIEW, ReviewGrade.APPROVAL)
    assert review.source
    assert guangxi().items[ITEM].review is None
