"""Each kind of document by its own rule, however long its number is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import DocumentKind, is_document_number, normalised, resident_check_digit, upgraded
from mocks.numbers import with_resident_check

TODAY = date(2026, 11, 23)
TOMORROW = "20261124"

DIGITS = st.integers(0, 9).map(str)
BIRTH_DATES = st.dates(date(1900, 1, 1), TODAY)
AREAS = st.sampled_from(["110101", "150222", "450103", "460100", "500101", "659013", "710000"])


def is_one(kind: DocumentKind, number: str) -> bool:
    return is_document_number(kind, number, today=TODAY)


def eighteen(area: str, birth: str, order: str = "001") -> str:
    return with_resident_check(f"{area}{birth}{order}")


RESIDENT_IDS = st.builds(
    lambda area, born, order: eighteen(area, f"{born:%Y%m%d}", f"{order:03d}"), AREAS, BIRTH_DATES, st.integers(0, 999)
)

GOOD = {
    DocumentKind.RESIDENT_ID: (
        eighteen("450102", "19660615"),
        eighteen("110101", "20000229"),
        eighteen("150222", "19660502", "004"),
        eighteen("710000", "19660101"),
        eighteen("450102", "20261123"),
    ),
    DocumentKind.HK_MACAO_RESIDENCE: (eighteen("810000", "19660615"), eighteen("820000", "19660615")),
    DocumentKind.TAIWAN_RESIDENCE: (eighteen("830000", "19660615"),),
    DocumentKind.HK_MACAO_PERMIT: ("H12345678", "M12345678", "H1234567801"),
    DocumentKind.TAIWAN_PERMIT: ("12345678", "12345678A", "123456789", "1234567890", "12345678(B)"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENT: ("USA110066060101", with_resident_check("91184019660615001")),
    DocumentKind.PASSPORT: (
        "E12345678",
        "EA1234567",
        "G12345678",
        "D1234567",
        "SE1234567",
        "PE1234567",
        "AB123",
        "C01X00T47",
        "A" * 16 + "7",
    ),
}

BAD = {
    DocumentKind.RESIDENT_ID: (
        "",
        eighteen("450102", "19660615")[:-1],
        eighteen("450102", "19660615") + "0",
        eighteen("450102", "19660231"),  # no such day
        eighteen("450102", "19000229"),  # 1900 had none
        eighteen("450102", "19661301"),
        eighteen("450102", "00000101"),
        eighteen("450102", TOMORROW),
        eighteen("990102", "19660615"),  # no such province
        eighteen("000000", "19660615"),
        eighteen("810000", "19660615"),  # a residence permit
        eighteen("830000", "19660615"),
        "450102660615001",  # 15 digits: good for nothing since 2013
        "45010219660615001x",
        "٤" + eighteen("450102", "19660615")[1:],
    ),
    DocumentKind.HK_MACAO_RESIDENCE: (
        eighteen("810001", "19660615"),
        eighteen("830000", "19660615"),
        eighteen("450102", "19660615"),
        eighteen("810000", TOMORROW),
        eighteen("820000", "19660631"),
        "H12345678",
    ),
    DocumentKind.TAIWAN_RESIDENCE: (
        eighteen("810000", "19660615"),
        eighteen("830001", "19660615"),
        eighteen("830000", TOMORROW),
        "12345678",
    ),
    DocumentKind.HK_MACAO_PERMIT: ("H1234567", "H123456789", "A12345678", "12345678", "H12345678012", "h12345678", "H1234567A"),
    DocumentKind.TAIWAN_PERMIT: (
        "1234567",
        "12345678AB",
        "12345678901",
        "A12345678",
        "12345678()",
        "12345678(12)",
        "12345678(A",
        "12345678a",
    ),
    DocumentKind.FOREIGN_PERMANENT_RESIDENT: (
        "US1110066060101",
        "USA11006606010",
        "USA1100660601012",
        with_resident_check("81184019660615001"),
        with_resident_check("91184019660615001")[:-1] + "Y",
    ),
    DocumentKind.PASSPORT: ("A123", "A" * 18, "E1234-678", "", "护照12345"),
}


def test_every_kind_is_in_both_tables() -> None:
    assert GOOD.keys() == BAD.keys() == set(DocumentKind)


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind, numbers in GOOD.items() for number in numbers])
def test_a_number_of_its_kind_is_good(kind: DocumentKind, number: str) -> None:
    assert is_one(kind, number)


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind, numbers in BAD.items() for number in numbers])
def test_a_number_that_is_not_of_its_kind_is_not(kind: DocumentKind, number: str) -> None:
    assert not is_one(kind, number)


def test_nobody_is_born_after_the_day_on_which_it_is_asked() -> None:
    number = eighteen("450102", TOMORROW)

    assert [is_document_number(DocumentKind.RESIDENT_ID, number, today=day) for day in (TODAY, date(2026, 11, 24))] == [False, True]


@given(RESIDENT_IDS)
def test_our_check_digit_is_the_one_that_others_compute(number: str) -> None:
    assert number[:17] + resident_check_digit(number[:17]) == number
    assert is_one(DocumentKind.RESIDENT_ID, number)


@given(RESIDENT_IDS, st.integers(0, 17), DIGITS)
def test_one_wrong_character_is_always_noticed(number: str, place: int, typed: str) -> None:
    wrong = number[:place] + typed + number[place + 1 :]

    assert is_one(DocumentKind.RESIDENT_ID, wrong) is (wrong == number)


@given(RESIDENT_IDS, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert is_one(DocumentKind.RESIDENT_ID, swapped) is (swapped == number)


@given(st.text(max_size=25), st.sampled_from(DocumentKind))
def test_whatever_is_asked_is_answered(number: str, kind: DocumentKind) -> None:
    assert is_one(kind, number) in {True, False}


# ---------------------------------------------------------------- the number of old files


def test_a_number_of_fifteen_digits_is_brought_to_eighteen() -> None:
    assert upgraded("450102660615001") == eighteen("450102", "19660615")


def test_the_last_orders_of_fifteen_digits_were_kept_for_the_oldest() -> None:
    assert upgraded("110101991231997") == eighteen("110101", "18991231", "997")


@pytest.mark.parametrize("number", ["45010266061500", "4501026606150011", "45010266061500X", "450102660231001", "990102660615001", ""])
def test_what_never_was_a_number_is_not_upgraded(number: str) -> None:
    assert upgraded(number) is None


@given(RESIDENT_IDS.filter(lambda number: number[6:8] == "19" and number[14:17] < "996"))
def test_upgrading_gives_back_what_the_old_number_was_cut_from(number: str) -> None:
    assert upgraded(number[:6] + number[8:17]) == number


# ---------------------------------------------------------------- one form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("４５０１０２１９６６０６１５００１ｘ", "45010219660615001X"),
        (" 450102 19660615 001x ", "45010219660615001X"),
        ("4501-0219–6606—1500 1x", "45010219660615001X"),
        ("\u200b12345678a\ufeff", "12345678A"),
        ("12345678（Ａ）", "12345678(A)"),
        ("h 1234 5678", "H12345678"),
        ("１２３４５６７８　９", "123456789"),
    ],
)
def test_however_it_is_typed_it_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normalised(typed) == kept


@given(st.text("0159xXaAhH０５９ｘＡ（）() 　-－–\u200b", max_size=30))
def test_what_is_normal_stays_as_it_is(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)
