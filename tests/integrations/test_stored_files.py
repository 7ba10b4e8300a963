"""What becomes of a handed-in file, on a real store: one effect, sealed, and gone after a day unless a case keeps it."""

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from domain.acting import Acting
from domain.errors import Conflict, InvalidForm, NotFound
from domain.file_kinds import ContentType
from domain.files import FileDesk
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, MongoFiles
from integrations.sealing import CannotOpen, Sealing
from tests.filing_papers import a_case_of, a_file_desk
from tests.papers import JPEG, LI, PNG, REQUEST, ZHANG, large


@pytest.fixture
async def desk(database: Database, sealing: Sealing, moment: datetime) -> FileDesk:
    await apply(database, COLLECTIONS)
    return a_file_desk(MongoFiles(database, sealing), now=lambda: moment)


async def read(desk: FileDesk, id: str, *, by: Acting) -> bytes:
    _, pieces = await desk.read(id, by=by)
    return b"".join([piece async for piece in pieces])


async def left(database: Database) -> dict[str, int]:
    return {collection.name: await database[collection.name].count_documents({}) for collection in COLLECTIONS}


@pytest.mark.parametrize("size", [0, 255 * 1024 - len(JPEG), 255 * 1024, 3_000_000], ids=["one piece", "just one piece", "two", "many"])
async def test_what_is_read_is_what_was_handed_in(desk: FileDesk, size: int) -> None:
    content = large(size)

    file = await desk.put(content, request=REQUEST, by=ZHANG)

    assert await read(desk, file.id, by=ZHANG) == content
    assert (file.content_type, file.size, file.sha256) == (ContentType.JPEG, len(content), sha256(content).hexdigest())


async def test_nothing_of_the_content_lies_readable_in_the_store(desk: FileDesk, database: Database) -> None:
    await desk.put(JPEG, request=REQUEST, by=ZHANG)

    kept = [str(document) for collection in COLLECTIONS async for document in database[collection.name].find()]

    assert kept
    assert not any(str(JPEG[20:60])[2:-1] in document for document in kept)


async def test_a_piece_moved_to_another_file_does_not_open(desk: FileDesk, database: Database) -> None:
    mine, hers = await desk.put(JPEG, request=REQUEST, by=ZHANG), await desk.put(JPEG, request=REQUEST, by=LI)
    contents = {note["_id"]: note["content"] async for note in database["files"].find()}
    foreign = await database["contents.chunks"].find_one({"files_id": contents[hers.id]})
    assert foreign is not None
    await database["contents.chunks"].update_one({"files_id": contents[mine.id]}, {"$set": {"data": foreign["data"]}})

    with pytest.raises(CannotOpen):
        await read(desk, mine.id, by=ZHANG)


async def test_the_same_request_fifty_times_at_once_is_one_file(desk: FileDesk, database: Database) -> None:
    files = await asyncio.gather(*(desk.put(JPEG, request=REQUEST, by=ZHANG) for _ in range(50)))

    assert len({file.id for file in files}) == 1
    assert await read(desk, files[0].id, by=ZHANG) == JPEG
    assert await left(database) == {"files": 1, "contents.files": 1, "contents.chunks": 1}


async def test_the_same_request_with_another_file_is_a_conflict(desk: FileDesk) -> None:
    first = await desk.put(JPEG, request=REQUEST, by=ZHANG)

    with pytest.raises(Conflict):
        await desk.put(PNG, request=REQUEST, by=ZHANG)

    assert await read(desk, first.id, by=ZHANG) == JPEG


async def test_two_people_may_use_the_same_request_id(desk: FileDesk) -> None:
    mine = await desk.put(JPEG, request=REQUEST, by=ZHANG)
    hers = await desk.put(PNG, request=REQUEST, by=LI)

    assert (await read(desk, mine.id, by=ZHANG), await read(desk, hers.id, by=LI)) == (JPEG, PNG)


async def test_an_upload_broken_off_is_finished_by_the_same_request(desk: FileDesk, database: Database) -> None:
    half = await desk.put(JPEG, request=REQUEST, by=ZHANG)
    await database["files"].update_one({"_id": half.id}, {"$set": {"content": None}})

    again = await desk.put(JPEG, request=REQUEST, by=ZHANG)

    assert again.id == half.id
    assert await read(desk, again.id, by=ZHANG) == JPEG


