"""One alarm clock: every timer of a case is one of its errands, and the earliest is when it rings."""

from dataclasses import replace
from functools import cache

import pytest

from domain.cases.case import Case
from domain.cases.errands import Errand, ErrandKind, due, errands, handoff_key, next_due, read_handoff_key
from domain.cases.filling import AnswerGiven
from domain.cases.keeping import erased
from domain.cases.outcomes import certificate_delayed, notice_delayed
from domain.cases.patience import PATIENCE
from domain.cases.recording import Moment
from domain.ports import Working
from tests.cases import a_submitted_case, an_opened_case, at, filled, register_is_silent
from tests.progress import a_finished_case, cancel_is_silent, department_is_silent, department_says, granted, notified, withdrawn

DAY = 86_400
PENSION = ("pension",)


def quiet(case: Case) -> Case:
    return notified(case, 25)


@cache
def timers() -> dict[str, tuple[Case, ErrandKind, float]]:
    """A case of which that timer is the next, and the seconds after its opening at which it rings."""
    submitted = quiet(a_submitted_case(items=PENSION))
    approved = department_says(submitted, "pension", granted())
    handed_over = department_says(submitted, "pension", Working(1))
    draft = an_opened_case(consenting=False)
    return {
        "the end of a draft": (draft, ErrandKind.EXPIRE_DRAFT, 90 * DAY),
        "autosaves": (filled(draft, AnswerGiven("email", value="a@b.cn")), ErrandKind.SETTLE, 310),
        "a register": (an_opened_case(items=PENSION), ErrandKind.ASK_REGISTER, 0),
        "a hand-off": (submitted, ErrandKind.HAND_OFF, 20),
        "a hand-off again": (department_is_silent(submitted, "pension"), ErrandKind.HAND_OFF, 31),
        "asking again": (handed_over, ErrandKind.ASK_AGAIN, 30 + DAY),
        "cancelling": (withdrawn(handed_over), ErrandKind.CANCEL, 60),
        "cancelling again": (cancel_is_silent(withdrawn(handed_over), "pension"), ErrandKind.CANCEL, 62),
        "a certificate": (approved, ErrandKind.CERTIFICATE, 30),
        "a certificate again": (certificate_delayed(approved, patience=PATIENCE, moment=at(40)), ErrandKind.CERTIFICATE, 45),
        "a notice": (notified_but_last(a_finished_case()), ErrandKind.NOTIFY, 50),
        "a notice again": (
            notice_delayed(notified_but_last(a_finished_case()), key="completed", patience=PATIENCE, moment=at(60)),
            ErrandKind.NOTIFY,
            62,
        ),
    }


def notified_but_last(case: Case) -> Case:
    return replace(case, notices=case.notices[-1:])


@pytest.mark.row("B13")
@pytest.mark.parametrize("name", timers())
def test_every_timer_is_found_by_when_the_case_is_next_due(name: str) -> None:
    case, kind, seconds = timers()[name]

    assert next_due(case) == at(seconds).at
    assert kind in {errand.kind for errand in due(case, at(seconds).at)}
    assert due(case, at(seconds - 0.001).at) == ()


@pytest.mark.row("B13")
def test_a_case_that_is_over_and_told_is_due_once_more_when_the_law_keeps_it_no_longer() -> None:
    case = notified(a_finished_case())

    assert errands(case) == (Errand(ErrandKind.ERASE, "", at(50).at.replace(year=2126)),)
    assert errands(erased(case, moment=Moment(next_due(case), bytes(32)))) == ()


def test_a_register_is_due_again_after_its_pause() -> None:
    case = an_opened_case(items=("household-check",))
    for source in ("resident-id", "household-register"):
        case = register_is_silent(case, source, 10)

    assert next_due(case) == at(11).at


@pytest.mark.row("B13")
def test_a_hand_off_has_one_key_per_case_item_and_round() -> None:
    case = a_submitted_case(items=PENSION)

    assert handoff_key(case, "pension") == "case-zh8k0001.pension.1"
    assert read_handoff_key(handoff_key(case, "pension")) == (case.id, "pension", 1)


@pytest.mark.parametrize("key", ["", "pension", "case.pension", "case.pension.first", "case.pension."])
def test_what_is_no_such_key_is_not_read_as_one(key: str) -> None:
    with pytest.raises(ValueError):
        read_handoff_key(key)
