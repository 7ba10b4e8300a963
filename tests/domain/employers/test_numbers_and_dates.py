"""Numbers and dates as people type them and as spreadsheet programs change them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.employers.sheet import Cell, CellKind
from tests.sheets import a_sheet, checked, faults
from tests.staff_sheets import a_number, somebody


@pytest.mark.parametrize(
    "typed",
    [
        lambda number: number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
        lambda number: f" {number[:6]} {number[6:14]} {number[14:]}",
        lambda number: f"'{number}",
        lambda number: f"{number[:6]}-{number[6:]}".lower(),
    ],
    ids=["full width", "spaces", "apostrophe", "hyphen"],
)
def test_a_number_is_the_same_however_it_is_typed(typed: Callable[[str], str]) -> None:
    sheet = a_sheet(somebody(1, 证件号码=typed(a_number(1))))

    assert [row.document_number for row in checked(sheet).rows] == [a_number(1)]


@pytest.mark.parametrize(
    "cell",
    [
        Cell("4.50102E+17"),
        Cell("4.50102e17"),
        Cell("4.5010319660101001E+17", CellKind.NUMBER),
        Cell("450103196601010000", CellKind.NUMBER),
        Cell("1E400000000", CellKind.NUMBER),
        Cell("NaN", CellKind.NUMBER),
        Cell("450103196601019000"),
    ],
    ids=["as shown", "small e", "as kept", "zeros", "huge", "none", "zeros saved as text"],
)
def test_a_number_that_the_program_shortened_is_named_as_that(cell: Cell) -> None:
    name, kind, _, *rest = somebody(1)

    assert faults(a_sheet((name, kind, cell, *rest))) == [(2, "C", "shortened")]


def test_a_mobile_number_kept_as_a_number_is_still_whole() -> None:
    name, kind, number, *_ = somebody(1)

    assert checked(a_sheet((name, kind, number, Cell("1.3900000001E10", CellKind.NUMBER)))).rows[0].mobile == "13900000001"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell("2027-03-31"), date(2027, 3, 31)),
        (Cell("2027/3/31"), date(2027, 3, 31)),
        (Cell("2027年3月31日"), date(2027, 3, 31)),
        (Cell("2027 年 3 月 3 日"), date(2027, 3, 3)),
        (Cell("20270331"), date(2027, 3, 31)),
        (Cell("2027-3-3 0:00:00"), date(2027, 3, 3)),
        (Cell("２０２７．３．３１"), date(2027, 3, 31)),
        (Cell("46477", CellKind.NUMBER), date(2027, 3, 31)),
    ],
)
def test_a_date_is_read_however_it_is_written(cell: Cell, day: date) -> None:
    name, kind, number, mobile, post, _ = somebody(1)

    assert checked(a_sheet((name, kind, number, mobile, post, cell))).rows[0].retirement_date == day


def test_days_counted_from_1904_are_the_same_days() -> None:
    name, kind, number, mobile, post, _ = somebody(1)
    sheet = replace(a_sheet((name, kind, number, mobile, post, Cell("45015", CellKind.NUMBER))), since_1904=True)

    assert checked(sheet).rows[0].retirement_date == date(2027, 3, 31)


@pytest.mark.parametrize(
    "cell", [Cell("46477"), Cell("2027-02-30"), Cell("1E9", CellKind.NUMBER), Cell("9E99999", CellKind.NUMBER), Cell("3027-1-1")]
)
def test_a_date_that_is_none_is_named(cell: Cell) -> None:
    name, kind, number, mobile, post, _ = somebody(1)

    assert faults(a_sheet((name, kind, number, mobile, post, cell))) == [(2, "F", "bad-date")]
