"""Cases at rest, in a real store: what is read equals what was kept, races end there, and nobody reads more than their own."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import bson
import pytest

from domain.access.reach import Reach
from domain.cases.case import Case
from domain.cases.errands import next_due
from domain.cases.filling import AnswerGiven
from domain.cases.stores import CaseFilter, Lease, LeaseLost
from domain.ports import ItemOutcome
from integrations.mongo.cases import CASE_NUMBERS, CASES, MongoCases
from integrations.mongo.database import Database
from integrations.sealing import CannotOpen, Sealing
from tests.cases import (
    ACCOUNT,
    LICENCES,
    MONDAY,
    ZHANG,
    a_prefilled_case,
    a_submitted_case,
    an_opened_case,
    filled,
    somebody,
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


# ---------------------------------------------------------------- kept and read


@pytest.mark.row("B08")
@pytest.mark.parametrize(
    "made",
    [
        an_opened_case,
        a_prefilled_case,
        lambda: filled(a_prefilled_case(), AnswerGiven("email", value="a@b.cn")),
        lambda: withdrawn(a_submitted_case()),
        a_finished_case,
    ],
    ids=["opened", "prefilled", "with autosaves", "withdrawn", "finished"],
)
async def test_a_case_that_is_read_equals_the_one_that_was_kept(store: MongoCases, made: Callable[[], Case]) -> None:
    kept = await store.add(made(), opening="opening-1")

    read = await store.one(kept.id)

    assert (read, read.version, list(read.private.answers)) == (made(), 1, list(made().private.answers))


async def test_nothing_personal_can_be_read_in_the_store(store: MongoCases, database: Database) -> None:
    case = department_says(a_submitted_case(), "household-check", decided(ItemOutcome.FOUND, text="地址相符", reasons=("丙路1号",)))
    await store.add(withdrawn(case), opening="opening-1")

    stored = b"".join([bson.encode(document) for name in (CASES.name, CASE_NUMBERS.name) async for document in database[name].find()])

    values = {value for licence in LICENCES.values() for value in licence.values() if len(value) > 4}
    personal = {ZHANG.name, ZHANG.document_number, ACCOUNT, "13900000001", "丙路", "想晚点再退休", "地址相符", *values}
    assert [value for value in personal if value.encode() in stored] == []


async def test_a_sealed_part_moved_to_another_case_does_not_open(store: MongoCases, database: Database) -> None:
    await store.add(an_opened_case(), opening="opening-1")
    other = await store.add(numbered(an_opened_case(), 2, person=LI), opening="opening-2")
    stolen = await database[CASES.name].find_one({"_id": an_opened_case().id})
    await database[CASES.name].update_one({"_id": other.id}, {"$set": {"sealed": stolen["sealed"]}})

    with pytest.raises(CannotOpen):
        await store.one(other.id)


async def test_somebody_elses_case_is_not_there(store: MongoCases) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    assert await store.one(case.id, reach=Reach(person=LI.id)) is None
    assert list(await store.many([case.id], reach=Reach(person=LI.id))) == []
    assert await store.opened_by("opening-1", person=LI.id) is None
    assert await store.standing(LI.id, filer=ZHANG.id) is None
    assert (await store.page(Reach(person=LI.id), first=20, after=None, filter=CaseFilter())).cases == []


async def test_a_case_is_found_by_its_id_alone_in_its_persons_shard(store: MongoCases, database: Database) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    assert await store.one(case.id) == case
    await database[CASES.name].update_one({"_id": case.id}, {"$set": {"person": "person-xx00"}})
    assert await store.one(case.id) is None
    assert await store.one("nonsense") is None


async def test_a_case_is_found_by_the_request_that_opened_it_and_where_it_stands(store: MongoCases) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    assert await store.opened_by("opening-1", person=ZHANG.id) == case
    assert await store.opened_by("opening-2", person=ZHANG.id) is None
    assert await store.standing(ZHANG.id, filer=ZHANG.id) == case
    assert await store.standing(ZHANG.id, filer=None) is None
    assert await store.standing(ZHANG.id, filer=LI.id) is None


async def test_a_large_case_is_kept_and_told_to_operators(store: MongoCases, capsys: pytest.CaptureFixture[str]) -> None:
    case = an_opened_case()
    large = replace(case, history=case.history * 1_500)

    await store.add(large, opening="opening-1")

    assert len((await store.one(large.id)).history) == 1_500 * len(case.history)
    told = capsys.readouterr().out
    assert "a case grows large" in told
    assert ZHANG.name not in told


# ---------------------------------------------------------------- saved


async def test_a_save_on_what_was_read_is_the_next_version(store: MongoCases) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    saved = await store.save(filled(case, AnswerGiven("email", value="a@b.cn")))

    assert (saved.version, await store.one(case.id)) == (2, saved)


async def test_a_save_that_was_overtaken_misses_and_changes_nothing(store: MongoCases) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")
    first = await store.save(filled(case, AnswerGiven("email", value="a@b.cn")))

    assert await store.save(filled(case, AnswerGiven("email", value="c@d.cn"), mark="late")) is None
    assert await store.one(case.id) == first


async def test_of_fifty_saves_on_one_reading_one_is_kept(store: MongoCases) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    saves = await asyncio.gather(*(store.save(filled(case, AnswerGiven("email", value=f"{n}@b.cn"), mark=f"fill-{n}")) for n in range(50)))

    (kept,) = [save for save in saves if save]
    assert await store.one(case.id) == kept


async def test_a_save_without_its_lease_is_told_and_changes_nothing(store: MongoCases, database: Database) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")
    await database[CASES.name].update_one({"_id": case.id}, {"$set": {"lease": {"owner": "worker-1", "until": MONDAY}}})
    changed = filled(case, AnswerGiven("email", value="a@b.cn"))

    with pytest.raises(LeaseLost):
        await store.save(changed, lease=Lease(case.id, "worker-2", MONDAY))

    assert await store.one(case.id) == case
    saved = await store.save(changed, lease=Lease(case.id, "worker-1", MONDAY))
    assert (saved, saved.version) == (changed, 2)
    assert await store.save(changed, lease=Lease(case.id, "worker-1", MONDAY)) is None


async def test_a_save_never_touches_the_lease(store: MongoCases, database: Database) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")
    held = {"owner": "worker-1", "until": MONDAY}
    await database[CASES.name].update_one({"_id": case.id}, {"$set": {"lease": held}})

    await store.save(filled(case, AnswerGiven("email", value="a@b.cn")))

    assert (await database[CASES.name].find_one({"_id": case.id}))["lease"] == held


@pytest.mark.row("B13")
async def test_when_it_is_next_due_and_whom_it_waits_for_is_kept_beside_the_case(store: MongoCases, database: Database) -> None:
    case = await store.add(an_opened_case(), opening="opening-1")

    async def beside() -> tuple[datetime | None, list[str], str, str]:
        found = await database[CASES.name].find_one({"_id": case.id})
        return found["next_due"], [one["item"] for one in found["awaiting"]], found["status"], found["turn"]

    assert await beside() == (next_due(case), [], "DRAFT", "YOURS")
    stage = await store.save(replace(a_submitted_case(items=("pension",)), version=1))
    assert await beside() == (next_due(stage), ["pension"], "SUBMITTED", "OURS")
    done = await store.save(replace(notified(a_finished_case()), version=2))
    assert await beside() == (done.erase_at, [], "DONE", "OVER")
