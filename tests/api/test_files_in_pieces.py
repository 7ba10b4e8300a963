"""A file handed in over a bad line: in pieces, each once however often it comes, going on from where the line broke."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from hashlib import sha256

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.files import files_routes
from domain.acting import Acting
from domain.errors import Unavailable
from domain.file_kinds import MOST_BYTES
from domain.files import StoredFile
from domain.uploads import LARGEST_PIECE, UploadDesk
from integrations.catalogue_files import load
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, MongoFiles
from integrations.mongo.upload_pieces import UPLOAD_PIECES, MongoPieces
from integrations.sealing import Sealing
from tests.capacities import STATION, a_post, at_post
from tests.cases import somebody
from tests.filing_papers import UNCOUNTED, a_file_desk
from tests.papers import JPEG, LI, PNG, REQUEST, ZHANG, large

HELPER = at_post(a_post(somebody("person-he8k2m4n6p8q"), organisation=STATION))
PEOPLE = {"zhang": ZHANG, "li": LI, "helper": HELPER}
PHOTO = large(1_300_000)


@pytest.fixture
async def phone(database: Database, sealing: Sealing, moment: datetime) -> AsyncIterator[httpx2.AsyncClient]:
    await apply(database, [*COLLECTIONS, UPLOAD_PIECES])
    uploads = UploadDesk(a_file_desk(MongoFiles(database, sealing)), MongoPieces(database, sealing), lambda: moment + timedelta(days=3_650))

    async def acting_of(request: Request) -> Acting | None:
        return PEOPLE.get(request.headers.get("Authorization", ""))

    app = Starlette(routes=files_routes(uploads, acting_of, load(today=date(2026, 11, 23)).wording, UNCOUNTED))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://phone.test") as client:
        yield client


async def put(
    phone: httpx2.AsyncClient, start: int, content: bytes = PHOTO, *, by: str = "zhang", size: int = LARGEST_PIECE, total: object = None
) -> httpx2.Response:
    asked = {"offset": start, "total": len(content) if total is None else total}
    return await phone.put(f"/files/{REQUEST}", params=asked, content=content[start : start + size], headers={"Authorization": by})


async def far(phone: httpx2.AsyncClient, by: str = "zhang") -> dict[str, object]:
    return (await phone.get(f"/files/{REQUEST}", headers={"Authorization": by})).json()


def told(answer: httpx2.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["message"]
    return answer.status_code, body["code"]


async def test_it_goes_on_from_where_the_line_broke_and_is_one_file(phone: httpx2.AsyncClient, database: Database) -> None:
    nothing = await far(phone)
    first = await put(phone, 0)
    broken = await far(phone)
    second = await put(phone, LARGEST_PIECE)
    last = await put(phone, 2 * LARGEST_PIECE)
    fetched = await phone.get(f"/files/{last.json()['id']}", headers={"Authorization": "zhang"})

    assert nothing == {"received": 0, "total": None}
    assert (first.status_code, second.status_code, last.status_code) == (202, 202, 200)
    assert broken == {"received": LARGEST_PIECE, "total": len(PHOTO)}
    assert last.json()["sha256"] == sha256(PHOTO).hexdigest()
    assert fetched.content == PHOTO
    assert await database[UPLOAD_PIECES.name].count_documents({}) == 0


async def test_the_same_piece_again_changes_nothing_also_when_all_is_there(phone: httpx2.AsyncClient) -> None:
    once, twice = [await put(phone, 0) for _ in range(2)]
    for start in (LARGEST_PIECE, 2 * LARGEST_PIECE):
        whole = await put(phone, start)
    again = await put(phone, 2 * LARGEST_PIECE)

    assert once.json() == twice.json()
    assert again.json() == whole.json() == await far(phone)


@pytest.mark.parametrize(
    ("start", "size", "total", "answer"),
    [
        (2 * LARGEST_PIECE, LARGEST_PIECE, None, (409, "CONFLICT")),
        (1, 10, None, (409, "CONFLICT")),
        (LARGEST_PIECE, 10, 2_000_000, (409, "CONFLICT")),
        (LARGEST_PIECE, LARGEST_PIECE + 1, None, (422, "bad-piece")),
        (len(PHOTO), 10, None, (422, "bad-piece")),
        (LARGEST_PIECE, 10, "ten", (422, "bad-piece")),
        (LARGEST_PIECE, 10, -5, (422, "bad-piece")),
        (LARGEST_PIECE, 10, MOST_BYTES + 1, (413, "too-large")),
    ],
    ids=["a gap", "overlapping", "another length", "too large a piece", "nothing", "no number", "negative", "too large a file"],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_lost(
    phone: httpx2.AsyncClient, start: int, size: int, total: object, answer: tuple[int, str]
) -> None:
    await put(phone, 0)

    refused = await put(phone, start, size=size, total=total)

    assert told(refused) == answer
    assert (await far(phone))["received"] == LARGEST_PIECE


async def test_another_content_under_the_same_request_is_a_conflict(phone: httpx2.AsyncClient) -> None:
    await put(phone, 0)

    assert told(await put(phone, 0, bytes(len(PHOTO)))) == (409, "CONFLICT")


async def test_what_turns_out_to_be_no_picture_is_told_and_another_may_come(phone: httpx2.AsyncClient) -> None:
    damaged = await put(phone, 0, JPEG[:-1])
    good = await put(phone, 0, PNG)

    assert told(damaged) == (422, "damaged")
    assert good.json()["contentType"] == "image/png"


class BusyStore(MongoFiles):
    """Fails the first time something is to be kept."""

    async def keep(self, file: StoredFile, content: bytes) -> None:
        if await self.database["busy"].count_documents({}) == 0:
            await self.database["busy"].insert_one({})
            raise Unavailable("files.try-again", retry_after_seconds=1)
        await MongoFiles.keep(self, file, content)


async def test_when_the_store_fails_the_pieces_stay_and_the_last_one_again_is_enough(
    database: Database, sealing: Sealing, moment: datetime
) -> None:
    await apply(database, [*COLLECTIONS, UPLOAD_PIECES])
    desk = UploadDesk(a_file_desk(BusyStore(database, sealing)), MongoPieces(database, sealing), lambda: moment + timedelta(days=3_650))
    photo, half = large(600_000), 400_000
    await desk.put(photo[:half], request=REQUEST, offset=0, total=len(photo), by=ZHANG)

    with pytest.raises(Unavailable):
        await desk.put(photo[half:], request=REQUEST, offset=half, total=len(photo), by=ZHANG)
    whole = await desk.put(photo[half:], request=REQUEST, offset=half, total=len(photo), by=ZHANG)

    assert whole.file is not None
    assert whole.file.sha256 == sha256(photo).hexdigest()
    assert await database[UPLOAD_PIECES.name].count_documents({}) == 0


async def test_nobody_sees_how_far_somebody_elses_came(phone: httpx2.AsyncClient, database: Database) -> None:
    await put(phone, 0)

    assert await far(phone, "li") == {"received": 0, "total": None}
    assert told(await put(phone, 0, by="helper")) == (400, "name-the-case")
    kept = await database[UPLOAD_PIECES.name].find_one({})
    assert PHOTO[100:140] not in kept["sealed"]
