"""Check digits of the outside world: document numbers, bank cards, company codes, licence identifiers.

The application has its own; the stand-ins compute theirs again on purpose, so that a mistake in one shows against the other.
"""

import string

BASE_36 = string.digits + string.ascii_uppercase
COMPANY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def with_resident_check(body: str) -> str:
    """17 digits and their check digit after GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - total) % 11]


def with_luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def company_code(region: str, serial: int) -> str:
    return credit_code(f"91{region}", f"M{serial:07d}")


def office_code(region: str, serial: int) -> str:
    return credit_code(f"11{region}", f"M{serial:07d}")


def credit_code(registered: str, organisation: str) -> str:
    """A unified social credit code (GB 32100-2015): where and as what it is registered, who it is, and two check characters."""
    body = registered + _organisation(organisation)
    total = sum(COMPANY.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + COMPANY[-total % 31]


def _organisation(body: str) -> str:
    weighted = zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)
    total = sum(weight * BASE_36.index(character) for weight, character in weighted)
    return body + "0123456789X"[-total % 11]


def licence_check(body: str) -> str:
    """The last character of a licence identifier (GB/T 36904): ISO 7064 MOD 37,36 without root and dots."""
    product = 36
    for character in body:
        product = ((product + BASE_36.index(character)) % 36 or 36) * 2 % 37
    return BASE_36[(37 - product) % 36]
