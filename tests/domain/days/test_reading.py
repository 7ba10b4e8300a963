"""A calendar's file: read, or refused with all that is wrong with it."""

import tomllib
from datetime import date

import pytest

from domain.days.calendar import CalendarStatus, CalendarYear
from domain.days.reading import CalendarFaults, read_year

GOOD = """
year = 2027
status = "official"
source = "a notice"
[off]
"元旦" = [2026-12-31, 2027-01-01, 2027-01-02]
[working]
"元旦" = [2027-01-03]
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(CalendarFaults) as refused:
        read_year(tomllib.loads(text))
    return refused.value.faults


def test_a_file_is_a_year() -> None:
    assert read_year(tomllib.loads(GOOD)) == CalendarYear(
        2027,
        CalendarStatus.OFFICIAL,
        "a notice",
        off={date(2026, 12, 31): "元旦", date(2027, 1, 1): "元旦", date(2027, 1, 2): "元旦"},
        working={date(2027, 1, 3): "元旦"},
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("year = 2027", "", "year must be the year that it is for, a number of four digits; it is None"),
        ("year = 2027", 'year = "2027"', "year must be the year that it is for, a number of four digits; it is '2027'"),
        ("year = 2027", "year = 27", "year must be the year that it is for, a number of four digits; it is 27"),
        ('"official"', '"maybe"', "status must be 'official' or 'provisional'; it is 'maybe'"),
        ('"a notice"', '" "', "source must say where it was announced"),
        (
            "year = 2027",
            "year = 2027\nholidays = 1",
            "holidays is not a key known here; a calendar states year, status, source, off, working",
        ),
        ("[2027-01-03]", "[]", "working.元旦 must be a list of dates, as [2027-01-01, 2027-01-02]"),
        ("[2027-01-03]", '["2027-01-03"]', "working.元旦 must be a list of dates, as [2027-01-01, 2027-01-02]"),
        ("[2027-01-03]", "[2027-01-03T08:00:00]", "working.元旦 must be a list of dates, as [2027-01-01, 2027-01-02]"),
        ("[2027-01-03]", "[2027-01-02]", "working.元旦 names 2027-01-02, which off.元旦 names already"),
        ("[2027-01-03]", "[2027-01-04]", "working.元旦 names 2027-01-04, which is worked anyway: it is no Saturday or Sunday"),
        ("[2027-01-03]", "[2028-01-01]", "working.元旦 names 2028-01-01, which is not a day of 2027"),
        ("2026-12-31", "2026-12-24", "off.元旦 names 2026-12-24, which is not a day of 2027"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, told: str) -> None:
    assert faults(GOOD.replace(old, new, 1)) == (told,)


def test_a_year_without_a_day_off_is_a_slip() -> None:
    assert faults('year = 2027\nstatus = "official"\nsource = "x"\n') == ("off names no day; every year has days off",)
    assert "off must be a table of holidays with their days" in faults('year = 2027\nstatus = "official"\nsource = "x"\noff = 1\n')


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(faults('year = 1\nstatus = "x"\nsource = ""\nworking = 1\nmore = 2\n')) == 6
