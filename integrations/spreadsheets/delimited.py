"""CSV as spreadsheet programs write it in China: UTF-8, UTF-16 or GB 18030 (of which GBK and GB 2312 are parts); comma, semicolon or tab.

No statistics: a byte order mark says it; without one, what is right UTF-8 is hardly ever anything else, and the rest is GB 18030.
"""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from domain.employers.sheet import MOST_COLUMNS, Cell, CellKind, Sheet, SheetRow, unreadable
from integrations.spreadsheets.limits import at_most

_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_GUESSES = ("utf-8", "gb18030")
_PIECE = 64 * 1024
_LOOKED_AT = 2_000
"""Bytes by which UTF-16 without a mark is known: every other one of its ASCII is nothing."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """Decoded as they are read: the whole in one piece would take many times the file's memory."""

    content: bytes
    encoding: str
    begin: int = 0

    def read(self) -> TextIOWrapper:
        stream = BytesIO(self.content)
        stream.seek(self.begin)
        return TextIOWrapper(stream, encoding=self.encoding, newline="")

    def right(self) -> bool:
        """Whether all of it is of this encoding."""
        try:
            with self.read() as letters:
                while letters.read(_PIECE):
                    pass
        except UnicodeDecodeError:
            return False
        return True


def delimited(content: bytes, *, most_rows: int) -> Sheet:
    """Raises InvalidForm, TooManyRows."""
    letters = _letters(content)
    try:
        return Sheet(at_most(_rows(letters), most_rows))
    except csv.Error:
        raise unreadable("damaged") from None


def _letters(content: bytes) -> _Letters:
    marked = [_Letters(content, encoding, len(mark)) for mark, encoding in _MARKS if content.startswith(mark)]
    for letters in marked or [_Letters(content, encoding) for encoding in _unmarked(content) or _GUESSES]:
        if letters.right():
            return letters
    raise unreadable("unknown-encoding")


def _unmarked(content: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark, if so it looks."""
    looked_at = content[:_LOOKED_AT]
    if b"\0" not in looked_at or len(content) % 2:
        return ()
    even, odd = looked_at[::2].count(0), looked_at[1::2].count(0)
    return ("utf-16-be",) if even > odd else ("utf-16-le",)


def _rows(letters: _Letters) -> Iterator[SheetRow]:
    delimiter = _delimiter(letters)
    with letters.read() as text:
        for number, values in enumerate(csv.reader(text, delimiter=delimiter), 1):
            cells = {place: _cell(value) for place, value in enumerate(values[:MOST_COLUMNS]) if value.strip()}
            if cells:
                yield SheetRow(number, cells)


def _delimiter(letters: _Letters) -> str:
    """The one that the first line with any of them has most of."""
    with letters.read() as text:
        for line in text:
            counts = {mark: line.count(mark) for mark in ",;\t"}
            if any(counts.values()):
                return max(counts, key=lambda mark: counts[mark])
    return ","


def _cell(value: str) -> Cell:
    if "\0" in value:
        raise unreadable("kind-not-accepted")
    return Cell(value, CellKind.FORMULA if value.lstrip().startswith("=") else CellKind.TEXT)
