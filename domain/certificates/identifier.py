"""The identifier of an electronic licence (电子证照标识) after GB/T 36904-2018: type, issuer, serial, version, check character."""

import re
from dataclasses import dataclass

ROOT = "1.2.156.3005.2"
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_FORM = re.compile(rf"{re.escape(ROOT)}\.([0-9A-Z]{{21}})\.([0-9A-Z]{{18}})\.([0-9A-Z]{{1,40}})\.(\d{{3}})\.([0-9A-Z])")


@dataclass(frozen=True, slots=True)
class LicenceCodes:
    """`type_code`: the definer's 统一社会信用代码 and three more characters, from the official directory; `issuer`: the issuer's own."""

    type_code: str
    issuer: str


PLACEHOLDER_CODES = LicenceCodes(type_code="11000000PLACEHLD0D000", issuer="11000000PLACEHLD0D")
"""For development only: a code that belongs to nobody (area 000000). Production has the official ones in its settings."""


def check_character(characters: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capital letters."""
    product = 36
    for character in characters:
        product = (product + CHARACTERS.index(character)) % 36 or 36
        product = product * 2 % 37
    return CHARACTERS[(37 - product) % 36]


def licence_identifier(codes: LicenceCodes, *, serial: str, version: int) -> str:
    """The check character is over all parts but the root, without the dots."""
    parts = (codes.type_code, codes.issuer, serial, f"{version:03}")
    return ".".join((ROOT, *parts, check_character("".join(parts))))


def is_licence_identifier(identifier: str) -> bool:
    found = _FORM.fullmatch(identifier)
    return found is not None and check_character("".join(found.groups()[:-1])) == found[5]