@pytest.mark.parametrize("request_id", ["", "too-short", "x" * 65])
async def test_a_request_id_is_sixteen_to_sixty_four_characters(desk: FileDesk, request_id: str) -> None:
    with pytest.raises(InvalidForm):
        await desk.put(JPEG, request=request_id, by=ZHANG)


async def test_a_file_of_somebody_else_looks_like_none(desk: FileDesk) -> None:
    hers = await desk.put(JPEG, request=REQUEST, by=LI)

    for id in (hers.id, "file-there-is-none"):
        with pytest.raises(NotFound) as refused:
            await desk.attach([id], case=a_case_of(ZHANG), by=ZHANG)
        assert refused.value.text.key == "files.not-found"


async def test_files_are_answered_in_the_order_asked(desk: FileDesk) -> None:
    files = [await desk.put(JPEG, request=f"{REQUEST}-{number}", by=ZHANG) for number in range(3)]
    order = [files[2].id, files[0].id, files[1].id]

    assert [file.id for file in await desk.attach(order, case=a_case_of(ZHANG), by=ZHANG)] == order


# ---------------------------------------------------------------- a day, or as long as a case


async def test_an_unattached_file_goes_after_a_day_and_nothing_stays_behind(desk: FileDesk, database: Database, moment: datetime) -> None:
    for number in range(5):
        await desk.put(JPEG, request=f"{REQUEST}-{number}", by=ZHANG)

    before = await desk.store.purge(due=moment + timedelta(hours=23, minutes=59), limit=50)
    after = sum(await asyncio.gather(*(desk.store.purge(due=moment + timedelta(days=1), limit=50) for _ in range(3))))

    assert (before, after) == (0, 5)
    assert await left(database) == {"files": 0, "contents.files": 0, "contents.chunks": 0}


async def test_what_a_crash_left_half_written_goes_with_the_file(desk: FileDesk, database: Database, moment: datetime) -> None:
    file = await desk.put(JPEG, request=REQUEST, by=ZHANG)
    note = await database["files"].find_one({"_id": file.id})
    assert note is not None
    await database["contents.files"].delete_one({"_id": note["content"]})
    await database["files"].update_one({"_id": file.id}, {"$set": {"content": None}})

    await desk.store.purge(due=moment + timedelta(days=2), limit=50)

    assert await left(database) == {"files": 0, "contents.files": 0, "contents.chunks": 0}


async def test_an_attached_file_stays(desk: FileDesk, moment: datetime) -> None:
    file = await desk.put(JPEG, request=REQUEST, by=ZHANG)

    attached = await desk.attach([file.id], case=a_case_of(ZHANG), by=ZHANG)
    again = await desk.attach([file.id], case=a_case_of(ZHANG), by=ZHANG)
    purged = await desk.store.purge(due=moment + timedelta(days=400), limit=50)

    assert purged == 0
    assert [it.id for it in (*attached, *again)] == [file.id, file.id]
    assert await read(desk, file.id, by=ZHANG) == JPEG


async def test_a_file_belongs_to_one_case(desk: FileDesk) -> None:
    file = await desk.put(JPEG, request=REQUEST, by=ZHANG)
    await desk.attach([file.id], case=a_case_of(ZHANG), by=ZHANG)

    with pytest.raises(Conflict):
        await desk.attach([file.id], case=a_case_of(ZHANG, "case-2"), by=ZHANG)


async def test_nobody_attaches_the_file_of_somebody_else(desk: FileDesk) -> None:
    hers = await desk.put(JPEG, request=REQUEST, by=LI)

    with pytest.raises(NotFound):
        await desk.attach([hers.id], case=a_case_of(ZHANG), by=ZHANG)


async def test_attaching_and_purging_at_once_leave_the_file_whole_or_gone(database: Database, desk: FileDesk, moment: datetime) -> None:
    for number in range(20):
        file = await desk.put(JPEG, request=f"{REQUEST}-{number}", by=ZHANG)
        attached, _ = await asyncio.gather(
            desk.attach([file.id], case=a_case_of(ZHANG), by=ZHANG),
            desk.store.purge(due=moment + timedelta(days=2), limit=50),
            return_exceptions=True,
        )
        kept = not isinstance(attached, Exception)
        assert kept == bool(await database["files"].count_documents({"_id": file.id, "content": {"$ne": None}}))
