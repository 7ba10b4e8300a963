"""Bank cards, mobile numbers, and the unified social credit codes of organisations (统一社会信用代码)."""

import re

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, S, V, Z, which look like digits."""
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714-1997."""


def is_bank_card(number: str) -> bool:
    """16 to 19 digits with a right Luhn digit."""
    if not re.fullmatch(r"[0-9]{16,19}", number):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_mobile(number: str) -> bool:
    return bool(re.fullmatch(r"1[3-9][0-9]{9}", number))


def is_credit_code(code: str) -> bool:
    """Both of its check characters: the organisation's own in place 17, and that of the whole in place 18."""
    shape = re.fullmatch(rf"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{10}}", code)
    return bool(shape) and _organisation_check(code[8:16]) == code[16] and _credit_check(code[:17]) == code[17]


def _organisation_check(body: str) -> str:
    """Letters count as in base 36."""
    total = sum(weight * int(character, 36) for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % 11]


def _credit_check(body: str) -> str:
    total = sum(CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return CREDIT_ALPHABET[-total % 31]
