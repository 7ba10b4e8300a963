"""The access log over a real store: cheap for many at once, never answered unrecorded, whole whatever breaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.errors import PyMongoError

from domain.looks.look import NO_LOOK, Purpose
from integrations.mongo.collections import apply
from integrations.mongo.database import Database, connect
from integrations.mongo.database import database as database_of
from integrations.mongo.looks import ACCESS_LOG, MongoLookLog, MongoLooks
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG
from tests.looking import Named, chain_names, faults, kept
from tests.looks import KEPT, a_look, as_delegate
from tests.queries import Recorder


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


# ---------------------------------------------------------------- kept before anybody is answered


async def test_what_was_noted_is_there_as_it_was_noted(looks: MongoLooks, log: MongoLookLog) -> None:
    noted = [a_look(1), a_look(2, by=as_delegate(), purpose=Purpose.READ_FILE)]

    await looks.note(noted)

    assert [entry.look async for _, entry in log.entries("looks-1") if entry] == noted
    assert await faults(log) == []


async def test_nothing_to_note_asks_the_store_nothing(chains: Named, sealing: Sealing) -> None:
    with closing(connect("mongodb://127.0.0.1:1")) as nowhere:
        await MongoLooks(database_of(nowhere, "none"), sealing, chains, lambda at: at).note(NO_LOOK)


async def test_the_names_of_whoever_looked_do_not_lie_open(looks: MongoLooks) -> None:
    await looks.note([a_look()])

    (document,) = await looks.database[ACCESS_LOG.name].find({}).to_list(2)
    assert not any(word.encode() in part for part in (document["entry"], document["sealed"]) for word in ("韦明", "121.31", "WeChat"))


class Inserts(Recorder):
    """How many insertions went over the wire."""

    made = 0

    def started(self, event) -> None:
        self.made += event.command_name == "insert"


async def test_two_hundred_who_look_at_once_cost_a_few_writes(mongo_url: str, database: Database, sealing: Sealing, chains: Named) -> None:
    await apply(database, [ACCESS_LOG])
    inserts = Inserts()
    with closing(AsyncIOMotorClient(mongo_url, tz_aware=True, event_listeners=[inserts])) as client:
        looks = MongoLooks(database_of(client, database.name), sealing, chains, lambda at: at + KEPT)
        await asyncio.gather(*(looks.note([a_look(second)]) for second in range(200)))
        await looks.close()

    log = MongoLookLog(database, sealing)
    assert inserts.made <= 3
    assert await kept(log, "looks-1") == list(range(200))
    assert await faults(log) == []


async def test_one_who_comes_while_others_are_written_is_written_next(looks: MongoLooks, log: MongoLookLog) -> None:
    first = asyncio.create_task(looks.note([a_look(0)]))
    await asyncio.sleep(0)
    await asyncio.gather(looks.note([a_look(1)]), first)
    await looks.note([a_look(2)])

    assert await kept(log, "looks-1") == [0, 1, 2]


async def test_more_than_fits_into_one_write_is_written_in_several(looks: MongoLooks, log: MongoLookLog) -> None:
    await asyncio.gather(*(looks.note([a_look(number) for number in range(400 * part, 400 * part + 400)]) for part in range(3)))

    assert await kept(log, "looks-1") == list(range(1200))


# ---------------------------------------------------------------- read by whom it is about


async def test_everybody_finds_what_is_about_them_newest_first_page_by_page(looks: MongoLooks, log: MongoLookLog) -> None:
    await looks.note([a_look(second, person=person) for second in range(5) for person in (ZHANG.id, "person-other")])

    first = await log.page(ZHANG.id, first=3, after=None)
    rest = await log.page(ZHANG.id, first=3, after=first.entries[-1].order)

    told = [(int((entry.look.at - MONDAY).total_seconds()), entry.look.person) for entry in (*first.entries, *rest.entries)]
    assert told == [(second, ZHANG.id) for second in (4, 3, 2, 1, 0)]
    assert (first.more, first.later, rest.more, rest.later) == (True, False, False, True)


async def test_a_number_is_given_once_in_a_chain(looks: MongoLooks) -> None:
    await looks.note([a_look()])
    (document,) = await looks.database[ACCESS_LOG.name].find({}).to_list(2)

    with pytest.raises(PyMongoError):
        await looks.database[ACCESS_LOG.name].insert_one(document | {"_id": "another"})
