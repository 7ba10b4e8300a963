"""Files as employers send them become cells; what cannot is refused in words, whatever its bytes are."""

import asyncio
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.employers.checking import check
from domain.employers.sheet import Cell, CellKind, CheckedSheet, Merged, Sheet
from domain.employers.template import template
from domain.words import Language
from integrations.spreadsheets.reading import Spreadsheets, sheet_of
from integrations.spreadsheets.template import as_csv as template_csv
from integrations.spreadsheets.template import as_workbook
from tests.staff_sheets import HEADINGS, TODAY, a_number, as_csv, as_xlsx, edited, somebody, staff, wording, words

MOST = 2_000


def read(content: bytes) -> Sheet:
    return sheet_of(content, most_rows=MOST)


def checked(content: bytes) -> CheckedSheet:
    return check(read(content), words(), today=TODAY, most_rows=MOST)


THREE = checked(as_xlsx(staff(3)))

# ---------------------------------------------------------------- what programs write


def test_a_workbook_holds_the_people_that_were_written_into_it() -> None:
    assert [(row.row, row.document_number) for row in THREE.rows] == [(2, a_number(0)), (3, a_number(1)), (4, a_number(2))]
    assert THREE.faults == ()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8-sig", ","),
        ("utf-8", ","),
        ("utf-8", ";"),
        ("gb18030", ","),
        ("gbk", "\t"),
        ("utf-16", "\t"),
        ("utf-16-le", ","),
        ("utf-16-be", ";"),
    ],
)
def test_a_csv_holds_the_same_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    assert checked(as_csv(staff(3), encoding=encoding, delimiter=delimiter)) == THREE


def test_a_name_with_a_rare_character_survives_gb_18030() -> None:
    rows = [HEADINGS, somebody(1, 姓名="测试䶮𠮷")]

    assert checked(as_csv(rows, encoding="gb18030")).rows[0].name == "测试䶮𠮷"


def test_quotes_commas_and_line_breaks_within_a_cell_are_part_of_it() -> None:
    content = f'姓名,证件号码,备注\r\n测试甲,{a_number(1)},"一,二""三""\r\n四"\r\n测试乙,{a_number(2)},\r\n'.encode()

    assert [(row.row, row.name) for row in checked(content).rows] == [(2, "测试甲"), (3, "测试乙")]


def a_book(*lay: Callable[[Workbook], object], **options: object) -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True} | options) as book:
        for one in lay:
            one(book)
    return written.getvalue()


def with_staff(book: Workbook, name: str | None = None, count: int = 1) -> Worksheet:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(staff(count)):
        sheet.write_row(number, 0, row)
    return sheet


def test_only_the_first_sheet_that_is_not_hidden_is_read() -> None:
    def lay(book: Workbook) -> None:
        hidden, very_hidden = book.add_worksheet("旧"), book.add_worksheet("更旧")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=旧!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
        with_staff(book, "名单", 2).activate()
        book.add_worksheet("别的").write(0, 0, "别的")
        hidden.write(0, 0, "旧")
        hidden.hide()
        very_hidden.very_hidden()

    assert len(checked(a_book(lay)).rows) == 2


def test_formulas_are_told_and_never_worked_out() -> None:
    def lay(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(1, 2, '=CONCATENATE("4501","")', None, a_number(5))
        sheet.write_formula(2, 2, '=HYPERLINK("http://x.invalid","x")')

    read_rows = read(as_xlsx(staff(2), lay)).rows

    assert [row.cells[2].kind for row in read_rows[1:]] == [CellKind.FORMULA, CellKind.FORMULA]
    assert [fault.text.key for fault in checked(as_xlsx(staff(2), lay)).faults] == ["staff-sheet.formula", "staff-sheet.formula"]


def test_a_csv_field_that_begins_as_a_formula_is_one() -> None:
    assert read('姓名,证件号码\n测试甲,"=""450103"""\n'.encode()).rows[1].cells[1].kind is CellKind.FORMULA


def test_merged_cells_are_named() -> None:
    content = as_xlsx(staff(3), lambda book, sheet: sheet.merge_range(1, 0, 2, 0, "测试甲"))

    assert read(content).merged == (Merged(2, 3, 0, 0),)
    assert [(fault.row, fault.text.params) for fault in checked(content).faults] == [(2, {"cells": "A2:A3"}), (3, {"cells": "A2:A3"})]


def test_numbers_dates_truths_and_rich_text_come_as_the_file_writes_them() -> None:
    def lay(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_number(1, 2, float(a_number(1)[:17]) * 10)
        sheet.write_number(1, 5, 46477, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_boolean(1, 7, True)
        sheet.write_rich_string(1, 0, "测", book.add_format({"bold": True}), "试甲")

    row = read(as_xlsx(staff(1), lay)).rows[1]

    assert row.cells[2].kind is CellKind.NUMBER
    assert (row.cells[0], row.cells[5], row.cells[7]) == (Cell("测试甲"), Cell("46477", CellKind.NUMBER), Cell("1"))
    assert [fault.text.key for fault in checked(as_xlsx(staff(1), lay)).faults] == ["staff-sheet.shortened"]


def test_text_that_stands_in_the_cell_itself_is_read_too() -> None:
    """As writers do that stream (`inlineStr`); and a date count from 1904, and how a name is pronounced, which is no part of it."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="inlineStr"><is><t>姓名</t><rPh sb="0" eb="2"><t>xìng</t></rPh></is></c><c t="inlineStr"><is><t>证件号码</t></is></c></row>'
        f'<row r="7"><c r="B7" t="str"><v>{a_number(1)}</v></c><c r="A7" t="inlineStr"><is><r><t>测</t></r><r><t>试</t></r></is></c></row>'
        "</sheetData></worksheet>"
    )
    content = edited(a_book(with_staff, date_1904=True), "xl/worksheets/sheet1.xml", lambda xml: sheet.encode())

    assert [(row.row, row.name) for row in checked(content).rows] == [(7, "测试")]
    assert read(content).since_1904


# ---------------------------------------------------------------- beside other work, and the empty list


async def test_reading_leaves_the_event_loop_to_others() -> None:
    turns = 0
    reader = Spreadsheets()
    reading = asyncio.gather(*(reader.read(as_xlsx(staff(1_000)), most_rows=MOST) for _ in range(3)))
    while not reading.done():
        await asyncio.sleep(0.001)
        turns += 1

    assert [len(sheet.rows) for sheet in await reading] == [1_001] * 3
    assert turns > 3


@pytest.mark.parametrize("language", Language)
def test_the_empty_list_is_read_back_once_it_is_filled_in(language: Language) -> None:
    empty = template(wording(), language, rows=MOST)

    for written in (as_workbook(empty), template_csv(empty)):
        sheet = read(written)
        assert [cell.text for cell in sheet.rows[0].cells.values()] == [column.heading for column in empty.columns]
        filled = Sheet((*sheet.rows, read(as_csv(staff(1))).rows[1]))
        assert check(filled, words(), today=TODAY, most_rows=MOST).rows == THREE.rows[:1]


def test_the_empty_list_keeps_numbers_as_text_and_offers_the_choices() -> None:
    with ZipFile(BytesIO(as_workbook(template(wording(), Language.ZH_HANS, rows=MOST)))) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()

    assert 'numFmtId="49"' in styles
    assert sheet.count("<dataValidation ") == 2
    assert "B2:B2001" in sheet
