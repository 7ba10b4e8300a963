"""When a limit ends: hours, days, working days and months, each by its rule (民法典 Arts 201–203), around weekends and holidays."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue.types import TimeLimit, TimeUnit
from domain.clock import CHINA, day_in_china
from domain.days.calendar import Calendar
from domain.days.counting import due, months_after
from integrations.calendar_files import shipped_years

CALENDAR = Calendar(shipped_years())
HOURS, DAYS, WORKING_DAYS, MONTHS = TimeUnit


def limit(amount: int, unit: TimeUnit) -> TimeLimit:
    return TimeLimit(amount, unit, "accepted", "a law", date(2023, 12, 1))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def ends(amount: int, unit: TimeUnit, start: str) -> tuple[str, bool]:
    """In China's time."""
    found = due(limit(amount, unit), moment(start), CALENDAR)
    return found.at.astimezone(CHINA).isoformat(" ", "minutes").removesuffix("+08:00"), found.provisional


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (2, HOURS, "2026-11-29T02:00", "2026-11-29 04:00"),  # hours run on a Sunday night too
        (2, HOURS, "2026-12-31T23:00", "2027-01-01 01:00"),
        (3, DAYS, "2026-11-23T10:00", "2026-11-26 23:59"),
        (3, DAYS, "2026-11-25T10:00", "2026-11-30 23:59"),  # the third day is a Saturday
        (15, DAYS, "2026-09-20T10:00", "2026-10-08 23:59"),  # the fifteenth is in the National Day's week
        (1, DAYS, "2026-11-24T23:59", "2026-11-25 23:59"),
        (1, MONTHS, "2026-10-31T10:00", "2026-11-30 23:59"),
        (3, MONTHS, "2026-06-30T10:00", "2026-09-30 23:59"),
        (1, MONTHS, "2026-09-01T10:00", "2026-10-08 23:59"),
        (20, WORKING_DAYS, "2026-11-02T10:00", "2026-11-30 23:59"),
        (1, WORKING_DAYS, "2026-09-30T10:00", "2026-10-08 23:59"),
        (3, WORKING_DAYS, "2026-09-30T10:00", "2026-10-10 23:59"),  # a Saturday that is worked
        (1, WORKING_DAYS, "2026-01-03T10:00", "2026-01-04 23:59"),  # a Sunday that is worked
    ],
)
def test_a_limit_ends_by_the_rule_of_its_unit(amount: int, unit: TimeUnit, start: str, end: str) -> None:
    assert ends(amount, unit, start) == (end, False)


@pytest.mark.row("A17")
def test_a_working_day_clock_that_starts_in_the_night_of_a_sunday_has_its_first_day_on_the_monday() -> None:
    assert ends(1, WORKING_DAYS, "2026-11-29T02:00") == ("2026-11-30 23:59", False)
    assert ends(5, WORKING_DAYS, "2026-11-29T02:00") == ends(5, WORKING_DAYS, "2026-11-27T10:00") == ("2026-12-04 23:59", False)


@pytest.mark.row("A41")
def test_five_working_days_from_a_friday_end_on_the_next_and_a_holiday_inside_moves_them_one() -> None:
    assert ends(5, WORKING_DAYS, "2026-11-20T15:00") == ("2026-11-27 23:59", False)
    assert ends(5, WORKING_DAYS, "2026-06-12T15:00") == ("2026-06-22 23:59", False)  # 19 June is the Dragon Boat Festival, a Friday


def test_the_day_is_that_of_china_however_early_it_is_elsewhere() -> None:
    assert ends(1, WORKING_DAYS, "2026-11-24T00:30") == ("2026-11-25 23:59", False)


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (5, WORKING_DAYS, "2026-12-18T10:00", "2026-12-25 23:59"),  # the notice for 2027 may make that Friday off
        (20, WORKING_DAYS, "2026-12-10T10:00", "2027-01-08 23:59"),
        (20, WORKING_DAYS, "2030-03-01T10:00", "2030-03-29 23:59"),
        (1, MONTHS, "2026-12-04T10:00", "2027-01-04 23:59"),
        (3, MONTHS, "2026-11-05T10:00", "2027-02-11 23:59"),
    ],
)
def test_what_is_decided_by_a_year_that_is_not_announced_is_provisional(amount: int, unit: TimeUnit, start: str, end: str) -> None:
    assert ends(amount, unit, start) == (end, True)


def test_it_ends_with_the_last_moment_of_the_day() -> None:
    found = due(limit(3, DAYS), moment("2026-11-23T10:00"), CALENDAR)

    assert found.at.isoformat() == "2026-11-26T15:59:59.999000+00:00"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    amount=st.integers(1, 60),
    unit=st.sampled_from([DAYS, WORKING_DAYS, MONTHS]),
)
def test_a_limit_ends_on_a_working_day_after_its_start_and_a_longer_one_never_earlier(minutes: int, amount: int, unit: TimeUnit) -> None:
    begun = moment("2026-01-01T00:00") + timedelta(minutes=minutes)
    shorter, longer = (due(limit(each, unit), begun, CALENDAR).at for each in (amount, amount + 1))

    assert CALENDAR.works(day_in_china(shorter))
    assert day_in_china(begun) < day_in_china(shorter) <= day_in_china(longer)
