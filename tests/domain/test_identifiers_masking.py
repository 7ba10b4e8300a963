"""What is shown while nobody has asked for the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import mask_address, mask_bank_card, mask_document_number, mask_email, mask_mobile, mask_name


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("450102196606150016", "4501**********0016"),
        ("USA110066060101", "USA*********101"),
        ("H1234567801", "H1*******01"),
        ("12345678A", "12*****8A"),
        ("12345678", "12****78"),
        ("AB123", "A***3"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_a_document_number_shows_its_ends_whatever_its_length(number: str, shown: str) -> None:
    assert mask_document_number(number) == shown


@given(st.text("0123456789", min_size=1, max_size=30))
def test_at_least_half_of_a_number_is_hidden(number: str) -> None:
    assert len(mask_document_number(number)) == len(number)
    assert mask_document_number(number).count("*") * 2 >= len(number)


@pytest.mark.parametrize(("name", "shown"), [("张丰", "张*"), ("张守田", "张**"), ("欧阳清风", "欧***"), ("张", "张*")])
def test_of_a_name_the_first_character_stays(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(("number", "shown"), [("13812345678", "138****5678"), ("61234567", "61****67"), ("1", "*")])
def test_of_a_telephone_number_the_middle_is_hidden(number: str, shown: str) -> None:
    assert mask_mobile(number) == shown


@pytest.mark.parametrize(("card", "shown"), [("6222020000000000016", "6222 **** 0016"), ("12345678", "12 **** 78"), ("123", " **** ")])
def test_of_a_card_the_ends_stay(card: str, shown: str) -> None:
    assert mask_bank_card(card) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("zhang@example.com", "z****@example.com"), ("a@example.com", "a*@example.com"), ("nowhere", "n******")],
)
def test_of_an_email_address_the_first_letter_stays(address: str, shown: str) -> None:
    assert mask_email(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("内蒙古自治区包头市固阳县山前镇杏花村12号", "内蒙古自治区包头市固阳县山前镇****"),
        ("内蒙古自治区鄂尔多斯市伊金霍洛旗沙柳路5号", "内蒙古自治区鄂尔多斯市伊金霍洛旗****"),
        ("广西壮族自治区南宁市江畔区渡口路1号", "广西壮族自治区南宁市江畔区****"),
        ("广西壮族自治区南宁市青秀区津头街道民族大道1号小区", "广西壮族自治区南宁市青秀区津头街道****"),
        ("北京市朝阳区建外街道1号镇海楼", "北京市朝阳区建外街道****"),
        ("云南省大理白族自治州漾濞彝族自治县苍山西镇1号", "云南省大理白族自治州漾濞彝族自治县苍山西镇****"),
        ("固阳县山前镇", "固阳县山前镇"),
        ("渡口路1号", "****"),
        ("12345", "****"),
        ("", ""),
    ],
)
def test_an_address_is_shown_down_to_the_town(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@given(st.text(max_size=60))
def test_no_number_of_a_house_is_ever_shown(address: str) -> None:
    assert not any(character.isdecimal() for character in mask_address(address)) or mask_address(address) == address
