"""What cannot be an answer to the guide, or a day to ask about: named, all at once, and nothing guessed."""

from datetime import date

import pytest

from domain.cases.filling import AnswerGiven
from domain.errors import InvalidForm
from domain.guide.guide import guide
from domain.reasons import Verdict
from domain.words import Language
from tests.cases import loaded
from tests.policy.test_guide import TODAY, asked, guided


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"colour": "red"}, ["unknown-question"]),
        ({"sex": "男"}, ["bad-choice"]),
        ({"birth-date": "1966-02-29"}, ["bad-date"]),
        ({"birth-date": "2026-11-24"}, ["in-the-future"]),
        ({"birth-date": "1895-01-01"}, ["too-long-ago"]),
        ({"birth-date": "1966-13-01"}, ["bad-date"]),
        ({"birth-date": "1966-00-10"}, ["bad-date"]),
        ({"contribution-months": "-1"}, ["bad-months"]),
        ({"contribution-months": "12.5"}, ["bad-months"]),
        ({"contribution-months": "99999"}, ["bad-months"]),
        ({"contribution-months": "many"}, ["bad-number"]),
        ({"special-post": "MAYBE"}, ["bad-choice"]),
        ({"contribution-months": "100", "deemed-months": "101"}, ["more-than-total"]),
        ({"sex": "x", "birth-date": "y", "colour": "z"}, ["bad-choice", "bad-date", "unknown-question"]),
    ],
)
def test_what_cannot_be_an_answer_is_named_and_nothing_is_guessed(answers: dict[str, str], codes: list[str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        asked("guangxi", answers)

    assert [issue.code for issue in refused.value.issues] == codes
    assert {issue.path[0] for issue in refused.value.issues} == {"answers"}
    assert all(loaded().wording.say(issue.text, language) for issue in refused.value.issues for language in Language)


def test_the_place_of_a_slip_is_that_of_the_answer() -> None:
    with pytest.raises(InvalidForm) as refused:
        asked("guangxi", {"sex": "MALE", "birth-date": "soon"})

    assert [issue.path for issue in refused.value.issues] == [("answers", "1", "value")]


def test_a_question_answered_twice_and_an_answer_of_the_wrong_shape_are_slips() -> None:
    given = [AnswerGiven("sex", "MALE"), AnswerGiven("sex", "FEMALE"), AnswerGiven("birth-date", values=("1966-06-15",))]

    with pytest.raises(InvalidForm) as refused:
        guide(loaded().catalogues.in_force("guangxi"), given, day=TODAY)

    assert [issue.code for issue in refused.value.issues] == ["answered-twice", "wrong-kind"]


def test_full_width_digits_and_spaces_are_read() -> None:
    found = guided(birth_date=" １９６６－０６－１５ ", contribution_months="４ １ ２")

    assert found.eligible is Verdict.MET


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(9999, 12, 31), "too-far-ahead"), (date(1950, 1, 1), "before-retirement-law"), (date(1, 1, 1), "before-retirement-law")],
)
def test_a_day_of_which_the_law_is_not_known_is_a_slip(day: date, code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        asked("guangxi", {"sex": "MALE"}, day)

    assert [(issue.path, issue.code) for issue in refused.value.issues] == [(("asOf",), code)]
    assert all(loaded().wording.say(issue.text, language) for issue in refused.value.issues for language in Language)


@pytest.mark.parametrize("sex", ["MALE", "FEMALE"])
def test_the_last_day_of_all_that_can_be_asked_about_has_an_answer(sex: str) -> None:
    assert asked("guangxi", {"sex": sex, "birth-date": "9799-12-31"}, date(9800, 1, 1)).eligible is Verdict.UNDECIDED
