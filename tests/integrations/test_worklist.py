"""The rows of the work queues in the real store: in their order, page by page, and right whoever was slower."""

from dataclasses import replace

import pytest

from domain.cases.queues import Wanted
from domain.cases.worklist import Work
from domain.catalogue.queues import WorkKind
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.worklist import WORK, MongoWork

QUEUE, OTHER = "department-guangxi-hrss", "department-guangxi-medical"
EVERYTHING = Wanted((QUEUE,), tuple(WorkKind))


def a_row(number: int, *, queue: str = QUEUE, item: str | None = "pension", kind: WorkKind = WorkKind.DECIDE) -> Work:
    return Work(queue, kind, f"case-zh8k{number:04}", item, f"1|2026-12-01|{number:04}")


@pytest.fixture
async def work(database: Database) -> MongoWork:
    await apply(database, [WORK])
    return MongoWork(database)


async def pages(work: MongoWork, wanted: Wanted, *, first: int) -> list[list[str]]:
    found, after = [], None
    while page := await work.page(wanted, first=first, after=after):
        found.append([row.case for row in page])
        after = page[-1].order
    return found


@pytest.mark.row("F50")
async def test_a_queue_is_read_in_its_order_page_by_page(work: MongoWork) -> None:
    await work.put([a_row(number) for number in (3, 1, 5, 2, 4)] + [a_row(9, queue=OTHER)], version=1)

    assert await pages(work, EVERYTHING, first=2) == [
        ["case-zh8k0001", "case-zh8k0002"],
        ["case-zh8k0003", "case-zh8k0004"],
        ["case-zh8k0005"],
    ]


async def test_only_the_kinds_and_the_items_that_are_wanted_are_read(work: MongoWork) -> None:
    rows = [a_row(1), a_row(2, item="deemed-years"), a_row(3, item=None, kind=WorkKind.FILL)]
    await work.put(rows, version=1)

    assert list(await work.page(replace(EVERYTHING, items=("pension",)), first=9, after=None)) == [rows[0], rows[2]]
    assert list(await work.page(replace(EVERYTHING, kinds=(WorkKind.DECIDE,)), first=9, after=None)) == rows[:2]


async def test_what_is_put_again_stays_as_it_is_until_it_is_settled(work: MongoWork) -> None:
    row, sooner = a_row(1), replace(a_row(1), order="0|first", kind=WorkKind.APPROVAL)
    await work.put([row], version=1)
    await work.put([sooner], version=2)
    assert list(await work.page(EVERYTHING, first=9, after=None)) == [row]

    await work.settle([sooner], version=2)
    await work.settle([row], version=1)  # by somebody slower

    assert list(await work.page(EVERYTHING, first=9, after=None)) == [sooner]


async def test_a_slower_process_takes_nothing_away_that_a_later_version_of_the_case_put_there(work: MongoWork) -> None:
    await work.put([a_row(1), a_row(2)], version=1)
    await work.put([a_row(1)], version=3)

    await work.remove([a_row(1), a_row(2)], version=2)

    assert [row.case for row in await work.page(EVERYTHING, first=9, after=None)] == ["case-zh8k0001"]
