"""What is shown of a number, a name or an address to whoever has not asked for the whole.

A share of it, never fixed places, so that a short one does not stand there open.
"""

import re

_PROVINCE = r"(?:[^\d省市区县旗]{2,8}(?:省|自治区|特别行政区))?"
_CITY = r"(?:[^\d省市区县旗]{1,10}(?:市|自治州|地区|盟))?"
_COUNTY = r"(?:[^\d路街巷号]{1,10}?(?:自治县|自治旗|县|区|旗|市))?"
_TOWN = r"(?:[^\d路街巷号村镇乡]{1,8}(?:街道|镇|乡|苏木))?"
_DOWN_TO_TOWN = re.compile(_PROVINCE + _CITY + _COUNTY + _TOWN)


def mask_name(name: str) -> str:
    """张丰 → 张*, 欧阳清风 → 欧***: the first character stays."""
    return name[:1] + "*" * max(1, len(name) - 1)


def mask_document_number(number: str) -> str:
    """About the first and last quarter stay, whatever the length."""
    return _ends(number, first=len(number) // 4, last=len(number) // 4)


def mask_bank_card(number: str) -> str:
    """Of a card number, of 16 to 19 digits, the first and last four."""
    shown = min(4, len(number) // 4)
    return f"{number[:shown]} **** {number[len(number) - shown :]}"


def mask_mobile(number: str) -> str:
    """Of eleven digits the first three and the last four."""
    return _ends(number, first=len(number) * 3 // 11, last=len(number) * 4 // 11)


def mask_email(address: str) -> str:
    """The first letter, and where it is delivered."""
    name, at, domain = address.rpartition("@")
    return mask_name(name) + at + domain if at else mask_name(address)


def mask_address(address: str) -> str:
    """Down to the town (乡镇、街道); where none is told apart, to whatever is above it. Four stars, however much follows."""
    found = _DOWN_TO_TOWN.match(address)
    shown = found[0] if found else ""
    return address if shown == address else f"{shown}****"


def _ends(text: str, *, first: int, last: int) -> str:
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]
