"""The identifier of a licence: whatever is miscopied is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.certificates.identifier import CHARACTERS, PLACEHOLDER_CODES, check_character, is_licence_identifier, licence_identifier

GOOD = licence_identifier(PLACEHOLDER_CODES, serial="TXGX202600012345", version=1)
PARTS = st.text(CHARACTERS, min_size=1, max_size=80)


@pytest.mark.row("B10")
@pytest.mark.parametrize(("characters", "check"), [("A12425GABC1234002", "M"), ("", "1")])
def test_the_check_character_is_that_of_iso_7064_mod_37_36(characters: str, check: str) -> None:
    assert check_character(characters) == check


@given(PARTS)
def test_a_number_with_its_check_character_leaves_one_as_the_standard_asks(characters: str) -> None:
    whole = characters + check_character(characters)
    product = 36
    for character in whole[:-1]:
        product = (((product + CHARACTERS.index(character)) % 36 or 36) * 2) % 37

    assert (product + CHARACTERS.index(whole[-1])) % 36 == 1


def test_an_identifier_has_root_type_issuer_serial_version_and_check() -> None:
    assert GOOD.rpartition(".")[0] == "1.2.156.3005.2.11000000PLACEHLD0D000.11000000PLACEHLD0D.TXGX202600012345.001"
    assert is_licence_identifier(GOOD)


@pytest.mark.row("B10")
@pytest.mark.parametrize("place", [place for place in range(len("1.2.156.3005.2."), len(GOOD)) if GOOD[place] != "."])
def test_one_wrong_character_anywhere_is_noticed(place: int) -> None:
    others = [character for character in CHARACTERS if character != GOOD[place]]

    assert not [other for other in others if is_licence_identifier(GOOD[:place] + other + GOOD[place + 1 :])]


@pytest.mark.parametrize("place", range(70, len(GOOD) - 7))
def test_two_neighbours_changed_about_are_noticed(place: int) -> None:
    swapped = GOOD[:place] + GOOD[place + 1] + GOOD[place] + GOOD[place + 2 :]

    assert swapped == GOOD or not is_licence_identifier(swapped)


@pytest.mark.parametrize("rubbish", ["", "1.2.156.3005.2", GOOD.lower(), GOOD + "\n", GOOD.replace(".001.", ".1.")])
def test_what_is_no_identifier_is_none(rubbish: str) -> None:
    assert not is_licence_identifier(rubbish)
