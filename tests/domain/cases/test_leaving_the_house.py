"""What leaves the house for a case, and no more than it needs: hand-offs, messages, what the certificate says."""

from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest

from domain.cases.case import Case
from domain.cases.certifying import issuance_of, month_after
from domain.cases.filling import AnswerGiven, fill
from domain.cases.handing_off import handoff_of, message_of
from domain.cases.parts import Answer
from domain.certificates.certificate import Facts
from domain.ports import Handoff, MessageChannel, OutgoingMessage
from domain.words import Language
from tests.cases import (
    ACCOUNT,
    ZHANG,
    a_complete_case,
    a_file,
    a_mark,
    a_submitted_case,
    acting,
    at,
    attached,
    filled,
    guangxi,
    loaded,
    submitted,
)
from tests.progress import department_says, granted
from tests.regions import a_case_in, at_the_counter

ENTRY = "00000000-0000-0000-0000-000000000001"


def with_answers(case: Case, **answers: str | None) -> Case:
    said = case.private.answers["bank"]
    changed = {key.replace("_", "-"): replace(said, value=value) for key, value in answers.items()}
    return replace(case, private=replace(case.private, answers={**case.private.answers, **changed}))


# ---------------------------------------------------------------- hand-offs


def test_a_department_is_given_what_its_item_names_and_nothing_else() -> None:
    case = a_submitted_case()

    handoff = handoff_of(case, "household-check", guangxi())

    assert handoff == Handoff(
        key=f"{case.id}.household-check.1",
        department="police",
        item="household-check",
        case_number="ZB2026112300000017",
        region="guangxi",
        applicant={"name": "张守田", "document-kind": "RESIDENT_ID", "document-number": ZHANG.document_number},
        answers={
            "name": "张守田",
            "sex": "MALE",
            "birth-date": "1966-06-15",
            "document-number": ZHANG.document_number,
            "household-address": "广西壮族自治区甲市乙区丙路1号",
            "household-registration": "非农业家庭户口",
        },
        materials=({"material": "household-register-book", "licence": "1.2.156.3005.2.household-register"},),
    )


def test_what_was_answered_before_another_answer_took_the_question_away_stays_in_the_house() -> None:
    ejin = at_the_counter("ejin-horo")
    said = {"name_differs_in_archive": "YES", "back_paid": "YES", "back_paid_from": "1995-12", "tax_receipt_lost": "YES"}
    case = a_case_in(ejin, "pension", **said)
    took_back = fill(
        case,
        given=[AnswerGiven("back-paid", value="NO")],
        catalogue=ejin,
        by=acting(),
        mark=a_mark("took-back"),
        revision=case.revision,
        moment=at(2),
    )

    before, after = handoff_of(case, "pension", ejin).answers, handoff_of(took_back, "pension", ejin).answers

    assert before.keys() - after.keys() == {"back-paid-from", "tax-receipt-lost"}
    assert (after["back-paid"], after["name-differs-in-archive"]) == ("NO", "YES")


def test_entries_choices_and_files_are_handed_over_as_they_are_and_pictures_are_not() -> None:
    relative = {"relative-name": "李某", "relative-relation": "CHILD", "relative-phone": "13900000002"}
    answers = [AnswerGiven(key, value=value, entry=ENTRY) for key, value in relative.items()]
    case = filled(a_complete_case(), AnswerGiven("deemed-grounds", values=("MILITARY_SERVICE",)), *answers)
    case = submitted(attached(case, "identity-card", a_file()))

    retirement, deemed, pension = (handoff_of(case, code, guangxi()) for code in ("normal-retirement", "deemed-years", "pension"))

    assert retirement.answers[f"relatives/{ENTRY}/relative-name"] == "李某"
    assert deemed.answers["deemed-grounds"] == ["MILITARY_SERVICE"]
    assert "portrait" not in pension.answers
    assert pension.materials[0] == {"material": "identity-card", "file": "file-1", "sha256": "0" * 64}


def test_the_same_hand_off_is_sent_every_time() -> None:
    case = a_submitted_case()
    later = department_says(case, "normal-retirement", granted())

    assert handoff_of(later, "deemed-years", guangxi()) == handoff_of(case, "deemed-years", guangxi())


# ---------------------------------------------------------------- messages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.ZH_HANS, "您的退休申请（编号 ZB2026112300000017）已提交，进展可在掌办查看。"),
        (Language.EN, "Your retirement application (ZB2026112300000017) was submitted. You can follow it in Zhangban."),
    ],
)
def test_a_message_is_in_the_persons_own_language_and_names_nobody(language: Language, text: str) -> None:
    case = replace(a_submitted_case(), language=language)

    message = message_of(case, "submitted", guangxi(), loaded().wording, operators="operators")

    assert message == OutgoingMessage(f"{case.id}.submitted", MessageChannel.SMS, "13900000001", text)


def test_a_notice_that_is_not_due_or_has_nowhere_to_go_is_no_message() -> None:
    case = a_submitted_case()

    for stage, key in ((case, "completed"), (with_answers(case, mobile=None), "submitted")):
        assert message_of(stage, key, guangxi(), loaded().wording, operators="operators") is None


# ---------------------------------------------------------------- the certificate


def test_the_certificate_says_what_stands_in_the_case_and_was_approved() -> None:
    case = with_answers(a_submitted_case(), retirement_date="2026-11-15", retirement_kind="NORMAL", portrait=b64encode(b"picture").decode())
    case = department_says(case, "normal-retirement", granted())
    case = department_says(department_says(case, "deemed-years", granted()), "pension", granted())

    issuance = issuance_of(case, guangxi())

    assert (issuance.case, issuance.case_number, issuance.item, issuance.holder) == (case.id, case.number, "pension", ZHANG)
    assert (issuance.issuer, issuance.portrait) == (guangxi().departments["hrss"].name, b"picture")
    assert issuance.facts == Facts(
        sex="男",
        birth_date=date(1966, 6, 15),
        ethnicity="壮族",
        work_started="1992-07-01",
        retired_on=date(2026, 11, 15),
        retirement_kind="到法定退休年龄",
        contribution_months=412,
        deemed_months=38,
        last_employer="甲市机械厂",
        last_post="钳工",
        pension_from="2026-12",
        claim_place="甲市",
        approved_by=guangxi().departments["hrss"].name.hans,
    )
    assert ACCOUNT not in str(issuance)


def test_what_the_case_does_not_know_the_certificate_leaves_out() -> None:
    unknown = dict.fromkeys(("retirement_date", "birth_date", "contribution_months", "deemed_months", "ethnicity", "employer", "portrait"))
    case = department_says(with_answers(a_submitted_case(items=("pension",)), **unknown), "pension", granted())

    facts = issuance_of(case, guangxi()).facts

    assert (facts.retired_on, facts.birth_date) == (date(2026, 11, 23), date(2026, 11, 23))
    assert (facts.contribution_months, facts.deemed_months, facts.ethnicity, facts.last_employer) == (0, 0, "", "")
    assert issuance_of(with_answers(case, portrait="not base64!"), guangxi()).portrait is None


def test_the_pension_begins_with_the_month_after() -> None:
    assert [month_after(day) for day in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 31))] == ["2026-12", "2027-01", "2027-02"]


def test_an_answer_is_given_by_a_value_or_by_several() -> None:
    bank = a_submitted_case().private.answers["bank"]

    assert [Answer(value, values, bank.source, 1).given for value, values in (("x", ()), (None, ("x",)), (None, ()), ("", ()))] == [
        True, True, False, False,
    ]  # fmt: skip
