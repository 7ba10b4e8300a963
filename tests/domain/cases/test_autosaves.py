"""What a person types becomes a step once in five minutes, or before anything else happens."""

import pytest

from domain.cases.filling import AnswerGiven
from domain.cases.recording import Moment, settle
from tests.cases import (
    acting,
    an_opened_case,
    at,
    filled,
    kinds,
    rebuilt,
    somebody,
)


def test_autosaves_of_one_session_within_five_minutes_are_one_step_with_the_time_of_the_last() -> None:
    case = an_opened_case()
    steps = len(case.history)
    for number in range(4):
        case = filled(case, AnswerGiven("email", value=f"{number}@b.cn"), mark=f"save-{number}", seconds=10 + number * 90)

    settled = settle(case, moment=Moment(at(999).at, bytes(32)))

    assert (case.revision, len(case.history)) == (4, steps)
    assert [(step.kind, step.at, step.data["revision"], step.data["keys"]) for step in settled.history[steps:]] == [
        ("filled", at(280).at, 4, ["email"])
    ]
    assert len(settled.last_step.data["requests"]) == 4
    assert settle(settled, moment=at(1_000)) == settled


def test_the_first_save_after_five_minutes_begins_a_new_step() -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"), seconds=10)
    within = filled(case, AnswerGiven("email", value="b@b.cn"), mark="in", seconds=309.999)
    after = filled(case, AnswerGiven("email", value="b@b.cn"), mark="out", seconds=310)

    assert (kinds(within).count("filled"), kinds(after).count("filled")) == (0, 1)
    assert (within.private.pending.since, after.private.pending.since) == (at(10).at, at(310).at)


@pytest.mark.parametrize("other", [acting(session="session-2"), acting(somebody("person-zh8kli000000"), session="session-3")])
def test_another_session_makes_the_others_autosaves_a_step_first(other) -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"))

    case = filled(case, AnswerGiven("living-address", value="丙路1号"), by=other, mark="other", seconds=20)

    assert (case.last_step.kind, case.last_step.actor, case.last_step.at) == ("filled", acting().actor(), at(10).at)
    assert case.private.pending.actor == other.actor()
    assert rebuilt(case) == case
