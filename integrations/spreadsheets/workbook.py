"""XLSX, read as it streams by: only as many rows as are allowed, only what a row of staff needs, and no formula is worked out.

Our own reading of a few parts of ECMA-376, because the libraries that read workbooks hold whatever a hostile file unpacks to (all shared
strings, a table as large as its furthest cell), and lose the merged cells when they stream.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from posixpath import join, normpath
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from domain.employers.sheet import Cell, Sheet, SheetRow, unreadable
from integrations.spreadsheets.grid import Grid, GridRow
from integrations.spreadsheets.limits import TooManyRows
from integrations.spreadsheets.parts import UnwantedXml, elements
from integrations.spreadsheets.strings import shared_strings

MOST_UNPACKED = 32 * 1024 * 1024
"""Bytes of all parts, as the archive declares them; none can unpack to more than that. 2,000 rows take about 1 MB."""

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"

_DAMAGED = (
    BadZipFile, ExpatError, UnwantedXml, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError
)  # fmt: skip
"""All that zipfile, zlib and expat raise at damaged or dishonest bytes."""


def workbook(content: bytes, *, most_rows: int) -> Sheet:
    """The first sheet that is not hidden. Raises InvalidForm, TooManyRows."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _refuse_what_is_no_workbook(archive)
            return _sheet(archive, most_rows)
    except _DAMAGED:
        raise unreadable("damaged") from None


def _refuse_what_is_no_workbook(archive: ZipFile) -> None:
    parts = archive.infolist()
    if WORKBOOK not in archive.namelist():
        raise unreadable("kind-not-accepted")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise unreadable("unpacks-too-large")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise unreadable("damaged")


def _sheet(archive: ZipFile, most_rows: int) -> Sheet:
    where = _where(archive)
    grid = Grid(archive, where.sheet)
    rows = list(islice(grid.rows(), most_rows + 1))
    if len(rows) > most_rows:
        raise TooManyRows
    texts = shared_strings(archive, where.strings, {place for row in rows for place in row.shared.values()})
    told = (SheetRow(row.number, _cells(row, texts)) for row in rows)
    return Sheet(tuple(row for row in told if row.cells), tuple(grid.merged), where.since_1904)


def _cells(row: GridRow, texts: Mapping[int, str]) -> dict[int, Cell]:
    shared = {column: Cell(texts[place]) for column, place in row.shared.items() if texts[place].strip()}
    return {**row.cells, **shared}


@dataclass(frozen=True, slots=True)
class _Where:
    """The parts to read."""

    sheet: str
    strings: str | None
    since_1904: bool


def _where(archive: ZipFile) -> _Where:
    told = elements(archive, WORKBOOK, ("sheet", "workbookPr"))
    parts = [
        (one["Type"].rpartition("/")[2], one["Id"], _part(one["Target"])) for _, one in elements(archive, RELATIONS, ("Relationship",))
    ]
    sheets = {id: part for kind, id, part in parts if kind == "worksheet"}
    visible = [one["id"] for name, one in told if name == "sheet" and one.get("state", "visible") == "visible" and one["id"] in sheets]
    if not visible:
        raise unreadable("no-sheet")
    strings = next((part for kind, _, part in parts if kind == "sharedStrings"), None)
    since_1904 = any(one.get("date1904") in ("1", "true") for name, one in told if name == "workbookPr")
    return _Where(sheets[visible[0]], strings, since_1904)


def _part(target: str) -> str:
    """Relative to the workbook, or from the top."""
    return normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
