"""Whose reading is a look, and what is noted of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import CapacityKind
from domain.errors import AssuranceTooLow
from domain.looks.look import NO_LOOK, Look, Purpose, kept_until, look_of, looks_at
from tests.cases import MONDAY, ZHANG, acting, an_opened_case, loaded
from tests.looks import BUREAU, ORIGIN, as_delegate, as_staff


def test_people_who_read_what_is_theirs_leave_no_trace() -> None:
    case = an_opened_case()

    assert look_of(acting(), person=ZHANG.id, purpose=Purpose.READ_CASE, at=MONDAY, case=case) is None
    assert looks_at(acting(), [case], purpose=Purpose.LIST_CASES, at=MONDAY) is NO_LOOK


def test_of_a_look_it_is_noted_who_when_from_where_in_which_capacity_and_what_for() -> None:
    case = an_opened_case()

    assert look_of(as_staff(), person=ZHANG.id, purpose=Purpose.REVEAL_VALUE, at=MONDAY, case=case, field="bank-account") == Look(
        person=ZHANG.id,
        by="person-officer",
        name="韦明",
        capacity=CapacityKind.OFFICER,
        purpose=Purpose.REVEAL_VALUE,
        at=MONDAY,
        session="session-1",
        post="post-1",
        organisation="organisation-1",
        organisation_name=BUREAU,
        case=case.id,
        case_number=case.number,
        field="bank-account",
        origin=ORIGIN,
    )


def test_a_delegates_look_names_the_mandate_and_for_whom() -> None:
    look = look_of(as_delegate(), person=ZHANG.id, purpose=Purpose.READ_FILE, at=MONDAY)

    assert look
    assert (look.capacity, look.mandate, look.on_behalf_of, look.case) == (CapacityKind.PROXY, "mandate-1", ZHANG.id, None)


def test_whoever_works_for_an_office_is_noted_even_for_a_case_of_their_own() -> None:
    look = look_of(as_staff(person=ZHANG), person=ZHANG.id, purpose=Purpose.WORKLIST, at=MONDAY)

    assert look
    assert (look.person, look.by, look.capacity) == (ZHANG.id, ZHANG.id, CapacityKind.OFFICER)


def test_of_a_list_each_persons_case_is_a_look_of_its_own() -> None:
    cases = [an_opened_case(), replace(an_opened_case(), id="case-2", person="person-2")]

    looks = looks_at(as_staff(), cases, purpose=Purpose.WORKLIST, at=MONDAY)

    assert [(look.person, look.case) for look in looks] == [(ZHANG.id, cases[0].id), ("person-2", "case-2")]


def test_nobody_looks_whose_name_has_not_been_checked() -> None:
    with pytest.raises(AssuranceTooLow):
        look_of(replace(acting(), person=None), person=ZHANG.id, purpose=Purpose.READ_CASE, at=MONDAY)


def test_a_look_is_kept_for_three_years_at_least() -> None:
    law = loaded().catalogues.law(None, MONDAY.date())

    assert kept_until(MONDAY, law) >= MONDAY.replace(year=2029)
    assert kept_until(MONDAY, law) <= MONDAY.replace(year=2029) + timedelta(days=3)
