"""The empty list as a file: its cells are text, so that a spreadsheet program keeps all 18 digits of a number."""

from codecs import BOM_UTF8
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.employers.template import Template, TemplateColumn

_WIDTH = 24
_TEXT = 0x31
"""The number of the format that keeps what is typed (@), in every spreadsheet program."""
_ALWAYS = datetime(2026, 11, 1)  # noqa: DTZ001  the same file each time; workbooks know no zones
_FIRST_CHOICES_COLUMN = 3


def as_csv(template: Template) -> bytes:
    """With the mark by which spreadsheet programs know UTF-8."""
    return BOM_UTF8 + (",".join(column.heading for column in template.columns) + "\r\n").encode()


def as_workbook(template: Template) -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": template.sheet, "created": _ALWAYS})
        staff, notes = book.add_worksheet(template.sheet), book.add_worksheet(template.notes_sheet)
        text, plain, strong = (book.add_format(one) for one in ({"num_format": _TEXT}, {"text_wrap": True}, {"bold": True}))
        notes.set_column(0, 0, 4 * _WIDTH)
        notes.write_column(0, 0, template.notes, plain)
        staff.freeze_panes(1, 0)
        for place, column in enumerate(template.columns):
            staff.set_column(place, place, _WIDTH, text)
            staff.write_string(0, place, column.heading, strong if column.required else None)
            _offer(staff, notes, template, place, column)
    return written.getvalue()


def _offer(staff: Worksheet, notes: Worksheet, template: Template, place: int, column: TemplateColumn) -> None:
    """Choices stand on the sheet of notes: in the rule itself there is room for 255 characters alone."""
    if not column.choices:
        return
    at = _FIRST_CHOICES_COLUMN + place
    notes.set_column(at, at, 2 * _WIDTH)
    notes.write_column(0, at, column.choices)
    letter = chr(ord("A") + at)
    source = f"='{template.notes_sheet}'!${letter}$1:${letter}${len(column.choices)}"
    staff.data_validation(1, place, template.rows, place, {"validate": "list", "source": source, "error_type": "warning"})
