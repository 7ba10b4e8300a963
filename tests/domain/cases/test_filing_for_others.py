"""What staff file for a person: the employer's stamp and the employee's word, the counter's paper from Tuesday, the draft handed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Assurance, CapacityKind
from domain.cases import confirming
from domain.cases.case import Case
from domain.cases.clocks import deadline
from domain.cases.consenting import decide_consents
from domain.cases.errands import ErrandKind, errands
from domain.cases.filling import AnswerGiven
from domain.cases.fold.applicant import answered
from domain.cases.handing_off import handoff_of
from domain.cases.parts import ConsentStatus, Turn
from domain.cases.reading import items_of, materials_of
from domain.cases.submitting import attach
from domain.cases.workflow import CaseAction, allowed
from domain.catalogue.types import FilingChannel
from domain.days.calendar import Calendar
from domain.days.counting import Due, due
from domain.errors import AssuranceTooLow, InvalidForm, NotPermitted, StepNotAllowed
from integrations.calendar_files import shipped_years
from tests.capacities import STATION, a_post, at_post
from tests.cases import (
    MONDAY,
    ZHANG,
    a_file,
    a_mark,
    acting,
    at,
    consents,
    filled,
    guangxi,
    kinds,
    rebuilt,
    submitted,
)
from tests.staff import CLERK, COUNTER, HELPER, ITEMS, begun, does, staff


def handed_off(case: Case) -> list[str]:
    return [errand.about for errand in errands(case) if errand.kind is ErrandKind.HAND_OFF]


# ---------------------------------------------------------------- employers


@pytest.mark.row("F20", "A51")
def test_an_employer_allows_nothing_to_be_looked_up_in_the_name_of_its_staff() -> None:
    draft, agent = begun(CapacityKind.EMPLOYER), staff(CapacityKind.EMPLOYER)
    taken_back = [replace(one, given=False) for one in consents()]

    assert {consent.decided_by.capacity for consent in draft.consents if consent.decided_by} == {CapacityKind.SELF}
    assert CaseAction.CONSENT not in {row.action for row in allowed(draft, agent)}
    with pytest.raises(NotPermitted, match="consent-only-the-employee"):
        decide_consents(draft, consents=taken_back, catalogue=guangxi(), by=agent, mark=a_mark("consents"), moment=at(30))


@pytest.mark.row("F20")
def test_what_an_employer_files_goes_to_no_department_before_the_employee_confirms_it() -> None:
    agent = staff(CapacityKind.EMPLOYER)
    filed = submitted(begun(CapacityKind.EMPLOYER), by=agent)

    assert (handed_off(filed), filed.turn, filed.notices[-1].wording) == ([], Turn.YOURS, "notice.to-confirm")
    assert CaseAction.CONFIRM not in {row.action for row in allowed(filed, agent)}

    confirmed = does("confirm", filed, acting())
    assert sorted(handed_off(confirmed)) == sorted(ITEMS)
    assert (confirmed.turn, kinds(confirmed)[-1], does("confirm", confirmed, acting())) == (Turn.OURS, "confirmed", confirmed)
    assert rebuilt(confirmed) == confirmed


def test_only_the_person_confirms_and_only_once_and_surely_known() -> None:
    filed = submitted(begun(CapacityKind.EMPLOYER), by=staff(CapacityKind.EMPLOYER))

    with pytest.raises(StepNotAllowed):
        does("confirm", filed, staff(CapacityKind.EMPLOYER))
    with pytest.raises(AssuranceTooLow):
        does("confirm", filed, acting(assurance=Assurance.L2))
    confirmed = does("confirm", filed, acting())
    with pytest.raises(StepNotAllowed):
        confirming.confirm(confirmed, catalogue=guangxi(), by=acting(), mark=a_mark("again"), moment=at(40))


def test_a_person_may_say_no_to_what_their_employer_filed() -> None:
    filed = submitted(begun(CapacityKind.EMPLOYER), by=staff(CapacityKind.EMPLOYER))

    assert {CaseAction.CONFIRM, CaseAction.WITHDRAW} <= {row.action for row in allowed(filed, acting())}


def test_only_an_employer_stamps_and_once() -> None:
    draft = begun(CapacityKind.EMPLOYER)
    stamped = does("stamp", draft, staff(CapacityKind.EMPLOYER))

    assert (stamped.stamped_at, kinds(stamped)[-1]) == (at(30).at, "stamped")
    for case, by in ((stamped, staff(CapacityKind.EMPLOYER)), (draft, acting()), (draft, staff(CapacityKind.HELPER))):
        with pytest.raises(StepNotAllowed):
            confirming.stamp(case, catalogue=guangxi(), by=by, mark=a_mark("again", person=by.known_person()), moment=at(40))


@pytest.mark.row("A42")
def test_a_stamp_is_on_the_form_as_it_stood_and_after_a_change_it_is_set_again() -> None:
    agent, draft = staff(CapacityKind.EMPLOYER), begun(CapacityKind.EMPLOYER)
    changed = filled(does("stamp", draft, agent), AnswerGiven("email", value="a@b.cn"), by=agent, seconds=35)

    assert (changed.stamped_at, CaseAction.STAMP in {row.action for row in allowed(changed, agent)}) == (None, True)
    assert rebuilt(changed) == changed
    filed = submitted(does("stamp", draft, agent), by=agent)
    assert answered(filed, {}, (), revision=filed.revision + 1).stamped_at == at(30).at


# ---------------------------------------------------------------- the counter


def scanned(case: Case) -> Case:
    """With what the citizen brought."""
    clerk = staff(CapacityKind.CLERK)
    mark = a_mark("scan", person=CLERK)
    return attach(case, material="paper-application", files=[a_file()], catalogue=guangxi(), by=clerk, mark=mark, moment=at(12))


@pytest.mark.row("F19")
def test_what_the_citizen_brought_is_scanned_and_linked_before_it_is_submitted() -> None:
    draft, clerk = begun(CapacityKind.CLERK, received_at=MONDAY - timedelta(days=2)), staff(CapacityKind.CLERK)

    with pytest.raises(InvalidForm) as refused:
        submitted(draft, by=clerk)
    handed_in = submitted(scanned(draft), by=clerk)

    assert [(issue.path, issue.about) for issue in refused.value.issues] == [
        (("materials", "paper-application"), f"{draft.id}.material.paper-application")
    ]
    (scan,) = (one for one in materials_of(handed_in, guangxi()) if one.code == "paper-application")
    assert [item.code for item in scan.used_by] == list(ITEMS)
    sent = [paper for item in ITEMS for paper in handoff_of(handed_in, item, guangxi()).materials if "file" in paper]
    assert sent == [{"material": "paper-application", "file": a_file().id, "sha256": a_file().sha256}] * 2


def test_nobody_is_asked_for_a_paper_form_who_filed_without_one() -> None:
    under_card = begun(CapacityKind.CLERK)
    under_card = replace(under_card, filed_by=replace(under_card.filed_by, mandate="mandate-1"))

    for case in (begun(CapacityKind.HELPER), begun(CapacityKind.EMPLOYER), under_card):
        assert "paper-application" not in {material.code for material in materials_of(case, guangxi())}


@pytest.mark.row("F19")
def test_at_the_counter_the_citizen_is_the_applicant_and_the_clerk_is_who_filed_it() -> None:
    case = begun(CapacityKind.CLERK, received_at=MONDAY - timedelta(days=2))

    assert (case.person, case.beneficiary, case.channel) == (ZHANG.id, ZHANG, FilingChannel.COUNTER)
    by = case.filed_by
    assert (by.person, by.capacity, by.organisation, by.on_behalf_of) == (CLERK.id, CapacityKind.CLERK, COUNTER.id, ZHANG.id)
    assert case.organisations == {COUNTER.id: COUNTER.name}
    assert rebuilt(case) == case


@pytest.mark.row("A06")
def test_the_clocks_of_a_paper_form_run_from_the_day_it_came_and_not_from_the_day_it_was_typed_in() -> None:
    came = MONDAY - timedelta(days=4)
    typed = submitted(scanned(begun(CapacityKind.CLERK, received_at=came)), by=staff(CapacityKind.CLERK))
    on_paper, at_once = ends(typed), ends(submitted(begun(CapacityKind.HELPER), by=staff(CapacityKind.HELPER)))

    assert (typed.received_at, typed.submitted_at) == (came, at(20).at)
    assert (on_paper, at_once) == (due(TWENTY_DAYS, came, CALENDAR), due(TWENTY_DAYS, at(20).at, CALENDAR))


CALENDAR, TWENTY_DAYS = Calendar(shipped_years()), guangxi().items["pension"].statutory_limit


def ends(case: Case) -> Due:
    """When twenty working days from acceptance are over."""
    found = deadline(items_of(case, guangxi())[0], TWENTY_DAYS, CALENDAR, now=at(60).at)
    return Due(found.at, found.provisional)


# ---------------------------------------------------------------- handed over


@pytest.mark.row("F16")
def test_a_draft_that_a_helper_began_goes_on_in_the_persons_own_account() -> None:
    helper, draft = staff(CapacityKind.HELPER), begun(CapacityKind.HELPER)
    handed = does("hand_over", draft, helper)

    assert (draft.keeper, handed.keeper) == (STATION.id, ZHANG.id)
    assert (handed.private.answers, handed.filed_by) == (draft.private.answers, draft.filed_by)
    assert submitted(handed, seconds=40).submitted_at == at(40).at
    with pytest.raises(StepNotAllowed):
        confirming.hand_over(handed, catalogue=guangxi(), by=helper, mark=a_mark("again", person=HELPER), moment=at(40))


def test_nobody_hands_over_what_is_the_persons_own_already() -> None:
    own = replace(begun(CapacityKind.HELPER), kept_by=ZHANG.id)

    assert CaseAction.HAND_OVER not in {row.action for row in allowed(own, staff(CapacityKind.HELPER))}
    with pytest.raises(NotPermitted):
        does("hand_over", own, at_post(a_post(CLERK, kind=CapacityKind.OFFICER)))


def test_a_clerk_enters_no_consent_before_the_form_that_allows_it_is_scanned() -> None:
    clerk, draft = staff(CapacityKind.CLERK), begun(CapacityKind.CLERK, received_at=MONDAY - timedelta(days=2))
    taken_back = tuple(replace(one, given=False) for one in consents())
    asked_anew = decide_consents(draft, consents=taken_back, catalogue=guangxi(), by=acting(), mark=a_mark("back"), moment=at(11))

    def allow(case: Case) -> Case:
        mark = a_mark("allow", person=CLERK)
        return decide_consents(case, consents=consents(), catalogue=guangxi(), by=clerk, mark=mark, moment=at(13))

    with pytest.raises(NotPermitted) as refused:
        allow(asked_anew)

    assert refused.value.text.key == "refusal.scan-the-form-first"
    assert {one.status for one in allow(scanned(asked_anew)).consents} == {ConsentStatus.GIVEN}


@pytest.mark.row("F20")
def test_what_the_employee_has_confirmed_is_no_longer_the_employers_to_withdraw() -> None:
    filed = submitted(begun(CapacityKind.EMPLOYER), by=staff(CapacityKind.EMPLOYER))
    confirmed = does("confirm", filed, acting())

    may = [{row.action for row in allowed(case, staff(CapacityKind.EMPLOYER))} for case in (filed, confirmed)]

    assert [CaseAction.WITHDRAW in actions for actions in may] == [True, False]
    assert CaseAction.WITHDRAW in {row.action for row in allowed(confirmed, acting())}
