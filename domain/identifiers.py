"""Identity documents, bank cards, telephones: their check rules, one normal form, and masking. None is assumed to be 18 digits."""

import re
import unicodedata
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


def normalised(raw: str) -> str:
    """Full-width digits become plain, spaces and hyphens go, letters are upper case."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", raw)).upper()


def resident_check_digit(first_seventeen: str) -> str:
    """The 18th character after GB 11643-1999 (ISO 7064 MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, first_seventeen, strict=True))
    return "10X98765432"[total % 11]


def _eighteen(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", number)) and resident_check_digit(number[:17]) == number[17]


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _resident(number: str) -> bool:
    return _eighteen(number) and _born(number) is not None and number[:2] not in {"81", "82", "83"}


def _residence(*prefixes: str) -> Callable[[str], bool]:
    return lambda number: _eighteen(number) and number[:6] in prefixes and _born(number) is not None


def _pattern(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda number: bool(compiled.fullmatch(number))


def _foreign_permanent(number: str) -> bool:
    """The card of before 2023-12-01 has 15 characters, the new one 18 with the resident check digit."""
    return bool(re.fullmatch(r"[A-Z]{3}\d{12}", number)) or (number.startswith("9") and _eighteen(number))


_RULES: dict[DocumentKind, Callable[[str], bool]] = {
    DocumentKind.RESIDENT_ID: _resident,
    DocumentKind.HK_MACAO_RESIDENCE: _residence("810000", "820000"),
    DocumentKind.TAIWAN_RESIDENCE: _residence("830000"),
    DocumentKind.HK_MACAO_PERMIT: _pattern(r"[HM]\d{8}(\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: _pattern(r"\d{8}[0-9A-Z]?|\d{10}|\d{8}\([A-Z]\)"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENT: _foreign_permanent,
    DocumentKind.PASSPORT: _pattern(r"[A-Z0-9]{5,17}"),
}


def is_document_number(kind: DocumentKind, number: str) -> bool:
    """Whether a normalised number is well formed for its kind of document, check digit included."""
    return _RULES[kind](number)


def is_bank_card(number: str) -> bool:
    """16 to 19 digits with a right Luhn digit."""
    if not re.fullmatch(r"[0-9]{16,19}", number):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_mobile(number: str) -> bool:
    return bool(re.fullmatch(r"1[3-9][0-9]{9}", number))


def mask_name(name: str) -> str:
    """张丰 → 张*, 欧阳清风 → 欧***: the first character stays."""
    return name[:1] + "*" * max(1, len(name) - 1)


def mask_document_number(number: str) -> str:
    """About the first and last quarter stay, whatever the length; never by fixed places."""
    keep = max(1, len(number) // 4)
    return number[:keep] + "*" * (len(number) - 2 * keep) + number[-keep:]


def mask_bank_card(number: str) -> str:
    return f"{number[:4]} **** {number[-4:]}"


def mask_mobile(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"
