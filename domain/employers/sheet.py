"""A sheet of staff: as its cells were read, whatever file they came from; and what a row of it says once it is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from domain.errors import InvalidForm, Issue
from domain.identifiers import DocumentKind
from domain.words import Text

HEADINGS_WITHIN = 10
"""Rows among which the headings are looked for: above them may stand a title, a date, a note."""

MOST_COLUMNS = 60
"""Columns that are looked at."""


class Column(StrEnum):
    NAME = "NAME"
    DOCUMENT_KIND = "DOCUMENT_KIND"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"
    MOBILE = "MOBILE"
    POST_CATEGORY = "POST_CATEGORY"
    RETIREMENT_DATE = "RETIREMENT_DATE"


REQUIRED = (Column.NAME, Column.DOCUMENT_NUMBER)


class PostCategory(StrEnum):
    """The options of the form's question `post-category`."""

    ORDINARY = "ORDINARY"
    MANAGEMENT_OR_TECHNICAL = "MANAGEMENT_OR_TECHNICAL"
    UNDETERMINED = "UNDETERMINED"


class CellKind(StrEnum):
    """TEXT as it was typed; NUMBER as the file writes it; FORMULA is never worked out; ERROR is what a formula had become (#N/A)."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    FORMULA = "FORMULA"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` as the spreadsheet program shows it, from 1; `cells` by column, from 0: only those that hold something."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells joined into one: rows and columns from first to last, both included; rows from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def name(self) -> str:
        return f"{cell_name(self.first_column, self.first_row)}:{cell_name(self.last_column, self.last_row)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that hold something. `since_1904`: days are counted from then, as old Macs did, and not from 1900."""

    rows: tuple[SheetRow, ...]
    merged: tuple[Merged, ...] = field(default=())
    since_1904: bool = False


class SheetReader(Protocol):
    async def read(self, content: bytes, *, most_rows: int) -> Sheet:
        """The first sheet that is not hidden. Raises InvalidForm for what is no spreadsheet, or has more rows that hold something."""
        ...


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One employee, as the employer wrote it down; nothing of it is proved yet."""

    row: int
    name: str
    document_kind: DocumentKind
    document_number: str
    mobile: str | None = None
    post_category: PostCategory | None = None
    retirement_date: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """`column`: its letter; `code`: the last part of the message's key."""

    row: int
    column: str
    code: str
    params: Mapping[str, str | int]

    @property
    def text(self) -> Text:
        return Text(f"staff-sheet.{self.code}", self.params)


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A row is in one of the two."""

    rows: tuple[StaffRow, ...]
    faults: tuple[Fault, ...]


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(column: int, row: int) -> str:
    return f"{column_letters(column)}{row}"


def unreadable(code: str, params: Mapping[str, str | int] | None = None) -> InvalidForm:
    """The whole file is refused, with what to do about it."""
    text = Text(f"staff-sheet.{code}", params or {})
    return InvalidForm([Issue(("file",), text)], text)
