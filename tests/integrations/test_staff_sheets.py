"""Lists of staff at rest: sealed, the employer's alone, and one for each request."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.employers.sheet import PostCategory
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.staff_sheets import COLLECTIONS, STAFF_SHEETS, MongoStaffSheets
from integrations.sealing import Sealing
from tests.cases import MONDAY
from tests.staff_sheets import a_number
from tests.works import FACTORY, MILL, a_row, a_sheet, an_import


@pytest.fixture
async def sheets(database: Database, sealing: Sealing) -> MongoStaffSheets:
    await apply(database, COLLECTIONS)
    return MongoStaffSheets(database, sealing)


SHEET = a_sheet(
    "staff-sheet-1", a_row(0), a_row(1, mobile="13900000001", post_category=PostCategory.ORDINARY, retirement_date=date(2027, 3, 31))
)


async def test_a_list_comes_back_as_it_was_kept(sheets: MongoStaffSheets) -> None:
    assert await sheets.add(SHEET) == SHEET
    assert await sheets.one(SHEET.id, organisation=FACTORY.id) == SHEET


async def test_another_employers_list_is_not_there(sheets: MongoStaffSheets) -> None:
    await sheets.add(SHEET)

    assert await sheets.one(SHEET.id, organisation=MILL.id) is None


async def test_of_one_request_many_times_at_once_one_list_is_kept(sheets: MongoStaffSheets) -> None:
    kept = await asyncio.gather(*(sheets.add(replace(SHEET, id=f"staff-sheet-{number}")) for number in range(20)))

    assert len({sheet.id for sheet in kept}) == 1


async def test_nobody_can_be_read_in_the_store(sheets: MongoStaffSheets, database: Database) -> None:
    await sheets.add(SHEET)

    stored = repr(await database[STAFF_SHEETS.name].find_one({"organisation": FACTORY.id}))

    assert not [part for part in (a_number(0), a_number(1), "职工", "13900000001") if part in stored]


async def test_a_request_means_what_it_meant_at_first(sheets: MongoStaffSheets) -> None:
    first = an_import("request-0123456789")

    assert await sheets.begun(first, at=MONDAY) == first
    assert await sheets.begun(replace(first, fingerprint="other"), at=MONDAY) == first
    assert await sheets.begun(replace(first, by="person-2"), at=MONDAY) == replace(first, by="person-2")
