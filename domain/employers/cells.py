"""What the cells of one row say: each is read by its column, and what cannot be read is a slip that says how to put it right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from unicodedata import category, normalize

from domain.employers.headings import SheetWords, plain
from domain.employers.sheet import REQUIRED, Cell, CellKind, Column, PostCategory
from domain.identifiers import DocumentKind, is_document_number, is_mobile, normalised
from domain.people import LONGEST_NAME

KEPT_DIGITS = 15
"""Of a number: spreadsheet programs make zeros of all that follow (IEEE 754)."""


_SHORTENED = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{2}", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(r"[T ]00?:00(:00)?$")
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_PLAUSIBLE = range(2000, 2101)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Slip:
    """`code`: the last part of the message's key."""

    column: Column
    code: str


@dataclass(frozen=True, slots=True)
class Values:
    """All that a row says, each well formed."""

    name: str
    document_kind: DocumentKind
    document_number: str
    mobile: str | None
    post_category: PostCategory | None
    retirement_date: date | None


class _Wrong(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def values_of(cells: Mapping[Column, Cell], words: SheetWords, *, today: date, since_1904: bool) -> Values | tuple[Slip, ...]:
    """Every slip of the row at once."""
    row = _Row(cells, [Slip(column, "missing") for column in REQUIRED if column not in cells])
    kind = row.read(Column.DOCUMENT_KIND, lambda cell: _kind(cell, words)) or DocumentKind.RESIDENT_ID
    values = Values(
        name=row.read(Column.NAME, _name) or "",
        document_kind=kind,
        document_number=row.read(Column.DOCUMENT_NUMBER, lambda cell: _number(cell, kind, today)) or "",
        mobile=row.read(Column.MOBILE, _mobile),
        post_category=row.read(Column.POST_CATEGORY, lambda cell: _post(cell, words)),
        retirement_date=row.read(Column.RETIREMENT_DATE, lambda cell: _day(cell, since_1904)),
    )
    return tuple(row.slips) or values


@dataclass(slots=True)
class _Row:
    cells: Mapping[Column, Cell]
    slips: list[Slip]

    def read(self, column: Column, reading: Callable[[Cell], Value]) -> Value | None:
        cell = self.cells.get(column)
        if cell is None:
            return None
        try:
            return reading(_readable(cell))
        except _Wrong as wrong:
            self.slips.append(Slip(column, wrong.code))
            return None


def _readable(cell: Cell) -> Cell:
    if cell.kind is CellKind.FORMULA:
        raise _Wrong("formula")
    if cell.kind is CellKind.ERROR:
        raise _Wrong("error-value")
    return cell


def _name(cell: Cell) -> str:
    name = " ".join(normalize("NFKC", cell.text).split())
    if cell.kind is CellKind.NUMBER or not any(letter.isalpha() for letter in name) or any(category(letter) == "Nd" for letter in name):
        raise _Wrong("bad-name")
    if len(name) > LONGEST_NAME or any(category(letter).startswith("C") for letter in name):
        raise _Wrong("bad-name")
    return name


def _kind(cell: Cell, words: SheetWords) -> DocumentKind:
    try:
        return words.kinds[plain(cell.text)]
    except KeyError:
        raise _Wrong("bad-kind") from None


def _post(cell: Cell, words: SheetWords) -> PostCategory:
    try:
        return words.posts[plain(cell.text)]
    except KeyError:
        raise _Wrong("bad-post") from None


def _number(cell: Cell, kind: DocumentKind, today: date) -> str:
    number = _typed(cell)
    if is_document_number(kind, number, today=today):
        return number
    raise _Wrong("shortened" if len(number) > KEPT_DIGITS and number.endswith("000") else "bad-document-number")


def _mobile(cell: Cell) -> str:
    number = _typed(cell).removeprefix("+86")
    if not is_mobile(number):
        raise _Wrong("bad-mobile")
    return number


def _typed(cell: Cell) -> str:
    """A number as it was typed; an apostrophe before it only told the program to keep it. Raises for one that the program shortened."""
    text = normalised(cell.text).lstrip("'‘’`")
    if cell.kind is CellKind.NUMBER:
        return _whole(text)
    if _SHORTENED.fullmatch(text):
        raise _Wrong("shortened")
    return text


def _whole(text: str) -> str:
    """A number that is still whole: not 4.50102E+17."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Wrong("shortened") from None
    if not number.is_finite() or number.adjusted() >= KEPT_DIGITS or number != int(number):
        raise _Wrong("shortened")
    return str(int(number))


def _day(cell: Cell, since_1904: bool) -> date:
    text = "".join(_MIDNIGHT.sub("", normalize("NFKC", cell.text).strip()).split())
    found = _DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else _counted(cell, text, since_1904)
    except (ValueError, OverflowError, InvalidOperation):
        raise _Wrong("bad-date") from None
    if day.year not in _PLAUSIBLE:
        raise _Wrong("bad-date")
    return day


def _counted(cell: Cell, text: str, since_1904: bool) -> date:
    """A spreadsheet program keeps a date as the number of days since its first. Raises ValueError, OverflowError, InvalidOperation."""
    days = Decimal(text)
    if cell.kind is not CellKind.NUMBER or days.adjusted() >= KEPT_DIGITS:
        raise ValueError(text)
    return _FIRST_DAY[since_1904] + timedelta(days=int(days))
