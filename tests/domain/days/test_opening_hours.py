"""Is it open now? By the regular hours, by three kinds of extension, around weekends and holidays (A48)."""

from datetime import datetime, time

import pytest

from domain.clock import CHINA
from domain.days.calendar import Calendar
from domain.days.opening_hours import Extension, Opening, OpeningHours, Span, faults_in, opening
from integrations.calendar_files import shipped_years

CALENDAR = Calendar(shipped_years())


def span(opens: str, closes: str) -> Span:
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


REGULAR = (span("09:00", "12:00"), span("13:30", "17:00"))
PLAIN = OpeningHours(REGULAR)
EXTENDED = OpeningHours(
    REGULAR,
    {
        Extension.EARLY_AND_LATE: (span("07:30", "09:00"), span("17:00", "19:00")),
        Extension.MIDDAY: (span("12:00", "13:30"),),
        Extension.SATURDAY: (span("09:00", "12:00"),),
    },
)
SELF_SERVICE = OpeningHours(always=True)


def at(hours: OpeningHours, moment: str) -> tuple[bool, Extension | None]:
    found = opening(hours, datetime.fromisoformat(moment).replace(tzinfo=CHINA), CALENDAR)
    return found.open, found.by


@pytest.mark.row("A48")
@pytest.mark.parametrize(
    ("moment", "plain", "extended"),
    [
        ("2026-11-25T07:50", False, (True, Extension.EARLY_AND_LATE)),
        ("2026-11-25T12:30", False, (True, Extension.MIDDAY)),
        ("2026-11-28T10:00", False, (True, Extension.SATURDAY)),
        ("2026-11-25T10:00", True, (True, None)),
        ("2026-11-25T18:59", False, (True, Extension.EARLY_AND_LATE)),
        ("2026-11-25T19:00", False, (False, None)),
        ("2026-11-25T07:29", False, (False, None)),
        ("2026-11-28T13:00", False, (False, None)),
        ("2026-11-29T10:00", False, (False, None)),  # a Sunday
        ("2026-10-10T13:45", True, (True, None)),  # a Saturday that is worked
        ("2026-10-10T07:50", False, (True, Extension.EARLY_AND_LATE)),
        ("2026-10-03T10:00", False, (False, None)),  # a Saturday of the National Day's week
        ("2026-10-07T10:00", False, (False, None)),  # a Wednesday of it
    ],
)
def test_it_is_open_by_the_hours_of_the_day(moment: str, plain: bool, extended: tuple[bool, Extension | None]) -> None:
    assert at(PLAIN, moment) == (plain, None)
    assert at(EXTENDED, moment) == extended


@pytest.mark.row("A48")
@pytest.mark.parametrize("moment", ["2026-11-25T03:00", "2026-10-01T00:00", "2026-11-29T23:59"])
def test_a_self_service_area_is_always_open(moment: str) -> None:
    assert at(SELF_SERVICE, moment) == (True, None)


def test_the_clock_is_that_of_china() -> None:
    assert opening(PLAIN, datetime.fromisoformat("2026-11-25T01:30:00+00:00"), CALENDAR) == Opening(open=True)


def test_in_a_year_that_is_not_announced_it_is_provisional() -> None:
    assert opening(PLAIN, datetime(2027, 3, 1, 10, tzinfo=CHINA), CALENDAR) == Opening(open=True, provisional=True)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (OpeningHours(), [("hours", "is never open")]),
        (OpeningHours((span("12:00", "09:00"),)), [("hours.regular", "closes at 09:00, before it opens")]),
        (
            OpeningHours(extended={Extension.MIDDAY: (span("12:00", "13:00"), span("12:30", "13:30"))}),
            [("hours.extended.MIDDAY", "opens at 12:30 before it has closed")],
        ),
        (EXTENDED, []),
        (SELF_SERVICE, []),
    ],
)
def test_hours_that_cannot_be_are_named(hours: OpeningHours, told: list[tuple[str, str]]) -> None:
    assert list(faults_in(hours)) == told
