"""No query without an index: every one that the stores ask is recorded on the wire and explained on the embedded store.

Its explain knows an index only where that answers the whole filter; it uses one all the same for what the index can answer. So what is
explained is the part that an index answers, and that must be hardly more than the answer. And a range without a lower end over a field
that may be null reads every document in which it is (seen: 370 ms instead of 1.5 at 3,000 documents), which explain does not tell.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from api.collections import COLLECTIONS
from domain.ports import Working
from integrations.mongo.cases import CASES
from integrations.mongo.collections import Collection, apply
from integrations.mongo.database import Database
from integrations.mongo.database import database as database_of
from integrations.mongo.leases import Leases
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG, a_submitted_case, an_opened_case
from tests.integrations.asking_everything import everything
from tests.memory import Clock
from tests.progress import department_says, notified
from tests.queries import Filter, Recorder, called, functions_that_ask
from tests.stored_cases import a_case_store, numbered

HARDLY_MORE = 6
"""So many documents may be read beside those that are the answer: a person's other cases, what others hold a lease of."""


@dataclass
class Asked:
    database: Database
    queries: list[tuple[str, Filter]]
    ran: set[str]


@asynccontextmanager
async def recorded(mongo_url: str) -> AsyncIterator[tuple[Database, Recorder]]:
    """A database of its own with all collections, and what it will have been asked."""
    recorder = Recorder()
    with closing(AsyncIOMotorClient(mongo_url, tz_aware=True, event_listeners=[recorder])) as client:
        database = database_of(client, f"test_{uuid4().hex}")
        await apply(database, COLLECTIONS)
        recorder.asked.clear()
        yield database, recorder
        await client.drop_database(database.name)


@pytest.fixture(scope="module")
async def asked(mongo_url: str, sealing: Sealing, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Asked]:
    async with recorded(mongo_url) as (database, recorder):
        with called() as ran:
            await everything(database, sealing, tmp_path_factory.mktemp("keys"))
        yield Asked(database, list(recorder.asked.values()), ran)


def parts_that_an_index_answers(wanted: Filter, indexes: Mapping[str, Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """Equalities over the first keys of an index, and then a range; the longest first."""
    parts = []
    for index in indexes.values():
        part: dict[str, object] = {}
        for key, _ in index["key"]:
            if key not in wanted:
                break
            part[key] = wanted[key]
            if isinstance(wanted[key], dict):
                break
        parts.append(part)
    return iter(sorted(filter(None, parts), key=len, reverse=True))


async def explained(database: Database, collection: str, wanted: Filter) -> tuple[bool, int]:
    """(whether an index is used, documents examined)."""
    told = await database.command({"explain": {"find": collection, "filter": wanted}, "verbosity": "executionStats"})
    return "COLLSCAN" not in str(told["queryPlanner"]["winningPlan"]), told["executionStats"]["totalDocsExamined"]


async def read_for(database: Database, collection: str, wanted: Filter) -> int | None:
    """How many documents an index leads to for this query; None: none does. One of one id is asked for by that."""
    if isinstance(wanted.get("_id"), str):
        return (await explained(database, collection, {"_id": wanted["_id"]}))[1]
    indexes = await database[collection].index_information()
    for part in parts_that_an_index_answers(wanted, indexes):
        indexed, examined = await explained(database, collection, part)
        if indexed:
            return examined
    return None


def walks_through(wanted: Filter) -> bool:
    """`rotate-keys` and nobody else: in batches by `_id`, of which MongoDB always has an index; the embedded store has none."""
    return wanted.keys() == {"_id"} and isinstance(wanted["_id"], dict) and wanted["_id"].keys() == {"$gt"}


@pytest.mark.row("B13")
async def test_every_query_reads_by_an_index_what_it_answers_and_hardly_more(asked: Asked) -> None:
    slow = []
    for collection, wanted in asked.queries:
        if walks_through(wanted):
            continue
        read = await read_for(asked.database, collection, wanted)
        if wanted and (read is None or read > await asked.database[collection].count_documents(wanted) + HARDLY_MORE):
            slow.append((collection, dict(wanted), read))

    assert slow == []


@pytest.mark.row("B13")
async def test_the_due_scan_reads_what_is_due_whatever_the_number_of_open_cases(mongo_url: str, sealing: Sealing) -> None:
    clock, read = Clock(MONDAY + timedelta(minutes=2)), []
    later = notified(department_says(a_submitted_case(items=("pension",)), "pension", Working(1)))
    async with recorded(mongo_url) as (database, recorder):
        store = await a_case_store(database, sealing, clock)
        due = await store.add(an_opened_case(), opening="opening-due")
        for number in range(1, 251):
            await store.add(numbered(later, number, person=replace(ZHANG, id=f"person-{number:04}")), opening=f"opening-{number}")
            if number in (25, 250):
                recorder.asked.clear()
                assert await Leases(database, CASES.name, "worker-1", clock).due(10) == [due.id]
                read += [await read_for(database, collection, wanted) for collection, wanted in recorder.asked.values()]

    assert read == [1, 1]


async def test_only_the_proof_of_all_histories_reads_everything(asked: Asked) -> None:
    """And it lists the chains of the access log; a large store skips from one to the next by the index."""
    assert sorted(collection for collection, wanted in asked.queries if not wanted) == ["access_log", "cases"]


def test_every_function_that_asks_has_been_run(asked: Asked) -> None:
    assert functions_that_ask() - asked.ran == set()


def test_no_range_over_what_may_be_null_is_without_a_lower_end(asked: Asked) -> None:
    known = {collection.name: collection for collection in COLLECTIONS}
    open_ended = [
        (collection, key)
        for collection, wanted in asked.queries
        for key, condition in wanted.items()
        if isinstance(condition, dict) and condition.keys() & {"$lt", "$lte"} and not condition.keys() & {"$gt", "$gte"}
        if collection in known and "_id" not in wanted and may_be_null(known[collection], key)
    ]

    assert open_ended == []


def may_be_null(collection: Collection, key: str) -> bool:
    kinds = collection.schema.get("properties", {}).get(key, {}).get("bsonType", ())
    return "null" in kinds
