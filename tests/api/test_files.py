"""Handing in and fetching as a phone does it: over HTTP, on a real store."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from hashlib import sha256

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp

from api.bodies import BodyLimits
from api.files import files_routes
from domain.acting import Acting
from domain.file_kinds import MOST_BYTES
from domain.uploads import UploadDesk
from domain.wording import Wording
from integrations.catalogue_files import load
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, MongoFiles
from integrations.mongo.upload_pieces import UPLOAD_PIECES, MongoPieces
from integrations.sealing import Sealing
from tests.filing_papers import UNCOUNTED, a_file_desk
from tests.papers import JPEG, LI, PDF, PNG, REQUEST, ZHANG, large
from tests.security.live import serving

TOKENS = {"Bearer zhang": ZHANG, "Bearer li": LI}
AS_ZHANG, AS_LI = ({"Authorization": token} for token in TOKENS)
PATH = f"/files?requestId={REQUEST}"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load(today=date(2026, 11, 23)).wording


@pytest.fixture
async def app(database: Database, sealing: Sealing, moment: datetime, wording: Wording) -> ASGIApp:
    await apply(database, [*COLLECTIONS, UPLOAD_PIECES])
    desk = a_file_desk(MongoFiles(database, sealing), now=lambda: moment)

    async def acting_of(request: Request) -> Acting | None:
        return TOKENS.get(request.headers.get("Authorization", ""))

    return BodyLimits(
        Starlette(routes=files_routes(UploadDesk(desk, MongoPieces(database, sealing), desk.now), acting_of, wording, UNCOUNTED))
    )


@pytest.fixture
async def phone(app: ASGIApp) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://phone.test") as client:
        yield client


def one(content: bytes, name: str = "照片.jpg", declared: str = "image/jpeg") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, declared)}


def told(answer: httpx2.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["message"]
    assert body["spoken"]
    return answer.status_code, body["code"]


async def test_a_photograph_handed_in_is_described_and_comes_back_as_it_was(phone: httpx2.AsyncClient) -> None:
    content = large(2_500_000)

    posted = await phone.post(PATH, files=one(content), headers=AS_ZHANG)
    fetched = await phone.get(f"/files/{posted.json()['id']}", headers=AS_ZHANG)

    assert posted.json() == {
        "id": "file-00000001",
        "contentType": "image/jpeg",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    assert fetched.content == content


async def test_what_is_fetched_is_kept_by_nobody_and_guessed_by_no_browser(phone: httpx2.AsyncClient) -> None:
    posted = await phone.post(PATH, files=one(PDF), headers=AS_ZHANG)

    fetched = await phone.get(f"/files/{posted.json()['id']}", headers=AS_ZHANG)

    assert {name: fetched.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="file-00000001.pdf"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "image/jpeg"), (PNG, "image/png"), (PDF, "application/pdf")])
async def test_name_and_declared_type_are_not_believed(phone: httpx2.AsyncClient, content: bytes, kind: str) -> None:
    answer = await phone.post(PATH, files=one(content, "page.html", "text/html"), headers=AS_ZHANG)

    assert answer.json()["contentType"] == kind


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"<html><body>JPEG</body></html>", (415, "kind-not-accepted")),
        (JPEG[:-1], (422, "damaged")),
        (b"", (422, "empty")),
        (JPEG[:-2] + bytes(MOST_BYTES - len(JPEG) + 1) + b"\xff\xd9", (413, "too-large")),
        (bytes(MOST_BYTES + 100_000), (413, "too-large")),
    ],
    ids=["another kind", "cut off", "empty", "a byte too large", "announced too large"],
)
async def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    phone: httpx2.AsyncClient, content: bytes, answer: tuple[int, str]
) -> None:
    assert told(await phone.post(PATH, files=one(content), headers=AS_ZHANG)) == answer


async def test_a_body_that_never_ends_is_refused_as_soon_as_it_is_too_large(phone: httpx2.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while sent < 10 * MOST_BYTES:
            sent += 100_000
            yield bytes(100_000)

    answer = await phone.post(PATH, content=endless(), headers=AS_ZHANG | {"Content-Type": "multipart/form-data; boundary=x"})

    assert told(answer) == (413, "too-large")


@pytest.mark.parametrize("megabytes", [11, 40])
async def test_over_a_real_line_too_the_answer_to_a_large_photograph_arrives(app: ASGIApp, megabytes: int) -> None:
    async with serving(app) as (_, port), httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as phone:
        answer = await phone.post(PATH, files=one(bytes(megabytes * 1024 * 1024)), headers=AS_ZHANG)

    assert told(answer) == (413, "too-large")


@pytest.mark.parametrize(
    "body",
    [
        {"files": {"photo": ("a.jpg", JPEG)}},
        {"files": [("file", ("a.jpg", JPEG)), ("file", ("b.jpg", JPEG))]},
        {"files": one(JPEG), "data": {"note": "hello"}},
        {"data": {"file": "not a file"}},
        {"content": JPEG, "headers": AS_ZHANG | {"Content-Type": "image/jpeg"}},
        {"content": b"--x\r\n", "headers": AS_ZHANG | {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"junk", "headers": AS_ZHANG | {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"junk", "headers": AS_ZHANG | {"Content-Type": "multipart/form-data"}},
        {},
    ],
    ids=["another name", "two", "a field", "no file", "not multipart", "cut off", "junk", "no boundary", "nothing"],
)
async def test_anything_but_one_file_is_refused(phone: httpx2.AsyncClient, body: dict[str, object]) -> None:
    assert told(await phone.post(PATH, **({"headers": AS_ZHANG} | body))) == (400, "not-one-part")


async def test_the_same_request_answers_the_same_file(phone: httpx2.AsyncClient) -> None:
    first = await phone.post(PATH, files=one(JPEG), headers=AS_ZHANG)
    again = await phone.post(PATH, files=one(JPEG, "another name.jpg"), headers=AS_ZHANG)

    assert again.json() == first.json()


async def test_the_same_request_with_another_file_is_a_conflict(phone: httpx2.AsyncClient) -> None:
    await phone.post(PATH, files=one(JPEG), headers=AS_ZHANG)

    assert told(await phone.post(PATH, files=one(PNG), headers=AS_ZHANG)) == (409, "CONFLICT")


async def test_a_request_id_is_needed(phone: httpx2.AsyncClient) -> None:
    assert told(await phone.post("/files", files=one(JPEG), headers=AS_ZHANG)) == (400, "request-id")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer expired"}])
async def test_nobody_hands_in_or_fetches_without_a_session(phone: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    posted = await phone.post(PATH, files=one(JPEG), headers=AS_ZHANG)

    refused = [
        await phone.post(PATH, files=one(JPEG), headers=headers),
        await phone.get(f"/files/{posted.json()['id']}", headers=headers),
    ]

    assert [told(answer) for answer in refused] == [(401, "NOT_SIGNED_IN")] * 2


async def test_a_file_of_somebody_else_and_none_at_all_look_the_same(phone: httpx2.AsyncClient) -> None:
    hers = await phone.post(PATH, files=one(JPEG), headers=AS_LI)

    foreign = await phone.get(f"/files/{hers.json()['id']}", headers=AS_ZHANG)
    missing = await phone.get("/files/file-99999999", headers=AS_ZHANG)

    assert told(foreign) == (404, "NOT_FOUND")
    assert (foreign.content, foreign.headers) == (missing.content, missing.headers)


@pytest.mark.parametrize(
    ("asked", "told_in"), [("en", "This file was not found"), ("zh-Hans", "没有找到这份文件"), ("", "没有找到这份文件")]
)
async def test_a_problem_is_told_in_the_language_of_the_request(phone: httpx2.AsyncClient, asked: str, told_in: str) -> None:
    answer = await phone.get("/files/file-99999999", headers=AS_ZHANG | {"Accept-Language": asked})

    assert answer.json()["message"].startswith(told_in)
