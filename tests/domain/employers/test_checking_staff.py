"""A sheet of staff is checked row by row: every faulty one is named with what to do, and no other is lost."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.employers.checking import MOST_MERGED
from domain.employers.sheet import Cell, CellKind, CheckedSheet, Merged, PostCategory, Sheet, SheetRow, StaffRow, column_letters
from domain.errors import InvalidForm
from domain.identifiers import DocumentKind
from domain.words import Language, Text
from tests.sheets import MOST, a_row, a_sheet, checked, faults
from tests.staff_sheets import HEADINGS, a_number, somebody, wording


def test_a_row_says_who_somebody_is_and_what_the_employer_knows() -> None:
    assert checked(a_sheet(somebody(7))).rows == (
        StaffRow(
            row=2,
            name="测试辛一",
            document_kind=DocumentKind.RESIDENT_ID,
            document_number=a_number(7),
            mobile="13900000007",
            post_category=PostCategory.ORDINARY,
            retirement_date=date(2027, 3, 31),
        ),
    )


def test_name_and_number_are_enough() -> None:
    sheet = a_sheet(("测试甲", a_number(1)), headings=("姓名", "身份证号"))

    assert checked(sheet) == CheckedSheet((StaffRow(2, "测试甲", DocumentKind.RESIDENT_ID, a_number(1)),), ())


@pytest.mark.parametrize(
    "headings",
    [("姓名", "证件号码"), ("員工姓名", "身份證號"), ("Name", "ID number"), (" 姓 名 *", "身份证号码（必填）"), ("ＮＡＭＥ：", "id")],
)
def test_headings_are_known_in_every_language_and_however_people_write_them(headings: tuple[str, ...]) -> None:
    assert len(checked(a_sheet(("测试甲", a_number(1)), headings=headings)).rows) == 1


def test_headings_may_stand_below_a_title_and_columns_in_any_order() -> None:
    rows = (a_row(1, "某单位2026年拟退休职工名单"), a_row(4, "序号", "证件号码", "备注", "姓名"), a_row(6, "1", a_number(1), "", "测试甲"))

    assert checked(Sheet(rows, (Merged(1, 1, 0, 5),))).rows == (StaffRow(6, "测试甲", DocumentKind.RESIDENT_ID, a_number(1)),)


def test_rows_that_say_nothing_of_anybody_are_passed_over() -> None:
    rows = (a_row(1, "姓名", "证件号码", "备注"), a_row(3, "", "", "以下空白"), a_row(9, "测试甲", a_number(1)))

    assert [row.row for row in checked(Sheet(rows)).rows] == [9]


def test_one_faulty_row_stops_no_other() -> None:
    sheet = a_sheet(somebody(1), somebody(2, 证件号码="450103196601010009"), somebody(3))

    assert [row.row for row in checked(sheet).rows] == [2, 4]
    assert faults(sheet) == [(3, "C", "bad-document-number")]


def test_every_slip_of_a_row_is_named_with_its_cell() -> None:
    sheet = a_sheet(("甲2", "驾驶证", "E1234", "12345", "厂长", "春天"))

    assert faults(sheet) == [
        (2, "A", "bad-name"),
        (2, "B", "bad-kind"),
        (2, "C", "bad-document-number"),
        (2, "D", "bad-mobile"),
        (2, "E", "bad-post"),
        (2, "F", "bad-date"),
    ]
    assert checked(sheet).faults[2].text == Text("staff-sheet.bad-document-number", {"cell": "C2"})


def test_what_is_missing_is_named() -> None:
    assert faults(a_sheet(somebody(1, 姓名=""), somebody(2, 证件号码=""))) == [(2, "A", "missing"), (3, "C", "missing")]


def test_the_same_number_twice_is_named_in_both_rows_and_neither_is_taken() -> None:
    sheet = a_sheet(somebody(1), somebody(2), somebody(1, 姓名="另有其人"))

    assert [row.row for row in checked(sheet).rows] == [3]
    assert [fault.text for fault in checked(sheet).faults] == [
        Text("staff-sheet.twice", {"row": 2, "other": 4}),
        Text("staff-sheet.twice", {"row": 4, "other": 2}),
    ]


def test_formulas_and_errors_are_never_worked_out() -> None:
    name, kind, _, *rest = somebody(1)
    sheet = a_sheet((name, kind, Cell("", CellKind.FORMULA), *rest), (name, kind, Cell("#N/A", CellKind.ERROR), *rest))

    assert faults(sheet) == [(2, "C", "formula"), (3, "C", "error-value")]


def test_a_formula_in_a_column_that_nobody_reads_does_no_harm() -> None:
    sheet = a_sheet((Cell("=ROW()", CellKind.FORMULA), "测试甲", a_number(1)), headings=("序号", "姓名", "证件号码"))

    assert faults(sheet) == []


def test_merged_cells_are_named_in_every_row_that_they_touch() -> None:
    sheet = replace(a_sheet(somebody(1), somebody(2), somebody(3)), merged=(Merged(3, 4, 0, 0), Merged(2, 9, 40, 41)))

    assert faults(sheet) == [(3, "A", "merged"), (4, "A", "merged")]
    assert [row.row for row in checked(sheet).rows] == [2]


def test_people_without_a_resident_card_are_staff_too() -> None:
    sheet = a_sheet(("Test Eins", "护照", "E12345678"), ("測試甲", "港澳居民來往內地通行證", "H12345678"))

    assert [(row.document_kind, row.document_number) for row in checked(sheet).rows] == [
        (DocumentKind.PASSPORT, "E12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "H12345678"),
    ]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Sheet(()), "no-headings"),
        (Sheet((a_row(11, *HEADINGS), a_row(12, *somebody()))), "no-headings"),
        (a_sheet(somebody(), headings=("姓名", "电话")), "no-headings"),
        (a_sheet(somebody(), headings=("姓名", "员工姓名", "证件号码")), "same-heading-twice"),
        (a_sheet(), "no-rows"),
        (a_sheet(*(somebody(order) for order in range(MOST + 1))), "too-many-rows"),
        (replace(a_sheet(somebody()), merged=(Merged(2, 2, 0, 1),) * (MOST_MERGED + 1)), "merged-everywhere"),
    ],
)
def test_a_sheet_that_cannot_be_read_at_all_is_refused_with_what_to_do(sheet: Sheet, code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        checked(sheet)

    assert refused.value.issues[0].code == code
    assert all(wording().say(refused.value.text, language) for language in Language)


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_programs_name_them(column: int, letters: str) -> None:
    assert column_letters(column) == letters


any_cell = st.builds(Cell, st.text(max_size=30) | st.from_regex(r"[0-9Ee.+\-/]{1,24}", fullmatch=True), st.sampled_from(CellKind))


@given(st.lists(st.lists(any_cell, min_size=1, max_size=6), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_every_row_is_taken_or_named(people: list[list[Cell]]) -> None:
    rows = tuple(SheetRow(number, dict(enumerate(cells))) for number, cells in enumerate(people, 2))

    found = checked(Sheet((a_row(1, *HEADINGS), *rows)))

    assert {row.row for row in found.rows} | {fault.row for fault in found.faults} == {row.number for row in rows}
    assert not {row.row for row in found.rows} & {fault.row for fault in found.faults}
