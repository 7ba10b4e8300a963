"""A year's notice on its way: from the operator's file through a real store into processes that run."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pymongo.errors import ConnectionFailure, WriteError

from api.calendars import follow, import_calendar
from api.children import CannotRun
from api.development import environment
from api.settings import Settings
from domain.days.calendar import CalendarStatus, CalendarYear
from domain.days.calendars import Calendars
from domain.days.counting import due
from domain.ports import NoAnswer
from integrations.calendar_files import shipped_years
from integrations.mongo.calendars import CALENDARS, MongoCalendars
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from tests.cases import guangxi

NOTICE = """
year = 2027
status = "official"
source = "an invented notice"
[off]
"元旦" = [2027-01-01, 2027-01-04]
[working]
"元旦" = [2027-01-09]
"""

Import = Callable[[str], "asyncio.Future[int]"]


@pytest.fixture
def settings(database: Database, mongo_url: str, tmp_path: Path) -> Settings:
    ports = {"store": 1, "valkey": 2, "mocks": 3, "worker": 4}
    made = Settings.from_environment(environment(tmp_path, port=5, ports=ports))
    return replace(made, mongo_url=mongo_url, mongo_database=database.name)


@pytest.fixture
def importing(settings: Settings, tmp_path: Path) -> Import:
    return lambda text: asyncio.to_thread(import_calendar, settings, written(tmp_path, text))


@pytest.fixture
async def running(database: Database) -> Calendars:
    """As a process has them that began before the import."""
    await apply(database, [CALENDARS])
    calendars = Calendars(shipped_years(), MongoCalendars(database))
    await calendars.refresh()
    return calendars


@dataclass
class Away:
    """A store that is away. `asked`: how often."""

    asked: int = 0

    async def years(self) -> Mapping[int, CalendarYear]:
        self.asked += 1
        raise ConnectionFailure("away")


async def followed_for_a_while(calendars: Calendars) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await follow(calendars, every=0.01)


def written(folder: Path, text: str) -> Path:
    file = folder / "2027.toml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_notice_takes_the_place_of_a_provisional_year(
    importing: Import, capsys: pytest.CaptureFixture[str], running: Calendars
) -> None:
    assert await importing(NOTICE) == 0

    told = "2027: 2 days off, 1 weekend days worked, official, in place of the provisional one"
    assert capsys.readouterr().out.strip() == told
    assert await running.imported.years() == {
        2027: CalendarYear(
            2027,
            CalendarStatus.OFFICIAL,
            "an invented notice",
            off={date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦"},
            working={date(2027, 1, 9): "元旦"},
        )
    }


async def test_a_process_that_runs_counts_by_it_and_what_was_provisional_is_final(importing: Import, running: Calendars) -> None:
    limit, start = guangxi().items["pension"].statutory_limit, datetime(2026, 12, 9, 2, tzinfo=UTC)
    assert limit
    before = due(limit, start, running.in_force)

    await importing(NOTICE)
    await running.refresh()

    after = due(limit, start, running.in_force)
    assert (before.at.date(), before.provisional) == (date(2027, 1, 7), True)
    assert (after.at.date(), after.provisional) == (date(2027, 1, 8), False)


async def test_an_api_process_reads_it_again_by_itself(importing: Import, running: Calendars) -> None:
    await importing(NOTICE)

    await followed_for_a_while(running)

    assert running.in_force.years[2027].official


async def test_while_the_store_is_away_a_process_counts_as_it_did() -> None:
    away = Away()
    running = Calendars(shipped_years(), away)

    await followed_for_a_while(running)

    assert away.asked > 1
    assert running.in_force.years == shipped_years()


async def test_a_calendar_that_is_the_same_is_kept_with_all_it_has_worked_out(running: Calendars) -> None:
    before = running.in_force

    await running.refresh()

    assert running.in_force is before


async def test_what_was_announced_is_not_replaced_by_a_guess(importing: Import, running: Calendars) -> None:
    await importing(NOTICE)

    with pytest.raises(CannotRun, match=r"2027 is official already, and this file is provisional\. Nothing was imported\."):
        await importing(NOTICE.replace("official", "provisional"))
    with pytest.raises(CannotRun, match="2026 is official already"):
        await importing('year = 2026\nstatus = "provisional"\nsource = "x"\n[off]\n"元旦" = [2026-01-01]\n')

    assert [year.status for year in (await running.imported.years()).values()] == [CalendarStatus.OFFICIAL]


async def test_a_later_notice_corrects_an_earlier_one(importing: Import, running: Calendars) -> None:
    await importing(NOTICE)
    await importing(NOTICE.replace(", 2027-01-04", ""))
    await running.refresh()

    assert running.in_force.works(date(2027, 1, 4))


async def test_a_year_that_nobody_knew_is_taken(importing: Import, capsys: pytest.CaptureFixture[str]) -> None:
    await importing('year = 2028\nstatus = "provisional"\nsource = "x"\n[off]\n"元旦" = [2028-01-01]\n')

    assert capsys.readouterr().out.strip() == "2028: 1 days off, 0 weekend days worked, provisional, where there was none"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year = ", "is not TOML"),
        (NOTICE.replace("2027-01-09", "2027-01-08"), "working.元旦 names 2027-01-08, which is worked anyway"),
        (NOTICE.replace("official", "certain"), "status must be 'official' or 'provisional'; it is 'certain'"),
    ],
)
async def test_a_file_that_is_wrong_is_told_and_nothing_is_imported(importing: Import, running: Calendars, text: str, told: str) -> None:
    with pytest.raises(CannotRun) as refused:
        await importing(text)

    assert told in str(refused.value)
    assert str(refused.value).endswith("Nothing was imported.")
    assert await running.imported.years() == {}


def test_a_file_that_is_not_there_is_told_to_be_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be read: No such file"):
        import_calendar(settings, tmp_path / "nowhere.toml")


async def test_without_a_store_nothing_is_imported_and_that_is_told(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer):
        await asyncio.to_thread(import_calendar, replace(settings, mongo_url="mongodb://127.0.0.1:1"), written(tmp_path, NOTICE))


@pytest.mark.parametrize("wrong", [{"year": "2027"}, {"status": "maybe"}, {"off": "x"}, {"more": 1}])
async def test_the_store_itself_refuses_what_is_no_calendar(database: Database, running: Calendars, wrong: dict[str, object]) -> None:
    good = {"year": 2029, "status": "official", "source": "x", "off": [], "working": [], "imported_at": datetime(2026, 11, 5, tzinfo=UTC)}

    with pytest.raises(WriteError):
        await database[CALENDARS.name].insert_one({**good, **wrong})


async def test_of_two_imports_at_once_the_official_one_stays(running: Calendars, database: Database) -> None:
    """Each has read the calendar before the other wrote."""
    kept = MongoCalendars(database)
    announced = CalendarYear(2027, CalendarStatus.OFFICIAL, "a notice", {date(2027, 1, 1): "元旦"}, {})
    guessed = replace(announced, status=CalendarStatus.PROVISIONAL)

    assert await kept.keep(announced, at=datetime(2026, 11, 23, tzinfo=UTC))
    assert not await kept.keep(guessed, at=datetime(2026, 11, 23, tzinfo=UTC))
    assert (await kept.years())[2027] == announced
