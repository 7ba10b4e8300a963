"""Which cases the store shows to whom: what a mandate, an organisation or a department reaches, by one read that carries the filter."""

from dataclasses import replace

import pytest

from domain.access.reach import NOWHERE, Reach
from domain.cases.authority import covers
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.stores import CaseFilter
from integrations.mongo.cases import MongoCases
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG, a_submitted_case, an_opened_case, filled, somebody
from tests.memory import Clock
from tests.stored_cases import a_case_store

LI = somebody("person-lh8k2m4n6p8q")
STATION, OTHER = "org-guangxi-station", "org-guangxi-other"
PENSION, WHOLE = frozenset({"item-guangxi-pension"}), frozenset({"item-guangxi-pension", "item-guangxi-household-check"})
REACHES = [
    Reach(person=ZHANG.id),
    Reach(person=LI.id),
    Reach(person=ZHANG.id, items=PENSION),
    Reach(person=ZHANG.id, items=WHOLE),
    Reach(person=ZHANG.id, items=frozenset()),
    Reach(person=ZHANG.id, case="case-zh8k0001"),
    Reach(person=ZHANG.id, case="case-zh8k0009"),
    Reach(organisation=STATION),
    Reach(organisation=OTHER),
    Reach(organisation=NOWHERE),
]


@pytest.fixture
async def store(database: Database, sealing: Sealing) -> MongoCases:
    return await a_case_store(database, sealing, Clock())


@pytest.fixture
async def case(store: MongoCases) -> Case:
    opened = an_opened_case(items=("pension", "household-check"))
    return await store.add(replace(opened, filed_by=replace(opened.filed_by, organisation=STATION)), opening="opening-1")


@pytest.mark.row("F08", "F13")
@pytest.mark.parametrize("reach", REACHES, ids=range(len(REACHES)))
async def test_the_store_shows_what_the_reach_covers_and_nothing_else(store: MongoCases, case: Case, reach: Reach) -> None:
    expected = [case] if covers(reach, case) else []

    found = await store.one(case.id, reach=reach)
    assert ([found] if found else []) == expected
    assert list(await store.many([case.id], reach=reach)) == expected
    assert list((await store.page(reach, first=20, after=None, filter=CaseFilter())).cases) == expected


def test_some_of_these_reach_it_and_some_do_not() -> None:
    opened = an_opened_case(items=("pension", "household-check"))
    case = replace(opened, filed_by=replace(opened.filed_by, organisation=STATION))

    assert [covers(reach, case) for reach in REACHES] == [True, False, False, True, False, True, False, True, False, False]


async def test_a_department_reaches_what_was_submitted_to_it_in_its_region(store: MongoCases) -> None:
    draft = await store.add(an_opened_case(items=("pension",)), opening="opening-1")
    hrss = Reach(department="hrss", region="guangxi")
    assert await store.one(draft.id, reach=hrss) is None

    submitted = await store.save(replace(a_submitted_case(items=("pension",)), version=draft.version))

    assert await store.one(draft.id, reach=hrss) == submitted
    assert await store.one(draft.id, reach=replace(hrss, region="guyang")) is None
    assert await store.one(draft.id, reach=replace(hrss, department="police")) is None


@pytest.mark.row("F66")
@pytest.mark.parametrize("reach", [Reach(organisation=STATION), Reach(person=ZHANG.id, organisation=STATION), Reach(region="guangxi")])
async def test_what_the_law_alone_keeps_is_the_persons_to_see_and_nobodys_by_a_post(store: MongoCases, case: Case, reach: Reach) -> None:
    assert await store.one(case.id, reach=reach) == case

    locked = await store.save(replace(case, locked_at=MONDAY))

    assert locked
    assert (covers(reach, locked), await store.one(case.id, reach=reach)) == (False, None)
    assert await store.one(case.id, reach=Reach(person=ZHANG.id)) == locked


@pytest.mark.row("F10")
async def test_after_a_mandate_was_taken_back_what_was_read_before_is_not_saved(store: MongoCases) -> None:
    read = await store.add(an_opened_case(), opening="opening-1")

    await store.raise_revisions(ZHANG.id)

    assert await store.save(filled(read, AnswerGiven("email", value="a@b.cn"))) is None
    fresh = await store.one(read.id)
    assert fresh == read
    assert fresh.version == read.version + 1
    assert await store.save(filled(fresh, AnswerGiven("email", value="a@b.cn")))
