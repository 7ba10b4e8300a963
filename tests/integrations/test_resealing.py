"""Keys change while people save: nothing sealed is lost, whoever is quicker, and wherever the work is broken off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from api.collections import COLLECTIONS
from api.rotation import once_through, until_nothing_is_left
from domain.cases.filling import AnswerGiven
from integrations.mongo.cases import CASES
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import PIECES, MongoFiles
from integrations.mongo.resealing import Resealing, undeclared
from integrations.sealing import FixedKeys, Keys, Sealing
from tests import papers
from tests.cases import ZHANG, an_opened_case, filled
from tests.filing_papers import a_file_desk
from tests.integrations.asking_everything import everything
from tests.memory import Clock
from tests.stored_cases import a_case_store, numbered

FORMER, NEW = bytes(range(32)), bytes(range(64, 96))
BOTH = {"test-1": FORMER, "a-key-with-a-longer-name": NEW}


@pytest.fixture
def rotated(sealing: Sealing) -> Sealing:
    return replace(sealing, ring=FixedKeys(Keys(BOTH, "a-key-with-a-longer-name")))


@pytest.fixture
def only_new(rotated: Sealing) -> Sealing:
    return replace(rotated, ring=FixedKeys(Keys({"a-key-with-a-longer-name": NEW}, "a-key-with-a-longer-name")))


@pytest.fixture(scope="module")
async def full(mongo_url: str, sealing: Sealing, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """Everything that the stores keep."""
    with closing(AsyncIOMotorClient(mongo_url, tz_aware=True)) as client:
        database = client.get_database(f"test_{uuid4().hex}")
        await apply(database, COLLECTIONS)
        await everything(database, sealing, tmp_path_factory.mktemp("keys"))
        yield database
        await client.drop_database(database.name)


async def test_no_sealed_value_lies_where_no_collection_declares_it(full: Database) -> None:
    astray = [
        f"{collection.name} {place}"
        for collection in COLLECTIONS
        async for document in full[collection.name].find({})
        for place in undeclared(document, collection, keys=["test-1"])
    ]

    assert astray == []


async def test_what_every_collection_declares_is_there_to_be_sealed_anew(full: Database) -> None:
    """Else the test above would look at nothing."""
    empty = [collection.name for collection in COLLECTIONS if collection.sealed and not await full[collection.name].count_documents({})]

    assert set(empty) <= {"sign_in_attempts", PIECES.name}
    assert [one.name for one in COLLECTIONS if "sealed" in one.schema.get("required", ()) and not one.sealed] == []


async def test_all_that_is_kept_opens_with_the_new_key_alone_and_a_second_go_does_nothing(full: Database, rotated: Sealing) -> None:
    first, second = await until_nothing_is_left(full, rotated, pause=0), await once_through(full, rotated)

    assert (first.lost, second.lost, second.sealed_anew) == ([], [], 0)
    assert set(second.by_key) == {"a-key-with-a-longer-name"}


async def test_a_case_and_a_file_read_as_before(database: Database, sealing: Sealing, rotated: Sealing, only_new: Sealing) -> None:
    await apply(database, COLLECTIONS)
    former = await a_case_store(database, sealing, Clock())
    case = await former.add(an_opened_case(), opening="opening-1")
    content = papers.large(600_000)
    file = await a_file_desk(MongoFiles(database, sealing)).put(content, request=papers.REQUEST, by=papers.ZHANG)

    await until_nothing_is_left(database, rotated, pause=0)

    now = await a_case_store(database, only_new, Clock())
    assert await now.one(case.id) == case
    pieces = await MongoFiles(database, only_new).content(file)
    assert b"".join([piece async for piece in pieces]) == content


async def test_with_people_saving_and_the_work_killed_again_and_again_nothing_is_lost(
    database: Database, sealing: Sealing, rotated: Sealing, only_new: Sealing
) -> None:
    await apply(database, COLLECTIONS)
    slow, quick = await a_case_store(database, sealing_that_follows(sealing, rotated), Clock()), Resealing(database, rotated, batch=3)
    people = [replace(ZHANG, id=f"person-{number:04}") for number in range(12)]
    kept = [await slow.add(numbered(an_opened_case(), n, person=who), opening=f"o-{n}") for n, who in enumerate(people)]

    async def typing(number: int) -> None:
        for turn in range(8):
            case = filled(
                kept[number], AnswerGiven("email", value=f"{number}.{turn}@b.cn"), mark=f"fill-{number}-{turn}", seconds=10 + turn
            )
            saved = await slow.save(case)
            assert saved is not None
            kept[number] = saved

    async def killed_and_begun_again() -> None:
        for _ in range(6):
            with suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    async for _ in quick.through(CASES):
                        pass

    await asyncio.gather(killed_and_begun_again(), *(typing(number) for number in range(12)))
    await until_nothing_is_left(database, rotated, pause=0)

    now = await a_case_store(database, only_new, Clock())
    assert [await now.one(case.id) for case in kept] == kept
    assert {case.answer("email") for case in kept} == {f"{number}.7@b.cn" for number in range(12)}


def sealing_that_follows(former: Sealing, rotated: Sealing) -> Sealing:
    """A process that seals now with the former key, now with the new one: it learns of it in the midst of its work."""

    class Learning:
        asked = 0

        def now(self) -> Keys:
            self.asked += 1
            return Keys(BOTH, "test-1") if self.asked % 3 else rotated.ring.now()

    return replace(former, ring=Learning())


async def test_what_no_key_opens_is_named_and_holds_up_nothing(database: Database, sealing: Sealing, rotated: Sealing) -> None:
    await apply(database, COLLECTIONS)
    store = await a_case_store(database, sealing, Clock())
    case = await store.add(an_opened_case(), opening="opening-1")
    other = await store.add(numbered(an_opened_case(), 2, person=replace(ZHANG, id="person-0002")), opening="opening-2")
    await database[CASES.name].update_one({"_id": case.id}, {"$set": {"sealed": sealing.seal(b"x", about="another case")}})

    found = await until_nothing_is_left(database, rotated, pause=0)

    assert found.lost == [f"cases {case.id}"]
    assert found.by_key == {"test-1": 1, "a-key-with-a-longer-name": 1}
    assert await (await a_case_store(database, rotated, Clock())).one(other.id) == other
