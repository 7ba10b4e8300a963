"""What licences and registers answer: filled in where it is blank and in time, offered where it is late or differs, never an overwrite."""

from datetime import date

import pytest

from domain.acting import CapacityKind
from domain.cases.case import Case
from domain.cases.errands import ErrandKind, errands
from domain.cases.filling import AnswerGiven
from domain.cases.form import Form
from domain.cases.parts import Answer, FieldSource, LicenceHeld, OfferReason, PrefillStatus
from domain.cases.patience import PATIENCE
from domain.catalogue.types import SourceKind
from tests.cases import (
    ACCOUNT,
    LICENCES,
    MONDAY,
    ZHANG,
    a_licence,
    a_prefilled_case,
    a_submitted_case,
    an_opened_case,
    answered_by,
    at,
    field,
    filled,
    guangxi,
    offers,
    rebuilt,
    register_is_silent,
)

CARD = "social-security-card"
BANK = FieldSource(SourceKind.LICENCE, CARD, at(1).at)


def status(case: Case, source: str) -> PrefillStatus:
    return next(state.status for state in case.prefill if state.source == source)


# ---------------------------------------------------------------- in time


@pytest.mark.row("F21", "A33")
def test_every_value_that_was_filled_in_keeps_its_source_and_time() -> None:
    case = a_prefilled_case()

    sources = {key: (answer.source, answer.person) for key, answer in case.private.answers.items()}
    assert sources == {
        **{key: (FieldSource(SourceKind.LICENCE, "resident-id", at(1).at), None) for key in LICENCES["resident-id"]},
        "household-address": (FieldSource(SourceKind.LICENCE, "household-register", at(1).at), None),
        "household-registration": (FieldSource(SourceKind.LICENCE, "household-register", at(1).at), None),
        "portrait": (FieldSource(SourceKind.LICENCE, "portrait", at(1).at), None),
        "bank": (BANK, None),
        "bank-account": (BANK, None),
        **{
            key: (FieldSource(SourceKind.REGISTER, "contribution-record", at(1).at), None)
            for key in LICENCES["contribution-record"].keys() - {"employer-code"}
        },
    }


@pytest.mark.row("A07")
@pytest.mark.parametrize("kind", ["resident-id", "household-register", "portrait"])
def test_after_the_consents_each_of_the_three_licences_is_there_with_its_source_and_time(kind: str) -> None:
    case = a_prefilled_case()

    assert case.private.licences[kind] == LicenceHeld(kind, f"1.2.156.3005.2.{kind}", "甲市公安局", a_licence(kind).issued_at, None)
    assert {answer.source for answer in case.private.answers.values() if answer.source.name == kind} == {
        FieldSource(SourceKind.LICENCE, kind, at(1).at)
    }
    assert [(state.status, state.at) for state in case.prefill if state.source == kind] == [(PrefillStatus.FILLED, at(1).at)]


@pytest.mark.row("A07")
def test_after_the_consents_the_licences_are_there_and_only_what_nobody_else_knows_is_left_to_fill_in() -> None:
    case = a_prefilled_case()

    blanks = {issue.path[1] for issue in Form(case, guangxi()).issues}
    assert blanks == {"mobile", "living-division", "living-address", "retirement-kind", "retirement-date"}
    assert {state.status for state in case.prefill} == {PrefillStatus.FILLED}


def test_a_register_answers_in_its_own_name() -> None:
    step = answered_by(an_opened_case(), CARD, a_licence(CARD)).last_step

    assert (step.kind, step.actor.capacity, step.actor.system, step.at) == ("register-answered", CapacityKind.SYSTEM, CARD, at(1).at)


def test_what_a_register_answers_is_no_change_of_the_form_by_a_person() -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"))

    assert answered_by(case, CARD, a_licence(CARD)).revision == case.revision == 1


def test_where_nothing_is_found_the_person_fills_in() -> None:
    case = answered_by(an_opened_case(), CARD, None)

    assert (status(case, CARD), field(case, "bank").issue.code) == (PrefillStatus.NOTHING_FOUND, "required")


def test_what_the_case_does_not_ask_is_not_kept() -> None:
    case = an_opened_case(items=("household-check",))

    case = answered_by(case, "resident-id", a_licence("resident-id"))

    assert "壮族" not in str(case.private)


@pytest.mark.parametrize(
    ("source", "attribute", "written", "key"),
    [
        (CARD, "bank-account", "6222020000000000010", "bank-account"),
        ("contribution-record", "work-started", "1992年7月", "work-started"),
        ("contribution-record", "contribution-months", "约四百", "contribution-months"),
        ("resident-id", "sex", "unknown", "sex"),
    ],
)
def test_what_does_not_fit_the_question_is_left_blank_rather_than_locked(source: str, attribute: str, written: str, key: str) -> None:
    case = answered_by(an_opened_case(), source, a_licence(source, **{attribute: written}))

    assert (case.answer(key), status(case, source)) == (None, PrefillStatus.FILLED)
    assert field(filled(case, AnswerGiven(key, value="1992-07-01")), key).locked is False


