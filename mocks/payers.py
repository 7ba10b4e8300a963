"""How the tax stand-in looks at a payer's document number: by its kind, as it is written, never by a length that all would share.

The application has such rules of its own; these are written again on purpose, so that a mistake in one shows against the other.
"""

import re

from mocks.numbers import with_resident_check

_SHAPES = {
    "RESIDENT_ID": r"[1-7]\d{16}[\dX]",
    "HK_MACAO_RESIDENCE": r"8[12]0000\d{11}[\dX]",
    "TAIWAN_RESIDENCE": r"830000\d{11}[\dX]",
    "HK_MACAO_PERMIT": r"[HM](\d{8}|\d{10})",
    "TAIWAN_PERMIT": r"\d{8}([\dA-Z]|\d{2}|\([A-Z]\))?",
    "FOREIGN_PERMANENT_RESIDENT": r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
    "PASSPORT": r"[A-Z\d]{5,17}",
}
_CHECKED = 18
"""Numbers of this length, whatever their kind, end in the resident check digit."""


def wrong_number(document_kind: str, document_number: str) -> str | None:
    """Why the payer cannot be registered under it, if so."""
    shape = _SHAPES.get(document_kind)
    if shape is None:
        return f"证件类型 {document_kind} 无法登记"
    if not re.fullmatch(shape, document_number, re.ASCII):
        return "证件号码与证件类型不符"
    checked = len(document_number) == _CHECKED
    return "证件号码校验位有误" if checked and with_resident_check(document_number[:-1]) != document_number else None
