"""The cells of one sheet, row by row as they stream by, and which are merged."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from domain.employers.checking import MOST_MERGED
from domain.employers.sheet import MOST_COLUMNS, Cell, CellKind, Merged
from integrations.spreadsheets.parts import Attributes, Kept, UnwantedXml, fed

LAST_ROW = 1_048_576

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_KINDS = {"e": CellKind.ERROR, "str": CellKind.TEXT, "inlineStr": CellKind.TEXT, "d": CellKind.TEXT, "b": CellKind.TEXT}


@dataclass(frozen=True, slots=True)
class GridRow:
    """`shared`: columns whose text stands among the shared strings, and where."""

    number: int
    cells: Mapping[int, Cell]
    shared: Mapping[int, int]


@dataclass(slots=True)
class _OpenCell:
    column: int
    kind: str
    formula: bool = False
    value: Kept = field(default_factory=Kept)


class Grid:
    """`merged` is known once all rows have been read: a sheet tells it after them."""

    def __init__(self, archive: ZipFile, part: str) -> None:
        self._archive, self._part = archive, part
        self._row, self._column = 0, -1
        self._cell: _OpenCell | None = None
        self._listening = self._pronounced = False
        self._cells: dict[int, Cell] = {}
        self._shared: dict[int, int] = {}
        self._ready: list[GridRow] = []
        self.merged: list[Merged] = []

    def rows(self) -> Iterator[GridRow]:
        """Those that hold something. Raises what `fed` raises, ValueError, UnwantedXml."""
        for _ in fed(self._archive, self._part, self):
            yield from self._ready
            self._ready.clear()

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "row":
                self._begin_row(attributes)
            case "c":
                self._begin_cell(attributes)
            case "f" if self._cell:
                self._cell.formula = True
            case "rPh":
                self._pronounced = True
            case "v" | "t":
                self._listening = not self._pronounced
            case "mergeCell" if len(self.merged) <= MOST_MERGED:
                self.merged.append(_merged(attributes.get("ref", "")))

    def text(self, piece: str) -> None:
        if self._listening and self._cell:
            self._cell.value.add(piece)

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._listening = False
            case "rPh":
                self._pronounced = False
            case "c" if self._cell:
                self._end_cell(self._cell)
            case "row" if self._cells or self._shared:
                self._ready.append(GridRow(self._row, self._cells, self._shared))

    def _begin_row(self, attributes: Attributes) -> None:
        """Rows stand in order, each once: what is opened for one is known by its number."""
        number = int(attributes.get("r", self._row + 1))
        if not self._row < number <= LAST_ROW:
            raise UnwantedXml("rows out of order")
        self._row, self._column, self._cells, self._shared = number, -1, {}, {}

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column = _place(attributes["r"])[0] if "r" in attributes else self._column + 1
        self._cell = _OpenCell(self._column, attributes.get("t", "n")) if self._column < MOST_COLUMNS else None

    def _end_cell(self, cell: _OpenCell) -> None:
        self._cell = None
        text = str(cell.value).strip()
        if cell.formula:
            self._cells[cell.column] = Cell(text, CellKind.FORMULA)
        elif text and cell.kind == "s":
            self._shared[cell.column] = int(text)
        elif text:
            self._cells[cell.column] = Cell(text, _KINDS.get(cell.kind, CellKind.NUMBER))


def _merged(reference: str) -> Merged:
    first, _, last = reference.partition(":")
    (first_column, first_row), (last_column, last_row) = _place(first), _place(last or first)
    return Merged(first_row, last_row, first_column, last_column)


def _place(reference: str) -> tuple[int, int]:
    """Column from 0, row from 1."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise UnwantedXml("a place that is none")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(found[2])