def test_where_somebody_lives_cannot_be_told_from_who_issued_their_licence() -> None:
    case = answered_by(an_opened_case(), "resident-id", a_licence("resident-id", valid_until=date(2030, 1, 1)))

    public = str([step.data for step in case.history])
    assert [word for word in ("甲市公安局", "2030-01-01", "2020-01-01", "张守田", ZHANG.document_number) if word in public] == []


# ---------------------------------------------------------------- late


@pytest.mark.row("F26", "A33")
def test_what_comes_within_three_seconds_is_filled_in_and_what_comes_later_is_offered() -> None:
    in_time = answered_by(an_opened_case(), CARD, a_licence(CARD), 3)
    late = answered_by(an_opened_case(), CARD, a_licence(CARD), 3.001)

    assert (in_time.answer("bank"), offers(in_time)) == ("中国工商银行", [])
    assert late.answer("bank") is None
    assert offers(late) == [("bank", OfferReason.LATE, "中国工商银行", CARD), ("bank-account", OfferReason.LATE, ACCOUNT, CARD)]
    assert status(late, CARD) is PrefillStatus.FILLED


@pytest.mark.row("F26")
def test_once_the_person_has_gone_on_what_comes_is_offered() -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"), seconds=1)

    case = answered_by(case, CARD, a_licence(CARD), 2)

    assert [place for place, why, _, _ in offers(case) if why is OfferReason.LATE] == ["bank", "bank-account"]


@pytest.mark.row("F26")
def test_a_late_offer_is_taken_with_its_source_and_its_time() -> None:
    case = answered_by(an_opened_case(), "resident-id", a_licence("resident-id"), 10)
    (offer,) = field(case, "sex").offers

    case = filled(case, AnswerGiven("sex", offer_id=offer.id), seconds=20)

    source = FieldSource(SourceKind.LICENCE, "resident-id", at(10).at)
    assert case.private.answers["sex"] == Answer("MALE", (), source, 1, ZHANG.id)
    assert (field(case, "sex").locked, field(case, "sex").offers) == (True, ())


def test_what_was_given_when_the_case_was_opened_does_not_make_the_registers_late() -> None:
    case = an_opened_case(answers=(AnswerGiven("mobile", value="13900000001"),))

    case = answered_by(case, CARD, a_licence(CARD))

    assert (case.answer("mobile"), case.answer("bank"), offers(case)) == ("13900000001", "中国工商银行", [])


def test_an_answer_that_nobody_waits_for_any_more_changes_nothing() -> None:
    done, submitted = a_prefilled_case(), a_submitted_case()

    assert answered_by(done, CARD, a_licence(CARD, bank="中国农业银行"), 2) == done
    assert answered_by(submitted, CARD, a_licence(CARD, bank="中国农业银行"), 40) == submitted
    assert answered_by(done, "no-such-register", None) == done


# ---------------------------------------------------------------- silence


def test_a_silent_register_is_asked_again_later_and_later_and_then_given_up() -> None:
    case, due = an_opened_case(), []
    for _ in PATIENCE.register:
        case = register_is_silent(case, CARD, 100)
        due += [(errand.at - at(100).at).total_seconds() for errand in errands(case) if errand.about == CARD]
    given_up = register_is_silent(case, CARD, 100)

    assert (due, status(case, CARD)) == ([pause.total_seconds() for pause in PATIENCE.register], PrefillStatus.ASKING)
    assert (status(given_up, CARD), given_up.last_step.kind) == (PrefillStatus.NO_ANSWER, "register-silent")
    assert register_is_silent(given_up, CARD, 200) == given_up
    assert register_is_silent(given_up, "no-such-register", 200) == given_up
    assert not [errand for errand in errands(given_up) if errand.about == CARD]


def test_each_register_is_asked_at_once_when_it_is_allowed() -> None:
    asked = [(errand.about, errand.at) for errand in errands(an_opened_case()) if errand.kind is ErrandKind.ASK_REGISTER]

    assert asked == [(source, MONDAY) for source in LICENCES]


@pytest.mark.row("B08")
def test_a_form_with_every_kind_of_answer_is_what_its_steps_make() -> None:
    case = filled(an_opened_case(), AnswerGiven("bank", value="中国农业银行"), seconds=1)
    case = answered_by(case, "resident-id", a_licence("resident-id", address="身份证上的地址"), 2)
    case = answered_by(case, "household-register", a_licence("household-register"), 3)
    case = answered_by(register_is_silent(case, CARD, 4), CARD, a_licence(CARD), 5)
    case = answered_by(case, "portrait", None, 6)

    assert rebuilt(case) == case
    assert len(offers(case)) > 5
