"""Tables of divisions as files: CSV with the header code,name or code,name,parent; a line that begins with # is a note."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from domain.places.divisions import Divisions, divisions
from domain.places.table import Row
from integrations.catalogue_files import CATALOGUE

SHIPPED = CATALOGUE / "national" / "divisions.csv"
HEADERS = (["code", "name"], ["code", "name", "parent"])


class NotATable(Exception):
    """The file cannot be read as one; a sentence that names file and line."""


def shipped(hant: Callable[[str], str], file: Path = SHIPPED) -> Divisions:
    return divisions(((row.code, row.name) for row in rows_of(file)), hant)


def rows_of(file: Path) -> Iterator[Row]:
    """One after the other; none is kept. Raises NotATable."""
    line = 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            stated = (values for values in reader if values and not values[0].startswith("#"))
            header = _header(next(stated, []))
            for values in stated:
                line = reader.line_num
                yield _row(values, header, line)
    except OSError as why:
        raise NotATable(f"{file} cannot be read: {why.strerror}") from why
    except UnicodeDecodeError as why:
        raise NotATable(f"{file} is not UTF-8, somewhere after line {line}") from why
    except (csv.Error, ValueError) as why:
        raise NotATable(f"{file} {'line ' + str(reader.line_num) if line else 'at its beginning'}: {why}") from why


def _header(values: Sequence[str]) -> Sequence[str]:
    if values not in HEADERS:
        raise ValueError("the first line must be code,name or code,name,parent")
    return values


def _row(values: Sequence[str], header: Sequence[str], line: int) -> Row:
    if len(values) != len(header):
        raise ValueError(f"has {len(values)} columns and not {len(header)}")
    return Row(line, *(value.strip() for value in values))
