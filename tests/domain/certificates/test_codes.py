"""Codes: sixty bits that can be read aloud and typed with a stiff finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.certificates.codes import ALPHABET, LETTERS, code_from, grouped, read_code


@given(st.binary(min_size=8, max_size=32))
def test_what_is_shown_is_understood_when_it_is_typed(secret: bytes) -> None:
    code = code_from(secret)

    assert (len(code), read_code(grouped(code))) == (LETTERS, code)


def test_every_one_of_sixty_bits_is_in_the_code() -> None:
    codes = {code_from((1 << bit).to_bytes(8, "big")) for bit in range(4, 64)}

    assert len(codes) == 60


@pytest.mark.parametrize(
    "typed",
    [
        "01AB-CDEF-GHJK",
        "01ab cdef ghjk",
        "O1ABCDEFGHJK",
        "oLab–cdef–ghjk",
        " 0IAB CDEF GHJK\n",
        "０１ＡＢ－ＣＤＥＦ－ＧＨＪＫ",
        "01ab·cdef·ghjk",
    ],
)
def test_typing_is_forgiven(typed: str) -> None:
    assert read_code(typed) == "01ABCDEFGHJK"


@pytest.mark.parametrize(
    "typed",
    ["", "01AB-CDEF", "01AB-CDEF-GHJK-M", "01AB-CDEF-GHJU", "查验码", "🐼" * 12, "0" * 10_000, "01ABCDEFGH\x00K"],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_no_letter_looks_like_another() -> None:
    assert (len(ALPHABET), {*"ILOU"} & {*ALPHABET}) == (32, set())
