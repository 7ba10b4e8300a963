"""Deadlines of cases: when each clock begins, when it ends, and what becomes of it when a year's days off are announced."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.case import Case
from domain.cases.clocks import EVENTS, Deadline, case_deadline, deadline
from domain.cases.reading import ItemInCase, items_of
from domain.catalogue.types import Catalogue
from domain.clock import CHINA
from domain.days.calendar import Calendar, CalendarStatus, CalendarYear
from domain.ports import Decided, ItemOutcome, Working
from integrations.calendar_files import shipped_years
from tests.cases import ALL_ITEMS, MONDAY, a_complete_case, a_submitted_case, acting, guangxi, loaded, submitted
from tests.progress import a_finished_case, department_says, granted, refused, withdrawn

CALENDAR = Calendar(shipped_years())
HERE = ("pension", "medical-transfer")
"""Items that guangxi and ejin-horo both have."""


def item(case: Case, code: str, catalogue: Catalogue | None = None) -> ItemInCase:
    return ItemInCase(case, catalogue or guangxi(), case.item(code))


def statutory(case: Case, code: str, *, now: datetime = MONDAY, calendar: Calendar = CALENDAR) -> Deadline | None:
    one = item(case, code)
    return deadline(one, one.offered.statutory_limit, calendar, now=now)


def there(region: str) -> Catalogue:
    return loaded().catalogues.in_force(region)


def promised(case: Case, code: str, region: str = "ejin-horo", *, now: datetime = MONDAY) -> Deadline | None:
    """As if the case had been filed there."""
    one = item(case, code, there(region))
    return deadline(one, one.offered.promise, CALENDAR, now=now)


def in_china(found: Deadline | None) -> str | None:
    return found.at.astimezone(CHINA).isoformat(" ", "minutes").removesuffix("+08:00") if found and found.at else None


def seconds_until(moment: datetime) -> float:
    return (moment - MONDAY).total_seconds()


def filed_at(moment: datetime) -> Case:
    return submitted(a_complete_case(items=HERE), seconds=seconds_until(moment), by=replace(acting(), proved_at=moment))


def test_every_event_that_a_catalogue_names_can_start_a_clock() -> None:
    catalogues = loaded().catalogues.built.catalogues.values()
    limits = [limit for one in catalogues for it in one.items.values() for limit in (it.statutory_limit, it.promise) if limit]

    assert {limit.start_event for limit in limits} <= EVENTS.keys()


# ---------------------------------------------------------------- when a clock begins


def test_nothing_has_a_deadline_before_it_is_submitted() -> None:
    case = a_complete_case()

    assert [statutory(case, code) for code in ALL_ITEMS] == [None] * len(ALL_ITEMS)
    assert case_deadline(case, items_of(case, guangxi()), CALENDAR, now=MONDAY) is None


@pytest.mark.row("F45")
def test_an_item_that_waits_for_nobody_is_accepted_with_the_submission() -> None:
    case = a_submitted_case(items=HERE)

    found = statutory(case, "pension")
    assert found
    assert (in_china(found), found.limit.amount, found.overdue, found.provisional) == ("2026-12-21 23:59", 20, False, False)
    assert found.limit.unit == "WORKING_DAYS"
    assert promised(case, "pension", "guangxi") is None


def test_an_item_that_waits_is_accepted_when_it_need_not_any_more() -> None:
    case = a_submitted_case(items=("pension", "housing-fund-withdrawal"))
    later = department_says(case, "pension", granted(), seconds_until(datetime(2026, 12, 4, 2, tzinfo=UTC)))

    assert statutory(case, "housing-fund-withdrawal") is None
    assert in_china(statutory(later, "housing-fund-withdrawal")) == "2026-12-07 23:59"


@pytest.mark.row("A17")
def test_a_case_filed_at_two_on_a_sunday_is_there_and_its_working_days_begin_on_monday() -> None:
    sunday = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
    case = filed_at(sunday)

    assert case.submitted_at == sunday
    assert in_china(statutory(case, "pension")) == "2026-12-25 23:59"


@pytest.mark.row("A41")
@pytest.mark.parametrize(
    ("friday", "end"),
    [
        (datetime(2026, 11, 27, 7, tzinfo=UTC), "2026-12-04 23:59"),
        (datetime(2026, 12, 25, 7, tzinfo=UTC), "2027-01-04 23:59"),  # 1 January is off
    ],
)
def test_the_medical_item_has_five_working_days_from_the_calculation_and_not_from_filing(friday: datetime, end: str) -> None:
    case = a_submitted_case(items=HERE)
    calculated = department_says(case, "pension", Decided(2, ItemOutcome.GRANTED, friday, "", ()), seconds_until(friday))

    assert promised(case, "medical-transfer") is None
    assert in_china(promised(calculated, "medical-transfer")) == end


def test_a_pension_that_is_refused_was_not_calculated() -> None:
    assert promised(department_says(a_submitted_case(items=HERE), "pension", refused()), "medical-transfer") is None


@pytest.mark.row("F45")
def test_a_promise_in_hours_runs_from_the_hand_off_to_the_minute() -> None:
    catalogue, waiting = there("ejin-horo"), a_submitted_case(items=("household-check",))
    checks = [code for code, offered in catalogue.items.items() if offered.promise and offered.promise.unit == "HOURS"]
    limit = catalogue.items[checks[0]].promise
    received = department_says(waiting, "household-check", Working(1), seconds=100)

    assert deadline(item(waiting, "household-check"), limit, CALENDAR, now=MONDAY) is None
    found = deadline(item(received, "household-check"), limit, CALENDAR, now=MONDAY + timedelta(hours=2))
    assert found
    assert (found.at, found.overdue) == (MONDAY + timedelta(hours=2, seconds=100), False)


# ---------------------------------------------------------------- when it has ended


def test_it_is_overdue_once_its_last_day_is_over() -> None:
    case = a_submitted_case(items=HERE)
    last = datetime(2026, 12, 21, 23, 59, 59, 999_000, tzinfo=CHINA)

    looks = [statutory(case, "pension", now=now) for now in (last, last + timedelta(milliseconds=1))]
    assert [found.overdue for found in looks if found] == [False, True]


def test_what_was_decided_in_time_stays_in_time() -> None:
    found = statutory(department_says(a_submitted_case(items=HERE), "pension", granted()), "pension", now=MONDAY + timedelta(days=365))

    assert found
    assert (in_china(found), found.overdue) == ("2026-12-21 23:59", False)


def test_what_was_decided_late_stays_late() -> None:
    late = datetime(2026, 12, 22, 1, tzinfo=UTC)
    case = department_says(a_submitted_case(items=HERE), "pension", Decided(2, ItemOutcome.GRANTED, late, "", ()), seconds_until(late))

    found = statutory(case, "pension", now=late)
    assert found
    assert found.overdue


def test_nobody_is_late_for_what_was_withdrawn() -> None:
    case = withdrawn(a_submitted_case(items=HERE))

    assert statutory(case, "pension") is None


# ---------------------------------------------------------------- of the whole case


@pytest.mark.row("F45")
def test_a_case_ends_with_the_last_of_its_open_items() -> None:
    case = a_submitted_case(items=HERE)
    items = items_of(case, guangxi())

    assert in_china(case_deadline(case, items, CALENDAR, now=MONDAY)) == "2026-12-21 23:59"


def test_a_promise_counts_for_the_case_where_there_is_one() -> None:
    case = a_submitted_case(items=("pension", "housing-fund-withdrawal"))
    found = case_deadline(case, items_of(case, there("anhui-city")), CALENDAR, now=MONDAY)

    assert found
    assert (found.limit.amount, found.limit.unit, in_china(found)) == (15, "DAYS", "2026-12-08 23:59")


def test_a_case_that_is_over_has_none() -> None:
    case = a_finished_case()

    assert case.over
    assert case_deadline(case, items_of(case, guangxi()), CALENDAR, now=MONDAY) is None


# ---------------------------------------------------------------- when the year is announced


def test_a_deadline_that_crosses_an_unannounced_year_is_counted_again_when_the_notice_comes() -> None:
    case = filed_at(datetime(2026, 12, 9, 2, tzinfo=UTC))
    off = {datetime(2027, 1, day, tzinfo=UTC).date(): "元旦" for day in (1, 4)}
    announced = Calendar({**shipped_years(), 2027: CalendarYear(2027, CalendarStatus.OFFICIAL, "a notice", off, {})})

    before, after = (statutory(case, "pension", calendar=calendar) for calendar in (CALENDAR, announced))
    assert before
    assert after
    assert (in_china(before), before.provisional) == ("2027-01-07 23:59", True)
    assert (in_china(after), after.provisional) == ("2027-01-08 23:59", False)
