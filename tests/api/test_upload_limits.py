"""Whoever hands in too much is told to wait, and for how long; everybody else goes on."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.files import files_routes
from api.graphql.counters import ActionCounters
from api.upload_limits import A_MINUTE, BYTES_A_DAY, FILE, PIECE, UploadLimits, upload_limits
from domain.acting import Acting
from domain.uploads import UploadDesk
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, MongoFiles
from integrations.mongo.upload_pieces import UPLOAD_PIECES, MongoPieces
from integrations.sealing import Sealing
from tests.cases import loaded
from tests.filing_papers import a_file_desk
from tests.papers import JPEG, LI, ZHANG

NOON = 1_795_608_010
"""Ten seconds past it, in the counters' own day."""
PEOPLE = {"zhang": ZHANG, "li": LI}


class Counted:
    def __init__(self) -> None:
        self.totals = Counter[str]()

    async def one(self, key: str, seconds: int) -> int:
        return await self.add(key, seconds, 1)

    async def add(self, key: str, seconds: int, many: int) -> int:
        self.totals[f"{key} for {seconds}"] += many
        return self.totals[f"{key} for {seconds}"]


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
async def phone(database: Database, sealing: Sealing, moment: datetime, counted: Counted) -> AsyncIterator[httpx2.AsyncClient]:
    await apply(database, [*COLLECTIONS, UPLOAD_PIECES])
    desk = a_file_desk(MongoFiles(database, sealing), now=lambda: moment)
    limits = UploadLimits(ActionCounters(count=counted.one, add=counted.add, by_action={FILE: 2, PIECE: 2}, now=lambda: NOON))

    async def acting_of(request: Request) -> Acting | None:
        return PEOPLE.get(request.headers.get("Authorization", ""))

    uploads = UploadDesk(desk, MongoPieces(database, sealing), lambda: moment)
    app = Starlette(routes=files_routes(uploads, acting_of, loaded().wording, limits))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://phone.test") as client:
        yield client


async def sent(phone: httpx2.AsyncClient, number: int, by: str = "zhang") -> httpx2.Response:
    headers = {"Authorization": by, "Accept-Language": "en"}
    return await phone.post(f"/files?requestId=request-{by}-{number:010}", files={"file": JPEG}, headers=headers)


@pytest.mark.row("F68")
async def test_too_many_files_in_a_minute_are_told_to_wait_and_nobody_else_is(phone: httpx2.AsyncClient) -> None:
    answers = [await sent(phone, number) for number in range(3)]
    other = await sent(phone, 1, by="li")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[-1].headers["Retry-After"], answers[-1].json()["code"]) == ("50", "TOO_MANY_ATTEMPTS")
    assert "Please wait 50 seconds" in answers[-1].json()["message"]
    assert other.status_code == 200


@pytest.mark.row("F68")
async def test_pieces_are_counted_for_themselves(phone: httpx2.AsyncClient) -> None:
    asked = {"params": {"offset": 0, "total": 1_000}, "content": JPEG[:100], "headers": {"Authorization": "zhang"}}

    answers = [await phone.put("/files/request-0123456789", **asked) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert (await sent(phone, 1)).status_code == 200


@pytest.mark.row("F68")
async def test_more_bytes_than_a_day_holds_are_not_kept_and_what_came_before_is(
    phone: httpx2.AsyncClient, database: Database, counted: Counted
) -> None:
    (key,) = await keys_of_bytes(phone, counted)
    counted.totals[key] = BYTES_A_DAY - 1

    refused = await sent(phone, 2)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(86_400 - NOON % 86_400))
    assert "2 GB" in refused.json()["message"]
    assert await database["files"].count_documents({}) == 1


async def keys_of_bytes(phone: httpx2.AsyncClient, counted: Counted) -> list[str]:
    assert (await sent(phone, 1)).status_code == 200
    found = [key for key in counted.totals if "file-bytes" in key]
    assert [counted.totals[key] for key in found] == [len(JPEG)]
    return found


async def test_without_its_counters_files_are_taken() -> None:
    async def away(*_: object) -> int:
        raise OSError

    limits = upload_limits(away, away)
    for _ in range(A_MINUTE[FILE] + 1):
        await limits.admit(FILE, ZHANG)
    await limits.admit_bytes(BYTES_A_DAY + 1, ZHANG)
