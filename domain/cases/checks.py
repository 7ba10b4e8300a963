"""Whether one answer is good: by its kind, then by its format. Saving never asks this; submitting does."""

import re
from collections.abc import Callable
from datetime import date
from unicodedata import normalize

from domain.cases.parts import Answer
from domain.catalogue.questions import DIVISION
from domain.catalogue.types import AnswerKind, FieldRule
from domain.identifiers import DocumentKind, is_bank_card, is_credit_code, is_document_number, is_mobile, normalised
from domain.places.divisions import is_path
from domain.words import Text

LONGEST_VALUE = 2_000
MOST_VALUES = 50

MOST_MONTHS = 840
"""Seventy years: more than any working life."""

MANY = frozenset({AnswerKind.CHOICES, AnswerKind.FILE})
NUMBERS = frozenset({"document-number", "phone", "bank-account", "employer-code"})
"""Formats whose values are kept without spaces, hyphens and full-width digits."""


def as_kept(typed: str | None, rule: FieldRule) -> str | None:
    """In the one form in which it is compared and sent on; digits may have been typed full-width, or with spaces between them."""
    value = (typed or "").strip()
    if rule.format in NUMBERS:
        return normalised(value) or None
    if rule.kind is AnswerKind.TEXT:
        return value or None
    return "".join(normalize("NFKC", value).split()) or None


def slip(rule: FieldRule, answer: Answer | None, *, document_kind: DocumentKind, today: date) -> Text | None:
    """What is not right about the answer yet, if anything."""
    if answer is None or not answer.given:
        return Text("issue.required") if rule.required else None
    if rule.kind in MANY:
        return None if _all_offered(rule, answer) else Text("issue.bad-choice")
    return misfit(rule, answer.value or "", document_kind=document_kind, today=today)


def misfit(rule: FieldRule, value: str, *, document_kind: DocumentKind, today: date) -> Text | None:
    """Why the value is no answer to the question, if it is none."""
    if rule.format == "document-number":
        good = is_document_number(document_kind, normalised(value), today=today)
        return None if good else Text("issue.bad-document-number")
    return _by_kind(rule, value) or _by_format(rule, value)


def _all_offered(rule: FieldRule, answer: Answer) -> bool:
    offered = {option.value for option in rule.options}
    return rule.kind is AnswerKind.FILE or set(answer.values) <= offered


def _by_kind(rule: FieldRule, value: str) -> Text | None:
    match rule.kind:
        case AnswerKind.DATE if not is_date(value):
            return Text("issue.bad-date")
        case AnswerKind.MONTH if not is_month(value):
            return Text("issue.bad-month")
        case AnswerKind.NUMBER if not is_number(value):
            return Text("issue.bad-number")
        case AnswerKind.YES_NO if value not in {"YES", "NO"}:
            return Text("issue.bad-choice")
        case AnswerKind.CHOICE if rule.options and value not in {option.value for option in rule.options}:
            return Text("issue.bad-choice")
        case _:
            return None


def _by_format(rule: FieldRule, value: str) -> Text | None:
    if rule.format == "months":
        return None if is_months(value) else Text("issue.bad-months", {"most": MOST_MONTHS})
    if rule.format == DIVISION:
        return None if is_path(value) else Text("issue.division-incomplete")
    good = _FORMATS.get(rule.format or "")
    return None if good is None or good(value) else Text(f"issue.bad-{rule.format}")


def is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_month(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value))


def is_number(value: str) -> bool:
    """As people write one: no exponent, no infinity."""
    return bool(re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value))


def is_months(value: str) -> bool:
    """Whole, not negative, and not absurdly many."""
    return bool(re.fullmatch(r"[0-9]{1,4}", value)) and int(value) <= MOST_MONTHS


def is_money(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", value))


def is_email(value: str) -> bool:
    """One @ between things without spaces, and a dot in the domain: what is deliverable only a letter can tell."""
    return bool(re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+", value))


_FORMATS: dict[str, Callable[[str], bool]] = {
    "phone": lambda value: is_mobile(normalised(value)),
    "bank-account": lambda value: is_bank_card(normalised(value)),
    "employer-code": lambda value: is_credit_code(normalised(value)),
    "money": is_money,
    "email": is_email,
}
