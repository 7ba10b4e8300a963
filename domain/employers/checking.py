"""Which rows of a sheet can be taken, and what is wrong with each of the others. One faulty row stops no other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.employers.cells import Slip, Values, values_of
from domain.employers.headings import Headings, SheetWords, found_in
from domain.employers.sheet import CheckedSheet, Column, Fault, Merged, Sheet, SheetRow, StaffRow, cell_name, column_letters, unreadable

MOST_MERGED = 1_000
"""Merged ranges that are named one by one; a sheet with more is told once."""


def check(sheet: Sheet, words: SheetWords, *, today: date, most_rows: int) -> CheckedSheet:
    """Raises InvalidForm for a sheet without headings or staff, with too many rows, or merged all over."""
    headings = found_in(sheet.rows, words)
    rows = [row for row in sheet.rows if row.number > headings.row and _holds_something(row, headings)]
    if not rows:
        raise unreadable("no-rows")
    if len(rows) > most_rows:
        raise unreadable("too-many-rows", {"most": most_rows})
    checked = [_checked(row, _Desk(headings, words, today, sheet.since_1904)) for row in rows]
    faults = [fault for one in checked for fault in one.faults]
    faults += _merged(sheet.merged, rows, headings)
    faults += _twice([one.staff for one in checked if one.staff], headings)
    faulty = {fault.row for fault in faults}
    good = tuple(one.staff for one in checked if one.staff and one.staff.row not in faulty)
    return CheckedSheet(good, tuple(sorted(faults, key=_place)))


def _place(fault: Fault) -> tuple[int, int, str]:
    """As a reader goes: by row, then from left to right (Z before AA)."""
    return fault.row, len(fault.column), fault.column


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a row is checked with."""

    headings: Headings
    words: SheetWords
    today: date
    since_1904: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    """`staff`: None if the row cannot be taken."""

    staff: StaffRow | None
    faults: tuple[Fault, ...]


def _holds_something(row: SheetRow, headings: Headings) -> bool:
    return any(place in row.cells for place in headings.places.values())


def _checked(row: SheetRow, desk: _Desk) -> _Checked:
    places = desk.headings.places
    cells = {column: row.cells[place] for column, place in places.items() if place in row.cells}
    found = values_of(cells, desk.words, today=desk.today, since_1904=desk.since_1904)
    if isinstance(found, Values):
        return _Checked(_staff(row.number, found), ())
    return _Checked(None, tuple(_fault(row.number, slip, places) for slip in found))


def _staff(row: int, values: Values) -> StaffRow:
    return StaffRow(
        row,
        values.name,
        values.document_kind,
        values.document_number,
        values.mobile,
        values.post_category,
        values.retirement_date,
    )


def _fault(row: int, slip: Slip, places: Mapping[Column, int]) -> Fault:
    place = places[slip.column]
    return Fault(row, column_letters(place), slip.code, {"cell": cell_name(place, row)})


def _merged(merged: Sequence[Merged], rows: Sequence[SheetRow], headings: Headings) -> Iterator[Fault]:
    """Which of the joined cells a value belongs to, nobody can tell."""
    if len(merged) > MOST_MERGED:
        raise unreadable("merged-everywhere")
    for one in merged:
        if any(one.first_column <= place <= one.last_column for place in headings.places.values()):
            letter, named = column_letters(one.first_column), {"cells": one.name}
            yield from (Fault(row.number, letter, "merged", named) for row in rows if one.first_row <= row.number <= one.last_row)


def _twice(staff: Sequence[StaffRow], headings: Headings) -> Iterator[Fault]:
    """Which of the two is meant, the employer knows."""
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in staff:
        same[one.document_kind, one.document_number].append(one.row)
    letter = column_letters(headings.places[Column.DOCUMENT_NUMBER])
    for rows in same.values():
        for row in rows if len(rows) > 1 else ():
            other = rows[1] if row == rows[0] else rows[0]
            yield Fault(row, letter, "twice", {"row": row, "other": other})
