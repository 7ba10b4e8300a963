"""The access log when something breaks: nobody is answered unrecorded, what was answered is kept, and no chain is broken."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from uuid import uuid4

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from api.children import running
from api.names import new_name
from api.ports import LOOPBACK, free_port
from domain.errors import Unavailable
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.database import database as database_of
from integrations.mongo.looks import ACCESS_LOG, MongoLookLog, MongoLooks
from integrations.sealing import Sealing
from tests.faults.tap import Fuse, Tap, When
from tests.looking import SEALING, Named, chain_names, faults, kept
from tests.looks import KEPT, a_look


@pytest.fixture
def chains() -> Named:
    return chain_names()


@pytest.fixture
async def looks(database: Database, sealing: Sealing, chains: Named) -> AsyncIterator[MongoLooks]:
    await apply(database, [ACCESS_LOG])
    noting = MongoLooks(database, sealing, chains, lambda at: at + KEPT)
    yield noting
    await noting.close()


@pytest.fixture
def log(looks: MongoLooks) -> MongoLookLog:
    return MongoLookLog(looks.database, looks.sealing)


async def test_a_look_is_kept_though_whoever_looked_hangs_up(looks: MongoLooks, log: MongoLookLog) -> None:
    request = asyncio.create_task(looks.note([a_look(7)]))
    await asyncio.sleep(0)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request

    await looks.close()
    assert await kept(log, "looks-1") == [7]


@dataclass
class Line:
    """The way to the store, which can be cut."""

    looks: MongoLooks
    log: MongoLookLog
    tap: Tap
    cut: bool = False


@asynccontextmanager
async def line_to(database: Database, mongo_url: str, sealing: Sealing, chains: Named) -> AsyncIterator[Line]:
    await apply(database, [ACCESS_LOG])
    port = free_port()
    tap = Tap(port, int(mongo_url.rpartition(":")[2]))
    options = "directConnection=true&serverSelectionTimeoutMS=300&connectTimeoutMS=300"
    with closing(AsyncIOMotorClient(f"mongodb://{LOOPBACK}:{port}/?{options}", tz_aware=True)) as client:
        looks = MongoLooks(database_of(client, database.name), sealing, chains, lambda at: at + KEPT)
        async with tap.open():
            yield Line(looks, MongoLookLog(database, sealing), tap)
            await looks.close()


async def test_while_the_store_is_away_nobody_is_answered_and_then_the_log_goes_on(
    database: Database, mongo_url: str, sealing: Sealing, chains: Named
) -> None:
    async with line_to(database, mongo_url, sealing, chains) as line:
        await line.looks.note([a_look(0)])
        store, line.tap.store = line.tap.store, 1
        line.tap.fuse = Fuse(1, When.BEFORE, lambda: None)
        refused = await asyncio.gather(*(line.looks.note([a_look(second)]) for second in (1, 2)), return_exceptions=True)
        line.tap.store = store
        await line.looks.note([a_look(3)])

        assert [(type(one), one.retry_after_seconds) for one in refused] == [(Unavailable, 1)] * 2
        assert [await kept(line.log, chain) for chain in await line.log.chains()] == [[0], [3]]
        assert await faults(line.log) == []


async def test_what_the_store_obeyed_and_nobody_heard_of_breaks_no_chain(
    database: Database, mongo_url: str, sealing: Sealing, chains: Named
) -> None:
    async with line_to(database, mongo_url, sealing, chains) as line:
        await line.looks.note([a_look(0)])
        store = line.tap.store

        def cut() -> None:
            line.tap.store = 1

        line.tap.fuse = Fuse(1, When.AFTER, cut)
        with pytest.raises(Unavailable):
            await line.looks.note([a_look(1)])
        line.tap.store = store
        await line.looks.note([a_look(2)])

        first, second = await line.log.chains()
        assert (await kept(line.log, first), await kept(line.log, second)) == ([0, 1], [2])
        goes_on = await line.log.one(second, 1)
        assert goes_on
        assert goes_on.before
        assert (goes_on.before.chain, goes_on.before.number) == (first, 1)
        assert await faults(line.log) == []


async def test_a_fault_of_ours_is_told_to_those_who_wait_and_stops_nobody_after(looks: MongoLooks, log: MongoLookLog) -> None:
    def broken(at: object) -> None:
        raise LookupError("no such figure")

    as_before, looks.kept_until = looks.kept_until, broken
    with pytest.raises(LookupError):
        await looks.note([a_look(0)])
    looks.kept_until = as_before
    await looks.note([a_look(1)])

    assert [await kept(log, chain) for chain in await log.chains()] == [[1]]
    assert await faults(log) == []


async def test_what_was_answered_before_a_process_was_killed_is_kept(mongo: object, mongo_url: str, tmp_path) -> None:
    name = f"test_{uuid4().hex}"
    database = database_of(mongo, name)
    await apply(database, [ACCESS_LOG])
    told = tmp_path / "looking.log"

    async def enough() -> bool:
        return told.exists() and told.read_text().count("\n") > 200

    async with running("looking", sys.executable, "-m", "tests.looking", mongo_url, name, log=told) as child:
        await child.until(enough, within=60)
        await child.kill()

    answered = {int(line) for line in told.read_text().split("\n")[:-1]}
    log = MongoLookLog(database, SEALING)
    (chain,) = await log.chains()
    there = await kept(log, chain)
    assert len(answered) > 200
    assert answered - set(there) == set()
    assert await faults(log) == []
    await mongo.drop_database(name)


async def test_two_processes_write_chains_of_their_own(database: Database, sealing: Sealing) -> None:
    await apply(database, [ACCESS_LOG])
    processes = [MongoLooks(database, sealing, new_name("looks"), lambda at: at + KEPT) for _ in range(2)]
    await asyncio.gather(*(process.note([a_look(second)]) for second in range(20) for process in processes))

    log = MongoLookLog(database, sealing)
    assert [await kept(log, chain) for chain in await log.chains()] == [list(range(20))] * 2
    assert await faults(log) == []
