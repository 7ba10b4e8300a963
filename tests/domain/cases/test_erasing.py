"""When its time is over a case's private part goes, and what was done stays: a chain of steps that is whole."""

from datetime import timedelta

import pytest

from domain.cases.case import Case, PrivatePart
from domain.cases.errands import Errand, ErrandKind, errands
from domain.cases.keeping import delete_or_lock, erased
from domain.cases.outcomes import draft_expired
from domain.cases.parts import CaseStatus
from domain.cases.recording import Moment
from domain.cases.steps import first_fault
from domain.errors import Conflict, StepNotAllowed
from domain.ports import CancelAnswer, Working
from tests.back_office import Outside, a_house
from tests.cases import (
    ZHANG,
    a_file,
    a_mark,
    a_prefilled_case,
    a_submitted_case,
    acting,
    at,
    attached,
    guangxi,
    kinds,
    rebuilt,
)
from tests.progress import a_finished_case, cancel_answered, department_says, granted, notified, withdrawn

DAY = 86_400
EXPIRY, ERASURE = 90 * DAY, 97 * DAY


def an_expired_draft() -> Case:
    draft = attached(a_prefilled_case(), "identity-card", a_file())
    return draft_expired(draft, catalogue=guangxi(), moment=at(EXPIRY))


def asked_to_delete(case: Case, mark: str = "delete", seconds: float = 100) -> Case:
    return delete_or_lock(case, by=acting(), mark=a_mark(mark), moment=at(seconds))


@pytest.mark.row("F29")
def test_nothing_personal_of_a_form_that_was_never_submitted_is_left() -> None:
    case = an_expired_draft()

    gone = erased(case, moment=at(ERASURE))

    assert case.answer("bank") == "中国工商银行"
    assert gone.private == PrivatePart()
    assert (gone.materials, gone.erased_at, gone.number) == ({}, at(ERASURE).at, case.number)
    assert ZHANG.name not in repr(gone)


@pytest.mark.row("F29", "F67")
def test_before_its_day_nothing_is_erased_and_afterwards_nothing_more() -> None:
    case = an_expired_draft()
    gone = erased(case, moment=at(ERASURE))

    assert erased(case, moment=at(ERASURE - 1)) == case
    assert erased(gone, moment=at(ERASURE + DAY)) == gone
    assert errands(gone) == ()


@pytest.mark.row("F67", "B08")
@pytest.mark.parametrize(
    "case", [an_expired_draft(), withdrawn(a_submitted_case()), notified(a_finished_case())], ids=["draft", "back", "done"]
)
def test_the_chain_stays_whole_and_the_case_is_still_what_its_steps_make(case: Case) -> None:
    gone = erased(case, moment=Moment(case.erase_at, bytes(32)))

    assert first_fault(gone.history, gone.private.secrets) is None
    assert gone.history[:-1] == case.history
    assert rebuilt(gone) == gone
    assert kinds(gone)[-1] == "erased"


@pytest.mark.row("F67")
def test_each_outcome_is_kept_as_long_as_the_law_of_its_day_says() -> None:
    draft, back, done = withdrawn(a_prefilled_case()), withdrawn(a_submitted_case()), a_finished_case()

    assert draft.erase_at == at(60).at + timedelta(days=7)
    assert back.erase_at == at(60).at + timedelta(days=365)
    assert done.erase_at == at(50).at.replace(year=2126)


async def test_the_worker_lets_the_files_go_and_erases() -> None:
    outside, case = Outside(), an_expired_draft()
    house = a_house(outside)
    house.store.put(case)

    gone = await house.attend(case, seconds=ERASURE)

    assert ("release", case.id, case.person) in outside.asked
    assert (gone.erased_at, gone.private) == (at(ERASURE).at, PrivatePart())


def test_a_department_that_speaks_after_everything_was_erased_leaves_nothing_personal() -> None:
    back = withdrawn(department_says(a_submitted_case(items=("pension",)), "pension", Working(1)))
    gone = erased(back, moment=Moment(back.erase_at, bytes(32)))

    assert department_says(gone, "pension", granted(text="张守田，您好"), 10**8) == gone


# ---------------------------------------------------------------- asked for by the person


@pytest.mark.row("F66")
def test_a_draft_that_its_person_wants_deleted_ends_and_is_due_to_be_erased_at_once() -> None:
    case = asked_to_delete(a_prefilled_case())

    assert (case.status, kinds(case)[-1]) == (CaseStatus.WITHDRAWN, "withdrawn")
    assert Errand(ErrandKind.ERASE, "", at(100).at) in errands(case)


@pytest.mark.row("F66")
def test_what_was_withdrawn_is_erased_before_its_time() -> None:
    back = withdrawn(a_submitted_case(items=("pension",)))

    assert asked_to_delete(cancel_answered(back, "pension", CancelAnswer.CANCELLED)).erase_at == at(100).at


def test_a_department_that_is_to_drop_something_hears_of_it_first() -> None:
    back = withdrawn(department_says(a_submitted_case(items=("pension",)), "pension", Working(1)))

    assert asked_to_delete(back).erase_at == at(100).at + timedelta(days=1)


@pytest.mark.row("F66")
def test_what_the_law_keeps_is_locked_and_not_deleted() -> None:
    done = notified(a_finished_case())

    case = asked_to_delete(done)

    assert (case.locked_at, case.private.answers, case.erase_at) == (at(100).at, done.private.answers, done.erase_at)
    assert kinds(case)[-1] == "locked"
    assert rebuilt(case) == case


@pytest.mark.row("F66")
def test_a_case_in_progress_stands_in_the_way_and_is_named() -> None:
    case = a_submitted_case()

    with pytest.raises(StepNotAllowed) as refused:
        asked_to_delete(case)

    assert (refused.value.text.key, refused.value.current) == ("refusal.case-in-progress", case)


def test_asked_twice_it_has_one_effect() -> None:
    case = asked_to_delete(a_prefilled_case())
    locked = asked_to_delete(a_finished_case())

    assert asked_to_delete(case, seconds=200) == case
    assert asked_to_delete(locked, "another", seconds=200) == locked
    with pytest.raises(Conflict):
        delete_or_lock(case, by=acting(), mark=a_mark("delete", asked="something else"), moment=at(200))
