"""Codes that a person reads aloud and another types: Crockford's base 32, which has no I, L, O or U, in groups of four."""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 12
"""60 bits."""

_MISREAD = str.maketrans("OIL", "011")


def code_from(secret: bytes) -> str:
    """The first 60 bits of at least eight bytes."""
    bits = int.from_bytes(secret[:8], "big") >> 4
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LETTERS)))


def grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LETTERS, 4))


def read_code(typed: str) -> str | None:
    """What was meant: small and full-width letters, spaces, strokes, O for 0, I or L for 1 are understood. None: it is no code."""
    plain = re.sub(r"[\s\-‐-―－_.·]", "", unicodedata.normalize("NFKC", typed[:100])).upper().translate(_MISREAD)
    return plain if re.fullmatch(f"[{ALPHABET}]{{{LETTERS}}}", plain) else None
