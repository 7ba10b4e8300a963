"""What departments called back is kept raw and sealed, once, until it is in its case; and a worker comes if nobody else does."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import bson
import pytest

from domain.cases.callbacks import Callback
from integrations.mongo.callbacks import CALLBACKS, HEAD_START, KEPT_SECONDS, MongoCallbacks
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.sealing import CannotOpen, Sealing
from tests.cases import MONDAY
from tests.memory import Clock

BODY = '{"key": "case-1.pension.1", "text": "张守田，同意"}'.encode()
CALLBACK = Callback("hrss.message-1", "hrss", BODY, MONDAY)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def callbacks(database: Database, sealing: Sealing, clock: Clock) -> MongoCallbacks:
    await apply(database, [CALLBACKS])
    return MongoCallbacks(database, sealing, clock)


async def due(callbacks: MongoCallbacks) -> list[str]:
    return list(await Leases(callbacks.database, CALLBACKS.name, "worker-1", callbacks.now).due(10))


async def test_a_callback_comes_back_as_it_was_kept(callbacks: MongoCallbacks) -> None:
    assert await callbacks.keep(CALLBACK)

    assert await callbacks.one(CALLBACK.id) == CALLBACK
    assert await callbacks.one("hrss.message-2") is None


@pytest.mark.row("A28")
async def test_of_the_same_message_many_times_at_once_one_is_kept(callbacks: MongoCallbacks) -> None:
    fresh = await asyncio.gather(*(callbacks.keep(CALLBACK) for _ in range(50)))

    assert fresh.count(True) == 1
    assert not await callbacks.keep(replace(CALLBACK, body=b"{}"))
    assert (await callbacks.one(CALLBACK.id)).body == BODY


async def test_what_it_says_cannot_be_read_in_the_store_nor_opened_as_another(callbacks: MongoCallbacks, database: Database) -> None:
    await callbacks.keep(CALLBACK)
    await callbacks.keep(replace(CALLBACK, id="hrss.message-2"))
    stored = await database[CALLBACKS.name].find_one({"_id": CALLBACK.id})

    assert "张守田".encode() not in bson.encode(stored)
    await database[CALLBACKS.name].update_one({"_id": "hrss.message-2"}, {"$set": {"sealed": stored["sealed"]}})
    with pytest.raises(CannotOpen):
        await callbacks.one("hrss.message-2")


@pytest.mark.row("B13")
async def test_a_worker_comes_if_it_is_not_in_its_case_after_a_moment(callbacks: MongoCallbacks, clock: Clock) -> None:
    await callbacks.keep(CALLBACK)

    assert await due(callbacks) == []
    clock.at += HEAD_START
    assert await due(callbacks) == [CALLBACK.id]


async def test_once_it_is_in_its_case_nobody_comes_and_it_goes_after_ninety_days(
    callbacks: MongoCallbacks, database: Database, clock: Clock
) -> None:
    await callbacks.keep(CALLBACK)
    await callbacks.done(CALLBACK.id)
    clock.at += timedelta(days=1)

    assert await due(callbacks) == []
    assert (await database[CALLBACKS.name].find_one({"_id": CALLBACK.id}))["done_at"] == MONDAY
    indexes = (await database[CALLBACKS.name].index_information()).values()
    assert [(index["key"], index["expireAfterSeconds"]) for index in indexes if "expireAfterSeconds" in index] == [
        ([("done_at", 1)], KEPT_SECONDS)
    ]
