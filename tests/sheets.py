"""Sheets of staff as their cells are, and what is found in them."""

from domain.employers.checking import check
from domain.employers.sheet import Cell, CellKind, CheckedSheet, Sheet, SheetRow
from domain.words import Language
from tests.staff_sheets import HEADINGS, TODAY, wording, words

MOST = 100


def a_row(number: int, *values: str | Cell) -> SheetRow:
    cells = [value if isinstance(value, Cell) else Cell(value) for value in values]
    return SheetRow(number, {place: cell for place, cell in enumerate(cells) if cell.text or cell.kind is CellKind.FORMULA})


def a_sheet(*people: tuple[str | Cell, ...], headings: tuple[str, ...] = HEADINGS) -> Sheet:
    return Sheet((a_row(1, *headings), *(a_row(number, *values) for number, values in enumerate(people, 2))))


def checked(sheet: Sheet) -> CheckedSheet:
    return check(sheet, words(), today=TODAY, most_rows=MOST)


def faults(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Row, column, and the end of the message's key; each is really a sentence."""
    found = checked(sheet).faults
    assert all(wording().say(fault.text, language) for fault in found for language in Language)
    return [(fault.row, fault.column, fault.text.key.removeprefix("staff-sheet.")) for fault in found]
