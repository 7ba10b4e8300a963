"""Which days are worked, by the calendars that are shipped and by those that take their place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.days.calendar import Calendar, CalendarStatus, CalendarYear, joined, may_replace
from integrations.calendar_files import shipped_years

SHIPPED = shipped_years()
CALENDAR = Calendar(SHIPPED)


def a_year(year: int = 2027, status: CalendarStatus = CalendarStatus.OFFICIAL, *off: date, working: tuple[date, ...] = ()) -> CalendarYear:
    return CalendarYear(year, status, "a notice", dict.fromkeys(off, "x"), dict.fromkeys(working, "x"))


def test_of_2026_the_notice_is_shipped_and_of_2027_what_law_sets() -> None:
    assert {year: (one.status, len(one.off), len(one.working)) for year, one in SHIPPED.items()} == {
        2026: (CalendarStatus.OFFICIAL, 33, 6),
        2027: (CalendarStatus.PROVISIONAL, 19, 0),
    }


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 25), True),  # a Wednesday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 1, 4), True),  # a Sunday that is worked for the New Year
        (date(2026, 10, 10), True),  # a Saturday that is worked for the National Day
        (date(2026, 10, 7), False),  # a Wednesday off
        (date(2026, 2, 16), False),  # New Year's Eve (除夕), a statutory day since 2025
        (date(2027, 2, 5), False),
        (date(2027, 1, 4), True),
        (date(2031, 10, 1), True),  # a Wednesday of a year that nobody knows
        (date(2031, 10, 4), False),
    ],
)
def test_weekends_are_off_unless_a_notice_says_otherwise(day: date, worked: bool) -> None:
    assert CALENDAR.works(day) is worked


def test_2026_has_as_many_working_days_as_weekdays_less_holidays_and_more_weekends() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    assert sum(map(CALENDAR.works, days)) == 248


def test_a_saturday_is_no_holiday_unless_it_is_named() -> None:
    assert [CALENDAR.is_holiday(day) for day in (date(2026, 11, 28), date(2026, 10, 3), date(2026, 11, 25))] == [False, True, False]


def test_the_hundredth_working_day_is_found_across_the_years() -> None:
    day, counted = date(2026, 11, 25), []
    while len(counted) < 100:
        day += timedelta(days=1)
        if CALENDAR.works(day):
            counted.append(day)

    assert [CALENDAR.working_day_after(date(2026, 11, 25), number) for number in range(1, 101)] == counted


def test_the_last_week_of_a_year_is_certain_when_the_next_year_is_announced() -> None:
    announced = Calendar({**SHIPPED, 2027: a_year()})
    spans = [(date(2026, 12, 21), date(2026, 12, 24)), (date(2026, 12, 21), date(2026, 12, 25)), (date(2026, 12, 31), date(2027, 1, 4))]

    assert [CALENDAR.is_certain(*span) for span in spans] == [True, False, False]
    assert [announced.is_certain(*span) for span in spans] == [True, True, True]


def test_a_notice_may_move_days_at_the_end_of_the_year_before() -> None:
    announced = Calendar({**SHIPPED, 2027: a_year(2027, CalendarStatus.OFFICIAL, date(2026, 12, 31), working=(date(2026, 12, 27),))})

    assert [announced.works(day) for day in (date(2026, 12, 31), date(2026, 12, 27))] == [False, True]


def test_what_was_announced_is_replaced_only_by_what_was_announced() -> None:
    official, provisional = a_year(), a_year(2027, CalendarStatus.PROVISIONAL)

    assert [may_replace(provisional, None), may_replace(official, provisional), may_replace(official, official)] == [True, True, True]
    assert may_replace(provisional, official) is False


def test_an_import_that_was_overtaken_by_what_is_shipped_is_left_aside() -> None:
    imported = a_year(2026, CalendarStatus.PROVISIONAL)

    assert joined(SHIPPED, {2026: imported}) == CALENDAR
    assert joined(SHIPPED, {2026: replace(imported, status=CalendarStatus.OFFICIAL)}).years[2026].off == {}
