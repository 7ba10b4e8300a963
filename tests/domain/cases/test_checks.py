"""Whether one answer is good: by its kind, then by its format."""

import pytest

from domain.cases.checks import slip
from domain.cases.form import shown_value
from domain.cases.parts import Answer, FieldSource
from domain.catalogue.types import AnswerKind, FieldRule, Option, SourceKind
from domain.clock import day_in_china
from domain.identifiers import DocumentKind
from domain.words import Words
from tests.cases import ACCOUNT, MONDAY, ZHANG

EMPLOYER = "91350100M000100Y43"
TODAY = day_in_china(MONDAY)
LABEL = Words("问", "問", "Question")
CHOICES = (Option("A", LABEL), Option("B", LABEL))
PERSON = FieldSource(SourceKind.PERSON, "", MONDAY)


def a_rule(kind: AnswerKind = AnswerKind.TEXT, *, format: str | None = None, required: bool = True, options=()) -> FieldRule:
    return FieldRule("key", LABEL, kind, required, format=format, options=options)


def code(rule: FieldRule, value: str | None = None, *values: str, document: DocumentKind = DocumentKind.RESIDENT_ID) -> str | None:
    found = slip(rule, Answer(value, values, PERSON, 1), document_kind=document, today=TODAY)
    return found.key if found else None


@pytest.mark.parametrize("nothing", [None, Answer(None, (), PERSON, 1), Answer("", (), PERSON, 1)])
def test_only_what_is_required_may_not_be_left_out(nothing: Answer | None) -> None:
    required, optional = (
        slip(a_rule(required=needed), nothing, document_kind=DocumentKind.PASSPORT, today=TODAY) for needed in (True, False)
    )

    assert (required.key, optional) == ("issue.required", None)


GOOD = {
    AnswerKind.TEXT: ("张守田", "。" * 2000),
    AnswerKind.DATE: ("2026-11-23", "1966-02-28"),
    AnswerKind.MONTH: ("2026-11", "1992-01"),
    AnswerKind.NUMBER: ("0", "412", "-3", "12.5", "0.000001"),
    AnswerKind.YES_NO: ("YES", "NO"),
    AnswerKind.CHOICE: ("A", "B"),
}
BAD = {
    AnswerKind.DATE: ("2026-02-29", "2026-1-1", "20261123", "2026-11-23T00:00", "2026-W48-1", "昨天"),
    AnswerKind.MONTH: ("2026-13", "2026-00", "2026-1", "202611", "２０２６-11", "2026-11-01"),
    AnswerKind.NUMBER: ("1e3", "NaN", "Infinity", "1_000", "٤١٢", "四百", "1,5", "1.", "1" * 16),
    AnswerKind.YES_NO: ("yes", "是"),
    AnswerKind.CHOICE: ("C", "a"),
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in GOOD.items() for value in values])
def test_what_is_of_its_kind_is_good(kind: AnswerKind, value: str) -> None:
    assert code(a_rule(kind, options=CHOICES), value) is None


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in BAD.items() for value in values])
def test_what_is_not_of_its_kind_is_not(kind: AnswerKind, value: str) -> None:
    name = {AnswerKind.YES_NO: "choice"}.get(kind, kind.value.lower())

    assert code(a_rule(kind, options=CHOICES), value) == f"issue.bad-{name}"


def test_of_several_choices_each_must_be_offered() -> None:
    rule = a_rule(AnswerKind.CHOICES, options=CHOICES)

    assert (code(rule, None, "A", "B"), code(rule, None, "A", "C")) == (None, "issue.bad-choice")


def test_a_choice_from_a_long_list_and_a_picture_are_taken_as_they_are() -> None:
    assert (code(a_rule(AnswerKind.CHOICE), "450102"), code(a_rule(AnswerKind.FILE), None, "file-1")) == (None, None)


@pytest.mark.parametrize(
    ("format", "good", "bad"),
    [
        ("phone", ("13900000001", "139 0000 0001", "１３９00000001"), ("12345678901", "1390000000", "+8613900000001", "139٠٠٠٠٠٠٠١")),
        ("bank-account", (ACCOUNT, " ".join(ACCOUNT)), (ACCOUNT[:-1] + "0", "6222", "六二二二")),
        ("money", ("0", "1234.50", "1.5"), ("1.505", "-1", "1,000", "一百", ".5")),
        ("email", ("a@b.cn", "zhang.san+1@mail.example.com"), ("a@b", "a b@c.cn", "@b.cn", "a@@b.cn", "a@b.")),
        ("document-number", (ZHANG.document_number,), (ZHANG.document_number[:-1] + "2", "E12345678")),
        (
            "employer-code",
            (EMPLOYER, f" {EMPLOYER.lower()[:9]} {EMPLOYER[9:]}"),
            (EMPLOYER[:-1] + "0", EMPLOYER[:-1], "91350100M000100Y44", "无"),
        ),
        ("division", ("45/4501/450102", "15/1502/150222/150222102/150222102023", "81"), ()),
    ],
)
def test_a_format_has_its_rule(format: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    rule = a_rule(format=format)

    assert [code(rule, value) for value in good] == [None] * len(good)
    assert [code(rule, value) for value in bad] == [f"issue.bad-{format}"] * len(bad)


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (DocumentKind.TAIWAN_PERMIT, "12345678A"),
        (DocumentKind.PASSPORT, "E12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "H12345678"),
    ],
)
def test_a_document_number_is_judged_by_its_kind_of_document_whatever_its_length(document: DocumentKind, number: str) -> None:
    rule = a_rule(format="document-number")

    assert (code(rule, number, document=document), code(rule, number)) == (None, "issue.bad-document-number")


@pytest.mark.parametrize("value", ["45/4501/450203", "广西壮族自治区南宁市", "450103", "45/450103", "x/x/x", "45/4501/450103/"])
def test_a_place_is_chosen_level_by_level(value: str) -> None:
    assert code(a_rule(format="division"), value) == "issue.division-incomplete"


def test_long_numbers_are_shown_masked_by_what_they_are() -> None:
    shown = [shown_value(a_rule(format=format), value) for format, value in (
        ("document-number", ZHANG.document_number), ("bank-account", ACCOUNT), ("phone", "13900000001"), (None, "甲"),
    )]  # fmt: skip

    assert shown == ["4501**********0011", f"6222 **** {ACCOUNT[-4:]}", "13900000001", "甲"]
