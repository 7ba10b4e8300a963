"""Many at once, in a real store: races that end there, pages that stay in order, and what operators ask of all cases."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.access.reach import Reach
from domain.cases.filling import AnswerGiven
from domain.cases.parts import CaseStatus, Turn
from domain.cases.stores import CaseFilter, SlotTaken
from integrations.mongo.cases import CASES, MongoCases
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import (
    MONDAY,
    RETIRED,
    ZHANG,
    a_complete_case,
    a_submitted_case,
    acting,
    an_opened_case,
    filled,
    guangxi,
    somebody,
    submitted,
)
from tests.memory import Clock
from tests.progress import a_finished_case, decided, department_says, notified, withdrawn
from tests.stored_cases import a_case_store, numbered

LI = somebody("person-li2m4n6p8q0r")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database: Database, sealing: Sealing, clock: Clock) -> MongoCases:
    return await a_case_store(database, sealing, clock)


async def refused(attempt: Callable[[], object]) -> bool:
    try:
        await attempt()
    except SlotTaken:
        return True
    return False


# ---------------------------------------------------------------- races


@pytest.mark.row("F39")
async def test_of_fifty_drafts_of_one_person_at_once_one_is_kept(store: MongoCases) -> None:
    case = an_opened_case()

    taken = await asyncio.gather(
        *(refused(lambda n=n: store.add(replace(case, id=f"case-zh8k{n:04}"), opening=f"opening-{n}")) for n in range(50))
    )

    assert taken.count(False) == 1
    assert len((await store.page(Reach(person=ZHANG.id), first=50, after=None, filter=CaseFilter())).cases) == 1


@pytest.mark.row("F38")
async def test_of_fifty_of_one_request_at_once_one_is_kept_whoever_the_filer_is(store: MongoCases) -> None:
    """Each of another filer, so that only the request is the same."""
    case = an_opened_case()
    drafts = [replace(case, id=f"case-zh8k{n:04}", filed_by=replace(case.filed_by, person=f"person-{n}")) for n in range(50)]

    taken = await asyncio.gather(*(refused(lambda draft=draft: store.add(draft, opening="opening-1")) for draft in drafts))

    assert taken.count(False) == 1


@pytest.mark.row("F39")
async def test_of_several_drafts_only_one_becomes_the_open_case(store: MongoCases) -> None:
    complete = a_complete_case(items=("household-check",))
    drafts = [
        await store.add(
            replace(complete, id=f"case-zh8k{n:04}", filed_by=replace(complete.filed_by, person=f"person-{n}")), opening=f"opening-{n}"
        )
        for n in range(10)
    ]

    taken = await asyncio.gather(*(refused(lambda draft=draft: store.save(submitted(draft))) for draft in drafts))

    assert taken.count(False) == 1
    winner = await store.standing(ZHANG.id, filer=None)
    await store.save(withdrawn(winner))
    other = await store.one(next(draft.id for draft in drafts if draft.id != winner.id))
    assert (await store.save(submitted(other))).status is CaseStatus.SUBMITTED


@pytest.mark.row("F41")
async def test_a_public_number_is_given_once(store: MongoCases) -> None:
    given = await asyncio.gather(*(store.reserve_number("ZB2026112300000017", case=f"case-{n}") for n in range(20)))

    assert given.count(True) == 1


# ---------------------------------------------------------------- pages


async def a_row_of(store: MongoCases, count: int) -> list[str]:
    """Finished cases, some opened in the same millisecond; their ids, newest first."""
    done = notified(a_finished_case())
    cases = [replace(done, id=f"case-zh8k{n:04}", opened_at=MONDAY + timedelta(hours=n // 3)) for n in range(count)]
    for case in cases:
        await store.add(case, opening=case.id)
    return [case.id for case in sorted(cases, key=lambda case: (case.opened_at, case.id), reverse=True)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
async def test_pages_bring_every_case_once_newest_first(store: MongoCases, size: int) -> None:
    ids, found, after = await a_row_of(store, 8), [], None
    while True:
        page = await store.page(Reach(person=ZHANG.id), first=size, after=after, filter=CaseFilter())
        found += [case.id for case in page.cases]
        assert page.later is (after is not None)
        if not page.more:
            break
        after = found[-1]

    assert found == ids


async def test_a_case_opened_meanwhile_moves_no_page(store: MongoCases) -> None:
    ids = await a_row_of(store, 6)
    first = await store.page(Reach(person=ZHANG.id), first=3, after=None, filter=CaseFilter())
    await store.add(replace(an_opened_case(), id="case-zh8knew1", opened_at=MONDAY + timedelta(days=9)), opening="new")

    second = await store.page(Reach(person=ZHANG.id), first=3, after=first.cases[-1].id, filter=CaseFilter())

    assert [case.id for case in (*first.cases, *second.cases)] == ids


async def test_a_list_is_filtered_by_state_turn_region_and_change(store: MongoCases, clock: Clock) -> None:
    await store.add(numbered(notified(a_finished_case()), 1), opening="opening-1")
    clock.at += timedelta(minutes=1)
    await store.add(numbered(an_opened_case(), 2), opening="opening-2")

    async def found(filter: CaseFilter) -> list[str]:
        return [case.id[-1] for case in (await store.page(Reach(person=ZHANG.id), first=20, after=None, filter=filter)).cases]

    assert await found(CaseFilter(statuses=(CaseStatus.DRAFT, CaseStatus.SUBMITTED))) == ["2"]
    assert await found(CaseFilter(turn=Turn.OVER)) == ["1"]
    assert await found(CaseFilter(region="guangxi", updated_since=clock.at)) == ["2"]
    assert await found(CaseFilter(region="elsewhere")) == []


# ---------------------------------------------------------------- for operators and other processes


async def test_the_backlog_of_a_department_is_its_own_items_and_the_oldest_of_those(store: MongoCases) -> None:
    """One case waits for the police since longer than any for the medical insurance."""
    old = numbered(a_submitted_case(), 1)
    for item in ("normal-retirement", "deemed-years"):
        old = department_says(old, item, decided(), 500)
    recent = replace(numbered(a_submitted_case(items=("medical-transfer",), answers=RETIRED), 2, person=LI), opened_at=MONDAY)
    await store.add(old, opening="opening-1")
    await store.add(recent, opening="opening-2")

    assert await store.backlog("police") == (1, MONDAY + timedelta(seconds=20))
    assert await store.backlog("medical") == (2, MONDAY + timedelta(seconds=20))
    assert await store.backlog("hrss") == (1, MONDAY + timedelta(seconds=500))
    assert await store.backlog("nobody") == (0, None)


async def test_the_catalogue_versions_of_cases_that_are_not_over_are_known(store: MongoCases) -> None:
    await store.add(an_opened_case(), opening="opening-1")
    await store.add(numbered(replace(a_submitted_case(), catalogue_version="older"), 2, person=LI), opening="opening-2")
    await store.add(numbered(replace(notified(a_finished_case()), catalogue_version="oldest"), 3), opening="opening-3")

    assert sorted(await store.versions_in_use()) == sorted([("guangxi", guangxi().version), ("guangxi", "older")])


async def test_what_was_saved_since_a_moment_is_known_by_id_and_a_lease_is_no_change(
    store: MongoCases, clock: Clock, database: Database
) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")
    await database[CASES.name].update_one({"_id": case.id}, {"$set": {"lease": {"owner": "worker-1", "until": MONDAY}}})

    assert list(await store.touched_since(MONDAY)) == []
    clock.at += timedelta(seconds=1)
    await store.save(filled(case, AnswerGiven("email", value="a@b.cn"), by=acting()))
    assert list(await store.touched_since(MONDAY)) == [case.id]
