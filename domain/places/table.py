"""An official table of divisions as an operator hands it in: is it whole, and what does it say of each county?

Rows stand in the order of their codes as text, so that a parent comes right before what is in it: then one look at one row after the
other tells all, and 665,000 of them are never in memory together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from domain.places.divisions import COUNTY, LENGTHS, Divisions, county_of, is_code, parent_of

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Row:
    """`parent`: as the table states it, if it does."""

    line: int
    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class CountyTable:
    """What is within a county: (code, name) of each, in the order of codes."""

    code: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    what: str


def faults_in(rows: Iterable[Row], known: Divisions) -> Iterator[Fault]:
    """`known`: provinces, cities and counties must be among these."""
    last = town = ""
    for row in rows:
        what = _wrong_alone(row) or _wrong_place(row, last) or _without_parent(row, town, known)
        if what:
            yield Fault(row.line, what)
        if is_code(row.code):
            last, town = row.code, row.code if len(row.code) == LENGTHS[3] else town


def _wrong_alone(row: Row) -> str | None:
    if not is_code(row.code):
        return f"'{row.code}' is no code of a division; it has 2, 4, 6, 9 or 12 digits"
    if not row.name or len(row.name) > LONGEST_NAME:
        return f"{row.code} has no name" if not row.name else f"the name of {row.code} is longer than {LONGEST_NAME} characters"
    if row.parent and row.parent != parent_of(row.code):
        return f"{row.code} cannot belong to {row.parent}: its code does not begin so" + _belongs(row.code)
    return None


def _belongs(code: str) -> str:
    return f"; it belongs to {parent_of(code)}" if parent_of(code) else "; it is a province"


def _wrong_place(row: Row, last: str) -> str | None:
    if row.code == last:
        return f"{row.code} stands there twice"
    return f"{row.code} comes after {last}; sort the lines by code as text (LC_ALL=C sort)" if row.code < last else None


def _without_parent(row: Row, town: str, known: Divisions) -> str | None:
    if len(row.code) <= COUNTY:
        return (
            None
            if row.code in known.names
            else f"{row.code} {row.name} is not known here; add it to catalogue/national/divisions.csv first"
        )
    if county_of(row.code) not in known.names:
        return (
            f"{row.code} {row.name} is in no county that is known here; add {county_of(row.code)} to catalogue/national/divisions.csv first"
        )
    if len(row.code) == LENGTHS[4] and parent_of(row.code) != town:
        return f"{row.code} {row.name} has no town; {parent_of(row.code)} should stand before it"
    return None


def counties(rows: Iterable[Row]) -> Iterator[CountyTable]:
    """Of a table without faults: one after the other, as they stand there."""
    within = (row for row in rows if len(row.code) > COUNTY)
    for county, its in groupby(within, key=lambda row: county_of(row.code)):
        yield CountyTable(county, tuple((row.code, row.name) for row in its))
