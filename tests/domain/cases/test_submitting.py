"""The whole form handed in at once: one set of papers, all that is missing told together, and what starts when."""

import pytest

from domain.acting import Assurance
from domain.cases.parts import CaseStatus, Notice, PrefillStatus, Turn
from domain.cases.reading import items_of
from domain.errors import AssuranceTooLow, Conflict, InvalidForm, Remedy, StepNotAllowed, StepUp
from tests.cases import (
    LICENCES,
    a_complete_case,
    a_file,
    a_licence,
    a_submitted_case,
    acting,
    an_opened_case,
    answered_by,
    at,
    attached,
    completed,
    guangxi,
    rebuilt,
    slips,
    submitted,
)
from tests.progress import department_says, granted

# ---------------------------------------------------------------- submitting


def test_all_that_is_missing_is_told_together_and_nothing_has_changed() -> None:
    case = an_opened_case(items=("household-check",), consenting=False)

    with pytest.raises(InvalidForm) as refused:
        submitted(case, declaring=())

    assert slips(refused) == [
        (("answers", "sex"), "required"),
        (("answers", "birth-date"), "required"),
        (("answers", "mobile"), "required"),
        (("answers", "household-address"), "required"),
        (("materials", "household-register-book"), "material-needed"),
        (("input", "declarations"), "declaration-needed"),
        (("input", "declarations"), "declaration-needed"),
    ]
    assert {issue.about for issue in refused.value.issues} >= {f"{case.id}.field.sex", guangxi().declarations[0].id}


def test_a_submitted_case_says_when_what_was_declared_and_whose_turn_it_is() -> None:
    case = a_submitted_case()

    data = next(step.data for step in case.history if step.kind == "submitted")
    assert (case.status, case.turn, case.submitted_at, case.draft_expires_at) == (CaseStatus.SUBMITTED, Turn.OURS, at(20).at, None)
    assert (data["declarations"], data["revision"]) == ([["truth", "1"], ["repayment", "1"]], 1)
    assert case.notices == (Notice("submitted", "notice.submitted", at(20).at),)


def test_what_a_register_was_still_being_asked_is_not_waited_for() -> None:
    case = an_opened_case()
    for source in LICENCES.keys() - {"portrait"}:
        case = answered_by(case, source, a_licence(source))
    case = submitted(attached(completed(case), "portrait-photo", a_file()))

    assert {state.source: (state.status, state.next_try) for state in case.prefill}["portrait"] == (PrefillStatus.NO_ANSWER, None)


def test_a_form_that_has_changed_since_is_looked_at_again_before_it_is_submitted() -> None:
    case = a_complete_case()

    for seen in (case.revision - 1, case.revision + 1):
        with pytest.raises(Conflict) as refused:
            submitted(case, revision=seen)
        assert (refused.value.text.key, refused.value.current, refused.value.remedy) == ("refusal.form-changed", case, Remedy.RELOAD)


@pytest.mark.parametrize(("assurance", "minutes"), [(Assurance.L2, 0), (Assurance.L3, 20.01)])
def test_submitting_needs_a_sure_and_recent_proof_of_who_submits(assurance: Assurance, minutes: float) -> None:
    case = a_complete_case()

    with pytest.raises(AssuranceTooLow) as refused:
        submitted(case, by=acting(assurance=assurance), seconds=minutes * 60)

    assert refused.value.step_up == StepUp(Assurance.L3, 1200)
    assert submitted(case, by=acting(assurance=Assurance.L4), seconds=1200).status is CaseStatus.SUBMITTED


@pytest.mark.row("F38")
def test_one_request_submits_once() -> None:
    case = a_submitted_case()

    assert submitted(case) == case
    with pytest.raises(StepNotAllowed):
        submitted(case, mark="another")
    assert submitted(department_says(case, "normal-retirement", granted())).item("normal-retirement").outcome


@pytest.mark.row("B08")
def test_a_submitted_case_is_what_its_steps_make() -> None:
    case = submitted(attached(a_complete_case(), "identity-card", a_file()))

    assert rebuilt(case) == case
    assert {item.turn for item in items_of(case, guangxi())} == {Turn.OURS}
