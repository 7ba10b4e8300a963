"""One set of papers for every item, and none that a licence shows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.handing_off import handoff_of
from domain.cases.parts import CaseStatus, MaterialStatus
from domain.cases.reading import EvidenceUsed, MaterialInCase, materials_of
from domain.clock import day_in_china
from domain.errors import InvalidForm, NotFound, StepNotAllowed
from domain.words import Text
from tests.cases import (
    MONDAY,
    a_file,
    a_licence,
    a_prefilled_case,
    a_submitted_case,
    acting,
    an_opened_case,
    answered_by,
    at,
    attached,
    completed,
    filled,
    guangxi,
    kinds,
    rebuilt,
    slips,
    submitted,
)

TODAY = day_in_china(MONDAY)
MIDNIGHT = 14 * 3600
"""When the 24th begins in China; in Greenwich it is 16:00 of the 23rd."""


def material(case: Case, code: str = "identity-card") -> MaterialInCase:
    return next(one for one in materials_of(case, guangxi()) if one.code == code)


def status(case: Case, code: str = "identity-card", day: date = TODAY) -> MaterialStatus:
    return material(case, code).status(day)


@pytest.mark.row("A02")
def test_a_paper_that_several_items_need_is_one_and_handing_it_in_once_satisfies_all() -> None:
    case = an_opened_case(items=("normal-retirement", "deemed-years", "pension"))
    needed = [one.code for one in materials_of(case, guangxi())]

    case = attached(case, "identity-card", a_file())

    assert needed == ["identity-card", "household-register-book", "portrait-photo", "bank-card", "deemed-years-evidence"]
    assert [item.code for item in material(case).used_by] == ["normal-retirement", "deemed-years", "pension"]
    assert (status(case), material(case).files) == (MaterialStatus.PROVIDED, (a_file(),))


@pytest.mark.row("A32")
def test_what_a_licence_shows_is_not_asked_for_on_paper() -> None:
    without, holding = an_opened_case(), answered_by(an_opened_case(), "resident-id", a_licence("resident-id"))

    assert (status(without), status(holding)) == (MaterialStatus.NEEDED, MaterialStatus.SATISFIED_BY_LICENCE)


@pytest.mark.row("A32")
def test_a_licence_counts_to_its_last_day_and_then_the_paper_is_asked_for_again() -> None:
    case = answered_by(an_opened_case(), "resident-id", a_licence("resident-id", valid_until=TODAY))

    assert status(case) is MaterialStatus.SATISFIED_BY_LICENCE
    assert status(case, day=TODAY + timedelta(days=1)) is MaterialStatus.NEEDED


@pytest.mark.row("A32")
def test_a_licence_that_runs_out_before_submission_does_not_stand_in_for_the_paper() -> None:
    case = a_prefilled_case()
    old = replace(case.private.licences["resident-id"], valid_until=TODAY - timedelta(days=1))
    case = replace(case, private=replace(case.private, licences={**case.private.licences, "resident-id": old}))

    with pytest.raises(InvalidForm) as refused:
        submitted(completed(case))

    assert slips(refused) == [(("materials", "identity-card"), "material-needed")]
    assert submitted(attached(completed(case), "identity-card", a_file())).status is CaseStatus.SUBMITTED


def test_a_licence_that_was_valid_at_submission_has_done_its_work_when_it_runs_out() -> None:
    case = an_opened_case(items=("household-check",))
    for source in ("resident-id", "household-register"):
        case = answered_by(case, source, a_licence(source, valid_until=TODAY))
    case = submitted(completed(case))

    assert status(case, "household-register-book", TODAY + timedelta(days=400)) is MaterialStatus.SATISFIED_BY_LICENCE
    assert material(case, "household-register-book").evidence == (
        EvidenceUsed(
            f"{case.id}.material.household-register-book.household-register",
            "LICENCE",
            Text("evidence.licence", {"licence": guangxi().licences["household-register"].name}),
            a_licence("household-register").issued_at,
        ),
    )
    assert handoff_of(case, "household-check", guangxi()).materials == (
        {"material": "household-register-book", "licence": "1.2.156.3005.2.household-register"},
    )


def test_a_licence_that_ran_out_yesterday_in_china_does_not_count_whatever_the_day_is_in_greenwich() -> None:
    case = an_opened_case(items=("household-check",))
    case = answered_by(case, "resident-id", a_licence("resident-id"))
    case = answered_by(case, "household-register", a_licence("household-register", valid_until=TODAY))

    with pytest.raises(InvalidForm) as refused:
        submitted(completed(case), seconds=MIDNIGHT, by=replace(acting(), proved_at=at(MIDNIGHT).at))

    assert slips(refused) == [(("materials", "household-register-book"), "material-needed")]


def test_a_paper_is_asked_for_only_of_those_whom_its_rule_means() -> None:
    case = an_opened_case(items=("pension", "family-planning-reward"))
    said = {answer: status(filled(case, AnswerGiven("only-child", value=answer)), "only-child-certificate") for answer in ("YES", "NO")}

    assert (status(case, "only-child-certificate"), said) == (
        MaterialStatus.NEEDED,
        {"YES": MaterialStatus.NEEDED, "NO": MaterialStatus.NOT_NEEDED},
    )
    assert [reason.rule for reason in material(case, "only-child-certificate").reasons] == ["only-child-parent"]
    assert status(an_opened_case(items=("deemed-years",)), "deemed-years-evidence") is MaterialStatus.NOT_NEEDED


# ---------------------------------------------------------------- files


def test_the_files_of_a_material_are_those_named_last_in_their_order() -> None:
    case = attached(an_opened_case(), "identity-card", a_file("file-1"), a_file("file-2"))
    case = attached(case, "identity-card", a_file("file-2"), a_file("file-3"), mark="again")

    assert [file.id for file in material(case).files] == ["file-2", "file-3"]
    assert (case.revision, kinds(case)[-2:]) == (2, ["attached", "attached"])
    assert [used.kind for used in material(case).evidence] == ["FILE", "FILE"]
    assert rebuilt(case) == case


def test_the_same_files_again_are_no_step_and_none_takes_them_away() -> None:
    case = attached(an_opened_case(), "identity-card", a_file())

    assert attached(case, "identity-card", a_file(), mark="again") == case
    assert status(attached(case, "identity-card", mark="none")) is MaterialStatus.NEEDED


def test_what_waits_unsaved_becomes_a_step_before_a_file() -> None:
    case = attached(filled(an_opened_case(), AnswerGiven("email", value="a@b.cn")), "identity-card", a_file())

    assert (kinds(case)[-2:], case.revision) == (["filled", "attached"], 2)


def test_too_many_files_and_materials_of_other_cases_are_refused() -> None:
    case = an_opened_case(items=("pension",))

    with pytest.raises(InvalidForm) as refused:
        attached(case, "identity-card", *(a_file(f"file-{number}") for number in range(3)))
    with pytest.raises(NotFound):
        attached(case, "only-child-certificate", a_file())
    with pytest.raises(StepNotAllowed):
        attached(a_submitted_case(), "identity-card", a_file())
    assert (slips(refused), refused.value.issues[0].about) == (
        [(("input", "fileIds"), "too-many-files")],
        f"{case.id}.material.identity-card",
    )
