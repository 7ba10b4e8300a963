"""The number of an identity document is judged by its kind: each has lengths and a check of its own, and only some are 18 long.

What is written on the document is kept as it is, brackets and last letters too: nothing is cut or filled up to another length.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    RESIDENT_ID = "RESIDENT_ID"
    HK_MACAO_RESIDENCE = "HK_MACAO_RESIDENCE"
    TAIWAN_RESIDENCE = "TAIWAN_RESIDENCE"
    HK_MACAO_PERMIT = "HK_MACAO_PERMIT"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    FOREIGN_PERMANENT_RESIDENT = "FOREIGN_PERMANENT_RESIDENT"
    PASSPORT = "PASSPORT"


_ZONES = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71,))
PROVINCES = frozenset(str(code) for zone in _ZONES for code in zone)
"""GB/T 2260. Counties come and go, and the number keeps the code of its day; no province's code was ever given up."""

CENTENARIANS = frozenset({"996", "997", "998", "999"})
"""GB 11643-1999: these orders of the 15-digit number are of people born before 1900."""

Rule = Callable[[str, date], bool]


def resident_check_digit(first_seventeen: str) -> str:
    """The 18th character after GB 11643-1999 (ISO 7064 MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, first_seventeen, strict=True))
    return "10X98765432"[total % 11]


def is_document_number(kind: DocumentKind, number: str, *, today: date) -> bool:
    """Whether a normalised number is well formed for its kind of document: its check digit, and its holder born by `today`."""
    return _RULES[kind](number, today)


def upgraded(old: str) -> str | None:
    """The 18 characters of a 15-digit number, which only old files hold: it is no identity document since 2013-01-01. None: it is none."""
    if not re.fullmatch(r"[0-9]{15}", old):
        return None
    first_seventeen = f"{old[:6]}{'18' if old[12:] in CENTENARIANS else '19'}{old[6:]}"
    number = first_seventeen + resident_check_digit(first_seventeen)
    return number if _resident(number, date.max) else None


def _eighteen(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", number)) and resident_check_digit(number[:17]) == number[17]


def _born_by(number: str, today: date) -> bool:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])) <= today
    except ValueError:
        return False


def _resident(number: str, today: date) -> bool:
    return _eighteen(number) and number[:2] in PROVINCES and _born_by(number, today)


def _residence(*prefixes: str) -> Rule:
    return lambda number, today: _eighteen(number) and number[:6] in prefixes and _born_by(number, today)


def _pattern(pattern: str) -> Rule:
    compiled = re.compile(pattern, re.ASCII)
    return lambda number, today: bool(compiled.fullmatch(number))


def _foreign_permanent(number: str, today: date) -> bool:
    """The card of before 2023-12-01 has 15 characters, the new one 18 with the resident check digit."""
    return bool(re.fullmatch(r"[A-Z]{3}[0-9]{12}", number)) or (number.startswith("9") and _eighteen(number))


_RULES: dict[DocumentKind, Rule] = {
    DocumentKind.RESIDENT_ID: _resident,
    DocumentKind.HK_MACAO_RESIDENCE: _residence("810000", "820000"),
    DocumentKind.TAIWAN_RESIDENCE: _residence("830000"),
    DocumentKind.HK_MACAO_PERMIT: _pattern(r"[HM]\d{8}(\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: _pattern(r"\d{8}[0-9A-Z]?|\d{10}|\d{8}\([A-Z]\)"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENT: _foreign_permanent,
    DocumentKind.PASSPORT: _pattern(r"[A-Z0-9]{5,17}"),  # whose country nobody tells us; the forms of Chinese ones are among these
}
