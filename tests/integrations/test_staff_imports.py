"""Cases from a list of staff on real stores: broken off, sent again and sent twice at once, each row becomes one case."""

import asyncio
from dataclasses import replace
from itertools import count
from secrets import token_bytes

import pytest

from domain.cases.filing import Filings
from domain.cases.naming import CaseNames
from domain.employers.opening import OpenStaff, StaffDesk, StaffImport
from domain.words import Language
from integrations.mongo.cases import CASES
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.persons import PERSONS, MongoPersons
from integrations.mongo.staff_sheets import COLLECTIONS, MongoStaffSheets
from integrations.sealing import Sealing
from tests.capacities import Shelf, capacities
from tests.domain.cases.test_opening_desk import a_desk
from tests.memory import Clock
from tests.stored_cases import a_case_store
from tests.works import AGENT, ITEMS, POST, MemoryEmployers, MemoryLooks, Registers, a_row, a_sheet

REQUEST = "import-0123456789"
STAFF, LONG_ENOUGH = 70, 30.0
SHEET = a_sheet("staff-sheet-1", *(a_row(order) for order in range(STAFF)))


@pytest.fixture
async def desk(database: Database, sealing: Sealing) -> StaffDesk:
    await apply(database, (*COLLECTIONS, PERSONS))
    sheets, numbers = MongoStaffSheets(database, sealing), count(1)
    await sheets.add(SHEET)
    persons = MongoPersons(database, sealing, lambda: f"person-{next(numbers):012}")
    filings = Filings(capacities(Shelf(posts={POST.id: POST})))
    opening = replace(a_desk(await a_case_store(database, sealing, Clock())), names=CaseNames(token_bytes), filings=filings)
    return StaffDesk(sheets, MemoryEmployers(), Registers(), persons, opening, MemoryLooks())


async def imported(desk: StaffDesk) -> list[StaffImport]:
    """As an app does it: part after part."""
    parts = [await part(desk, after=0)]
    while parts[-1].waiting:
        parts.append(await part(desk, after=parts[-1].rows[-1].row.row))
    return parts


async def part(desk: StaffDesk, *, after: int) -> StaffImport:
    return await desk.open(REQUEST, OpenStaff(SHEET.id, ITEMS, after=after), by=AGENT, language=Language.ZH_HANS)


async def people_with_a_case(database: Database) -> list[str]:
    return sorted([case["person"] async for case in database[CASES.name].find({}, {"person": 1})])


async def test_a_long_list_is_opened_in_parts_and_two_who_open_it_at_once_get_the_same_cases(desk: StaffDesk, database: Database) -> None:
    one, other = await asyncio.gather(imported(desk), imported(desk))

    people = await people_with_a_case(database)
    assert [row.case and row.case.id for part in one for row in part.rows] == [
        row.case and row.case.id for part in other for row in part.rows
    ]
    assert sum(part.opened for part in one) == STAFF
    assert len(people) == len(set(people)) == STAFF


@pytest.mark.parametrize("enough", [1, 30, 55])
async def test_what_was_killed_on_the_way_is_finished_by_the_same_request(desk: StaffDesk, database: Database, enough: int) -> None:
    import_ = asyncio.create_task(imported(desk))
    await opened_at_least(database, enough)
    import_.cancel()
    await asyncio.gather(import_, return_exceptions=True)

    done = await imported(desk)

    people = await people_with_a_case(database)
    assert sum(part.opened for part in done) == STAFF
    assert len(people) == len(set(people)) == STAFF


async def opened_at_least(database: Database, enough: int) -> None:
    async with asyncio.timeout(LONG_ENOUGH):
        while await database[CASES.name].count_documents({}) < enough:
            continue
