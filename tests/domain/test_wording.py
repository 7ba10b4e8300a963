"""What is said to people, and in which language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.wording import NothingToSay, Wording, check_templates, day, language_of
from domain.words import Language, Message, Text, Words


def words(hans: str, en: str) -> Words:
    return Words(hans, f"繁{hans}", en)


WORDING = Wording(
    {
        "done": Message(words("“{item}”办好了，共{count}项", "“{item}” is done, {count} in all"), words("{item}办好了", "{item} is done")),
        "because": Message(words("因为{why}", "because {why}")),
        "alone": Message(words("好", "good"), words("很好", "very good")),
        "day": Message(words("{year}年{month}{day}日", "{day} {month} {year}")),
        "month.11": Message(words("11月", "November")),
    }
)

DONE = Text("done", {"item": words("养老金", "Pension"), "count": 3})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ZH_HANS, "“养老金”办好了，共3项"),
        (Language.ZH_HANT, "繁“繁养老金”办好了，共3项"),
        (Language.EN, "“Pension” is done, 3 in all"),
    ],
)
def test_a_sentence_is_said_in_the_readers_language(language: Language, said: str) -> None:
    assert WORDING.say(DONE, language) == said


def test_what_is_heard_may_differ_from_what_is_read() -> None:
    assert WORDING.speak(DONE, Language.ZH_HANS) == "养老金办好了"


def test_what_has_no_spoken_form_is_heard_as_it_is_read() -> None:
    assert WORDING.speak(Text("because", {"why": "x"}), Language.EN) == "because x"


def test_a_sentence_within_a_sentence_is_said_and_spoken_likewise() -> None:
    text = Text("because", {"why": Text("alone")})

    assert WORDING.say(text, Language.EN) == "because good"
    assert WORDING.speak(text, Language.EN) == "because very good"


def test_braces_in_a_parameter_are_left_alone() -> None:
    assert WORDING.say(Text("because", {"why": "{item} {why}"}), Language.EN) == "because {item} {why}"


@pytest.mark.parametrize(("language", "said"), [(Language.ZH_HANS, "2026年11月5日"), (Language.EN, "5 November 2026")])
def test_a_date_is_said_as_people_say_it(language: Language, said: str) -> None:
    assert WORDING.say(day(date(2026, 11, 5)), language) == said


def test_a_message_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(NothingToSay, match="no message 'nothing'"):
        WORDING.say(Text("nothing"), Language.EN)


def test_a_parameter_that_is_not_given_is_an_error_that_names_it() -> None:
    with pytest.raises(NothingToSay, match="message 'done' needs the parameter 'count'"):
        WORDING.say(Text("done", {"item": "x"}), Language.EN)


def test_the_languages_of_a_message_take_the_same_parameters() -> None:
    assert list(check_templates(WORDING.messages)) == []
    assert list(check_templates({"odd": Message(words("{a}{b}", "{b}"))})) == [("odd", "takes {a, b} in zh-Hans but {b} in en")]


def test_what_is_heard_takes_no_other_parameters_than_what_is_read() -> None:
    messages = {"odd": Message(words("{a}", "{a}"), words("{b}", "{a}"))}

    assert list(check_templates(messages)) == [("odd.spoken", "takes parameters other than {a}")]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, Language.ZH_HANS),
        ("", Language.ZH_HANS),
        ("zh", Language.ZH_HANS),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH_HANS),
        ("zh-Hans-HK", Language.ZH_HANS),
        ("zh-Hant", Language.ZH_HANT),
        ("zh-TW", Language.ZH_HANT),
        ("zh_HK", Language.ZH_HANT),
        ("ZH-MO;q=0.5, fr", Language.ZH_HANT),
        ("en", Language.EN),
        ("en-GB, zh;q=0.9", Language.EN),
        ("zh;q=0.1, en;q=0.2", Language.EN),
        ("en;q=0, zh-TW;q=0.1", Language.ZH_HANT),
        ("fr-FR, de;q=0.9", Language.ZH_HANS),
        ("fr, *;q=0.1", Language.ZH_HANS),
        ("english", Language.ZH_HANS),
        ("en;q=rubbish, zh-TW;q=0.1", Language.ZH_HANT),
        (";;;q=,,en", Language.EN),
    ],
)
def test_a_language_is_agreed_on(header: str | None, language: Language) -> None:
    assert language_of(header) is language


@given(st.text(max_size=600))
def test_rubbish_in_the_header_never_fails(header: str) -> None:
    assert language_of(header) in Language
