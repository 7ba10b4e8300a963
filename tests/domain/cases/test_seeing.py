"""How much of a case each may see: the applicant all of it, a department its own items, an officer the answers once they took one."""

from dataclasses import replace

import pytest

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.form import Form
from domain.cases.reading import items_of, materials_of
from domain.cases.seeing import EVERYTHING, Sight, organisations_in, sight_of, steps_seen
from tests.capacities import a_mandate, a_post, at_post, under
from tests.cases import acting, an_opened_case, guangxi
from tests.officers import HALL, ITEM, MEDICAL, MENG, TAN, a_clerk, a_supervisor, an_officer, at_departments, ruled, taken
from tests.progress import a_finished_case

MINE = ("household-check", "normal-retirement", "deemed-years", "pension")


def sight(case: Case, by: Acting | None) -> Sight:
    return sight_of(case, guangxi(), by)


def keys(form: Form) -> set[str]:
    return {field.rule.key for section in form.sections for entry in section.entries for field in entry.fields}


@pytest.mark.row("F49")
def test_the_applicants_side_sees_all_of_it() -> None:
    case = a_finished_case()
    helper = at_post(a_post(TAN))

    for by in (acting(), under(a_mandate()), helper):
        assert sight(case, by) == EVERYTHING


@pytest.mark.row("F49")
def test_a_counter_sees_all_of_what_it_filed_and_of_others_what_it_took() -> None:
    case = at_departments()
    theirs = replace(case, filed_by=replace(case.filed_by, organisation=HALL.id))

    assert sight(theirs, a_clerk()) == EVERYTHING
    assert not sight(case, a_clerk()).personal
    by = a_clerk(items=(ITEM,))
    seen = sight(taken(case, by), by)
    assert (seen.items, seen.taken) == (frozenset({ITEM}), frozenset({ITEM}))
    assert organisations_in(taken(case, by)) == [HALL.id]


@pytest.mark.row("F49")
@pytest.mark.parametrize("by", [an_officer(), an_officer(TAN), a_supervisor(), None], ids=["officer", "colleague", "supervisor", "nobody"])
def test_nothing_personal_is_seen_before_an_item_is_taken_nor_by_who_did_not_take_it(by: Acting | None) -> None:
    case = at_departments() if by and by.person != TAN else taken(at_departments())
    seen = sight(case, by)

    assert (seen.personal, seen.fields, seen.files("identity-card")) == (False, frozenset(), False)


@pytest.mark.row("F49")
def test_who_took_an_item_sees_the_answers_that_it_names_and_no_others() -> None:
    case = taken(at_departments())
    form = Form(case, guangxi(), sight(case, an_officer()))
    whole = Form(case, guangxi())

    assert keys(form) == keys(whole) & set(guangxi().items[ITEM].fields)
    assert "bank-account" in keys(whole) - keys(form)
    assert form.prefill == ()


@pytest.mark.row("F49")
def test_long_numbers_stay_masked_for_the_officer_and_not_for_the_applicant() -> None:
    case = taken(at_departments())

    def number(form: Form) -> tuple[bool, str | None, bool]:
        fields = (field for section in form.sections for entry in section.entries for field in entry.fields)
        field = next(field for field in fields if field.rule.key == "document-number")
        return field.masked, field.value, bool(field.told)

    assert number(Form(case, guangxi(), sight(case, an_officer()))) == (True, None, True)
    assert number(Form(case, guangxi())) == (False, case.answer("document-number"), True)


@pytest.mark.row("F49")
def test_a_department_sees_the_results_of_its_items_and_of_others_only_where_they_stand() -> None:
    case = a_finished_case()
    items = {item.code: item for item in items_of(case, guangxi(), sight(case, an_officer(of=MEDICAL)))}

    assert [code for code, item in items.items() if item.result] == ["medical-transfer", "medical-deemed-years"]
    other = items["pension"]
    assert (other.status, other.result, other.reasons, other.written.text, other.open) == ("DONE", None, (), "", False)
    assert all(not before.open for before in items["medical-transfer"].waits_for if before.code in MINE)


@pytest.mark.row("F49")
def test_a_department_sees_the_papers_of_its_items_and_the_files_only_of_what_was_taken() -> None:
    case = at_departments()
    before, after = sight(case, an_officer()), sight(taken(case), an_officer())

    theirs = [item for item in guangxi().items.values() if item.department == "hrss" and case.find_item(item.code)]
    named = {code for item in theirs for code in item.materials}
    assert {material.code for material in materials_of(case, guangxi(), before)} == named
    assert (before.files("identity-card"), after.files("identity-card")) == (False, True)


@pytest.mark.row("F49")
def test_a_department_sees_the_steps_of_the_case_and_of_its_items_under_their_own_numbers() -> None:
    case = a_finished_case()
    steps = steps_seen(case, sight(case, an_officer(of=MEDICAL)), after=0, first=100)

    assert {step.item for step in steps if step.item} == {"medical-transfer", "medical-deemed-years"}
    assert {"opened", "submitted", "completed"} <= {step.kind for step in steps}
    assert "certificate-issued" not in {step.kind for step in steps}
    later = steps_seen(case, sight(case, an_officer(of=MEDICAL)), after=steps[1].number, first=2)
    assert list(later) == list(steps[2:4])


@pytest.mark.row("F49")
def test_to_the_applicant_the_numbers_run_without_a_gap() -> None:
    case = ruled(taken(at_departments()))

    assert [step.number for step in steps_seen(case, sight(case, acting()), after=0, first=100)] == list(range(1, len(case.history) + 1))


def test_a_case_through_nobody_is_in_nobodys_hands() -> None:
    assert organisations_in(an_opened_case()) == []
    assert organisations_in(taken(at_departments(), an_officer(MENG))) == []
