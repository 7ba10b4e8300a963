"""Answers put into the form: what is kept as it is, what is refused, and what nobody may overwrite."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.cases.checks import MANY
from domain.cases.filling import AnswerGiven, fill
from domain.cases.form import Form
from domain.cases.outcomes import register_answered
from domain.cases.parts import Answer, FieldSource
from domain.cases.patience import PATIENCE
from domain.catalogue.types import Catalogue, FieldRule, Origin, SourceKind
from domain.errors import InvalidForm, StepNotAllowed
from tests.cases import (
    ZHANG,
    a_licence,
    a_mark,
    a_prefilled_case,
    a_submitted_case,
    acting,
    an_opened_case,
    at,
    field,
    fill_slips,
    filled,
    guangxi,
    slips,
)


def entry(number: int) -> str:
    return str(UUID(int=number))


def told_by(source: str, *keys: str) -> Catalogue:
    """A region where that register tells the answers to these questions too."""

    def with_origin(rule: FieldRule) -> FieldRule:
        return replace(rule, origins=(Origin(source, rule.key),)) if rule.key in keys else rule

    sections = tuple(replace(section, fields=tuple(map(with_origin, section.fields))) for section in guangxi().sections)
    return replace(guangxi(), sections=sections)


# ---------------------------------------------------------------- what is kept


@pytest.mark.row("F21")
def test_what_a_person_puts_in_is_kept_with_the_person_and_the_time() -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value=" zhang@example.com "))

    assert case.private.answers["email"] == Answer("zhang@example.com", (), FieldSource(SourceKind.PERSON, "", at(10).at), 1, ZHANG.id)
    assert (case.revision, case.updated_at) == (1, at(10).at)


def test_saving_is_not_checking() -> None:
    case = filled(an_opened_case(), AnswerGiven("mobile", value="12"), AnswerGiven("work-started", value="long ago"))

    issues = {issue.path[1]: issue.code for issue in Form(case, guangxi()).issues}
    assert (issues["mobile"], issues["work-started"]) == ("bad-phone", "bad-date")


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("mobile", "１３９ 0000-0001", "13900000001"),
        ("bank-account", "6222 0200 0000 0000 019", "6222020000000000019"),
        ("contribution-months", "４１２", "412"),
        ("living-address", "丙路 1－2 号", "丙路 1－2 号"),
        ("living-address", "   ", None),
    ],
)
def test_numbers_are_kept_in_one_form_and_words_as_they_were_written(key: str, typed: str, kept: str | None) -> None:
    case = filled(an_opened_case(consenting=False), AnswerGiven("email", value="a@b.cn"), AnswerGiven(key, value=typed))

    assert case.answer(key) == kept


def test_choices_are_kept_together() -> None:
    case = filled(an_opened_case(), AnswerGiven("deemed-grounds", values=("STATE_SERVICE", "MILITARY_SERVICE")))

    assert field(case, "deemed-grounds").values == ("STATE_SERVICE", "MILITARY_SERVICE")


def test_nothing_clears_an_answer_and_the_form_has_moved_on() -> None:
    case = filled(filled(an_opened_case(), AnswerGiven("email", value="a@b.cn")), AnswerGiven("email"), mark="clear")

    assert (case.answer("email"), case.revision) == (None, 2)


def test_saving_the_same_again_is_no_change() -> None:
    case = filled(a_prefilled_case(), AnswerGiven("email", value="a@b.cn"))

    assert filled(case, AnswerGiven("email", value="a@b.cn"), AnswerGiven("living-address"), mark="again") == case


def test_after_submission_nothing_is_filled_in() -> None:
    with pytest.raises(StepNotAllowed) as refusal:
        filled(a_submitted_case(), AnswerGiven("email", value="a@b.cn"))

    assert refusal.value.text.params["status"].key == "case.status.SUBMITTED"


# ---------------------------------------------------------------- registers' values


@pytest.mark.row("F22", "A33")
@pytest.mark.parametrize("given", [AnswerGiven("name", value="张三"), AnswerGiven("name"), AnswerGiven("portrait", values=("file-1",))])
def test_a_changed_locked_value_is_refused(given: AnswerGiven) -> None:
    assert fill_slips(a_prefilled_case(), given) == [(("input", "answers", "0", "value"), "locked")]


@pytest.mark.row("F22")
@pytest.mark.parametrize(
    "shown",
    [AnswerGiven("name", value="张守田"), AnswerGiven("portrait"), AnswerGiven("portrait", values=())],
    ids=["text", "left", "empty"],
)
def test_a_locked_value_sent_back_as_it_is_shown_stays_as_it_stands(shown: AnswerGiven) -> None:
    case = a_prefilled_case()

    assert filled(case, shown) == case


def test_an_account_that_a_register_filled_in_stays_editable() -> None:
    case = filled(a_prefilled_case(), AnswerGiven("bank-account", value="6222020000000000027"))

    assert field(case, "bank-account").locked is False
    assert field(case, "bank-account").source.kind is SourceKind.PERSON
    assert case.answer("bank-account") == "6222020000000000027"


@pytest.mark.row("F23", "A33")
@pytest.mark.parametrize(("key", "value"), [("mobile", "13900000002"), ("email", "b@c.cn")])
def test_a_phone_and_an_email_that_a_register_filled_in_stay_editable(key: str, value: str) -> None:
    """No register of Guangxi tells them; elsewhere one does."""
    elsewhere = told_by("resident-id", "mobile", "email")
    licence = replace(a_licence("resident-id"), attributes={"mobile": "13900000001", "email": "a@b.cn"})
    case = register_answered(an_opened_case(), source="resident-id", answer=licence, catalogue=elsewhere, patience=PATIENCE, moment=at(1))
    told = case.private.answers[key]

    case = fill(case, given=[AnswerGiven(key, value=value)], catalogue=elsewhere, by=acting(), mark=a_mark(), revision=0, moment=at(10))

    assert told.source == FieldSource(SourceKind.LICENCE, "resident-id", at(1).at)
    assert case.private.answers[key] == Answer(value, (), FieldSource(SourceKind.PERSON, "", at(10).at), 1, ZHANG.id)


OWNED = [rule for section in guangxi().sections for rule in section.fields if rule.locked and rule.origins]


@pytest.mark.row("F24", "A33")
@pytest.mark.parametrize("rule", OWNED, ids=lambda rule: rule.key)
def test_what_a_register_owns_cannot_be_filled_in_when_the_case_is_opened(rule: FieldRule) -> None:
    given = AnswerGiven(rule.key, values=("file-1",)) if rule.kind in MANY else AnswerGiven(rule.key, value="甲")

    with pytest.raises(InvalidForm) as refusal:
        an_opened_case(items=tuple(guangxi().items), consenting=False, answers=(AnswerGiven("mobile", value="13900000001"), given))

    assert slips(refusal) == [(("input", "answers", "1", "value"), "locked")]


def test_registers_own_some_of_the_answers() -> None:
    """Else the test above would ask nothing."""
    assert {"name", "document-number", "birth-date", "contribution-months", "portrait"} < {rule.key for rule in OWNED}


def test_without_a_licence_the_same_is_filled_in_by_hand() -> None:
    case = filled(an_opened_case(consenting=False), AnswerGiven("employer", value="甲市机械厂"), AnswerGiven("sex", value="MALE"))

    assert [(field(case, key).value, field(case, key).locked) for key in ("employer", "sex")] == [("甲市机械厂", False), ("MALE", False)]


# ---------------------------------------------------------------- what cannot be kept


LONG = "长" * 2_001


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (AnswerGiven("no-such-question", value="1"), "unknown-field"),
        (AnswerGiven("special-post-kind", value="UNDERGROUND"), "unknown-field"),
        (AnswerGiven("email", value="a@b.cn", values=("a",)), "one-of-value"),
        (AnswerGiven("email", value="a@b.cn", offer_id="offer"), "one-of-value"),
        (AnswerGiven("email", values=("a@b.cn",)), "wrong-kind"),
        (AnswerGiven("deemed-grounds", value="STATE_SERVICE"), "wrong-kind"),
        (AnswerGiven("living-address", value=LONG), "too-long"),
        (AnswerGiven("deemed-grounds", values=("a",) * 51), "too-long"),
        (AnswerGiven("deemed-grounds", values=("a" * 201,)), "too-long"),
        (AnswerGiven("email", value="a@b.cn", entry=entry(1)), "no-entries-here"),
        (AnswerGiven("relative-name", value="张某"), "entry-needed"),
        (AnswerGiven("relative-name", value="张某", entry="13900000001"), "entry-needed"),
        (AnswerGiven("relative-name", value="张某", entry=f"{entry(1)}/x"), "entry-needed"),
        (AnswerGiven("email", offer_id="case-zh8k0001.offer.3.email"), "no-such-offer"),
    ],
)
def test_what_cannot_be_kept_is_refused(given: AnswerGiven, code: str) -> None:
    case = an_opened_case(items=("normal-retirement", "deemed-years"))

    assert fill_slips(case, given) == [(("input", "answers", "0", "value"), code)]


def test_a_slip_leads_to_its_question() -> None:
    case = an_opened_case()
    given = AnswerGiven("email", values=("a@b.cn",)), AnswerGiven("relative-name", values=("李某",), entry=entry(1)), AnswerGiven("none")

    with pytest.raises(InvalidForm) as refused:
        filled(case, *given)

    assert [issue.about for issue in refused.value.issues] == [
        f"{case.id}.field.email",
        f"{case.id}.field.relatives/{entry(1)}/relative-name",
        None,
    ]


def test_all_slips_are_told_at_once_and_nothing_is_kept() -> None:
    case = an_opened_case()

    assert fill_slips(case, AnswerGiven("a"), AnswerGiven("email", value="a@b.cn"), AnswerGiven("b")) == [
        (("input", "answers", "0", "value"), "unknown-field"),
        (("input", "answers", "2", "value"), "unknown-field"),
    ]


def test_a_form_asks_only_what_the_chosen_items_need() -> None:
    keys = {section.key for section in Form(an_opened_case(items=("household-check",)), guangxi()).sections}

    assert keys == {"identity", "contact", "household", "relatives"}
