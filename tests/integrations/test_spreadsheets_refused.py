"""What is no list of staff, or lies about itself, is refused in words, whatever its bytes are."""

import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.employers.checking import check
from domain.employers.sheet import CheckedSheet
from domain.errors import InvalidForm
from domain.words import Language
from integrations.spreadsheets.reading import sheet_of
from tests.papers import JPEG, PDF
from tests.staff_sheets import TODAY, a_zip, as_csv, as_xlsx, edited, staff, wording, words

MOST = 2_000


def checked(content: bytes) -> CheckedSheet:
    return check(sheet_of(content, most_rows=MOST), words(), today=TODAY, most_rows=MOST)


def refused(content: bytes) -> str:
    with pytest.raises(InvalidForm) as slip:
        sheet_of(content, most_rows=MOST)
    assert all(wording().say(slip.value.text, language) for language in Language)
    return slip.value.issues[0].code


def told(content: bytes) -> bool:
    """A sheet, or a sentence."""
    try:
        return checked(content).rows is not None
    except InvalidForm as slip:
        return bool(wording().say(slip.text, Language.ZH_HANS))


def test_a_workbook_whose_sheets_are_all_hidden_says_so() -> None:
    content = edited(as_xlsx(staff(1)), "xl/workbook.xml", lambda xml: xml.replace(b'sheetId="1"', b'sheetId="1" state="hidden"'))

    assert refused(content) == "no-sheet"


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (PDF, "kind-not-accepted"),
        (JPEG, "kind-not-accepted"),
        (a_zip(readme=b"x"), "kind-not-accepted"),
        (b"\0" * 1_001, "kind-not-accepted"),
        (OLD_OFFICE, "old-format"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (as_xlsx(staff(1))[:-200], "damaged"),
        (as_xlsx(staff(1))[:900], "damaged"),
        (b"\xff\xff\x80\x81", "unknown-encoding"),
        (b"a," + b"x" * 200_000, "damaged"),
        (edited(as_xlsx(staff(1)), "", bytes, ZIP_BZIP2), "damaged"),
    ],
    ids=[
        "empty",
        "PDF",
        "photograph",
        "other archive",
        "nothings",
        "xls",
        "password",
        "cut",
        "cut early",
        "no letters",
        "long field",
        "bzip2",
    ],
)
def test_another_file_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    assert refused(content) == code


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        (SHEET, lambda xml: BOMB),
        (STRINGS, lambda xml: BOMB),
        ("xl/workbook.xml", lambda xml: BOMB),
        (SHEET, lambda xml: b"<a>" * 1_000),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="1"')),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="9999999"')),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="two"')),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="2A"')),
        (SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>99999</v>")),
        (SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>zero</v>")),
        ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")),
        ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"Target", b"target")),
        ("xl/workbook.xml", lambda xml: b"<sheets>" + b"<sheet id='1'/>" * 20_000 + b"</sheets>"),
    ],
)
def test_a_workbook_that_lies_about_itself_is_refused(part: str, edit: Callable[[bytes], bytes]) -> None:
    assert refused(edited(as_xlsx(staff(1)), part, edit)) == "damaged"


def test_what_unpacks_to_far_more_than_a_list_is_refused_before_it_is_unpacked() -> None:
    bomb = edited(as_xlsx(staff(1)), SHEET, lambda xml: b" " * 200_000_000)

    began = time.perf_counter()
    assert len(bomb) < 300_000
    assert refused(bomb) == "unpacks-too-large"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("content", [as_xlsx(staff(100_000)), as_csv(staff(100_000))], ids=["xlsx", "csv"])
def test_a_hundred_thousand_rows_are_refused_without_reading_them_all(content: bytes) -> None:
    began = time.perf_counter()

    assert refused(content) == "too-many-rows"
    assert time.perf_counter() - began < 2


@given(
    st.binary(max_size=400)
    | st.builds(lambda head, tail: head + tail, st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]), st.binary())
)
def test_any_bytes_give_a_sheet_or_a_refusal(content: bytes) -> None:
    assert told(content)


@given(st.text())
def test_any_text_gives_a_sheet_or_a_refusal(text: str) -> None:
    assert told(text.encode("utf-8", "surrogatepass"))


A_BOOK = as_xlsx(staff(2))


@given(st.lists(st.tuples(st.integers(0, len(A_BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_workbook_with_any_bytes_changed_gives_a_sheet_or_a_refusal(changes: list[tuple[int, int]]) -> None:
    content = bytearray(A_BOOK)
    for place, value in changes:
        content[place] = value

    assert told(bytes(content))


A_SHEET = ZipFile(BytesIO(A_BOOK)).read(SHEET)


@given(
    st.integers(0, len(A_SHEET)),
    st.sampled_from([b"<row>", b"</row>", b"<c>", b'<c r="ZZZ1">', b"<f/>", b"<v>1</v>", b'<mergeCell ref=":"/>']),
)
def test_a_sheet_with_anything_put_into_it_gives_a_sheet_or_a_refusal(place: int, put: bytes) -> None:
    assert told(edited(A_BOOK, SHEET, lambda xml: xml[:place] + put + xml[place:]))
