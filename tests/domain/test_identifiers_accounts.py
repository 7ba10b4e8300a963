"""Bank cards, mobile numbers, organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import is_bank_card, is_credit_code, is_mobile
from mocks.numbers import credit_code, with_luhn

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CARDS = st.text("0123456789", min_size=15, max_size=18).map(with_luhn)
CODES = st.builds(
    lambda kind, place, serial: credit_code(f"{kind}{place:06d}", serial),
    st.sampled_from(["11", "91", "92", "93", "Y1"]),
    st.integers(110000, 659999),
    st.text(ALPHABET, min_size=8, max_size=8),
)


@given(CARDS)
def test_a_card_has_sixteen_to_nineteen_digits_and_a_right_last_one(card: str) -> None:
    assert is_bank_card(card)


@given(CARDS, st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_is_always_noticed(card: str, place: int, off_by: int) -> None:
    place %= len(card)
    wrong = card[:place] + str((int(card[place]) + off_by) % 10) + card[place + 1 :]

    assert not is_bank_card(wrong)


@pytest.mark.parametrize("card", [with_luhn("6" * 14), with_luhn("6" * 19), "", "6222 0200 0000 0000", "六" * 16])
def test_what_is_too_short_too_long_or_no_digits_is_no_card(card: str) -> None:
    assert not is_bank_card(card)


@pytest.mark.parametrize(("number", "good"), [
    ("13000000000", True), ("19999999999", True),
    ("12345678901", False), ("1390000000", False), ("139000000000", False), ("+8613900000001", False), ("07711234567", False),
])  # fmt: skip
def test_a_mobile_number_begins_with_thirteen_to_nineteen(number: str, good: bool) -> None:
    assert is_mobile(number) is good


def test_the_code_of_the_standards_own_example_is_good() -> None:
    """GB 32100-2015, annex: 91350100M000100Y43."""
    assert is_credit_code("91350100M000100Y43")


@given(CODES)
def test_a_code_has_two_right_check_characters(code: str) -> None:
    assert is_credit_code(code)


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_code_is_always_noticed(code: str, place: int, typed: str) -> None:
    wrong = code[:place] + typed + code[place + 1 :]

    assert is_credit_code(wrong) is (wrong == code)


def test_each_of_the_two_check_characters_counts() -> None:
    """The last is right for what stands before it, and the organisation's own is not."""
    body = "91350100M000100Y5"
    with_any_last = [body + last for last in ALPHABET]

    assert [code for code in with_any_last if is_credit_code(code)] == []


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100Y430", "91350100m000100y43", "9135010OM000100Y43", "91350100I000100Y43"]
)
def test_another_length_or_letter_is_no_code(code: str) -> None:
    assert not is_credit_code(code)
