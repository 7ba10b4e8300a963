"""A list of staff is handed in over HTTP, answered row by row in the reader's language, and kept for the employer alone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from itertools import count
from urllib.parse import unquote

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.bodies import BodyLimits
from api.employers import staff_routes
from domain.acting import Acting
from domain.employers.desk import SheetDesk
from integrations.catalogue_files import load
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.staff_sheets import COLLECTIONS, MongoStaffSheets
from integrations.sealing import Sealing
from integrations.spreadsheets.reading import Spreadsheets, sheet_of
from tests.cases import MONDAY, ZHANG, acting
from tests.staff_sheets import HEADINGS, a_number, as_csv, as_xlsx, somebody, staff, wording, words
from tests.works import AGENT, FACTORY, MILL

REQUEST = "request-0123456789"
PATH = f"/employers/staff-sheets?requestId={REQUEST}"
TOKENS = {"agent": AGENT, "mill": replace(AGENT, organisation=MILL.id), "zhang": acting(ZHANG)}


@pytest.fixture
async def sheets(database: Database, sealing: Sealing) -> MongoStaffSheets:
    await apply(database, COLLECTIONS)
    return MongoStaffSheets(database, sealing)


@pytest.fixture
async def office(sheets: MongoStaffSheets) -> AsyncIterator[httpx2.AsyncClient]:
    numbers, catalogues = count(1), load(today=date(2026, 11, 23)).catalogues
    desk = SheetDesk(sheets, Spreadsheets(), words(), catalogues, lambda: MONDAY, lambda: f"staff-sheet-{next(numbers)}")

    async def acting_of(request: Request) -> Acting | None:
        return TOKENS.get(request.headers.get("Authorization", ""))

    app = BodyLimits(Starlette(routes=staff_routes(desk, acting_of, wording())))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://office.test") as client:
        yield client


async def sent(
    office: httpx2.AsyncClient, content: bytes, *, who: str = "agent", language: str = "zh-Hans", path: str = PATH
) -> httpx2.Response:
    headers = {"Authorization": who, "Accept-Language": language}
    return await office.post(path, files={"file": ("名单.xlsx", content, "application/octet-stream")}, headers=headers)


async def test_good_rows_are_counted_and_each_faulty_one_is_named_in_the_readers_language(office: httpx2.AsyncClient) -> None:
    content = as_xlsx([*staff(2), somebody(2, 证件号码=a_number(2)[:-1] + "A"), somebody(3, 手机号码="123")])

    answer = await sent(office, content, language="en")

    told = answer.json()
    assert (told["id"], told["rows"]) == ("staff-sheet-1", 2)
    assert [(fault["row"], fault["column"], fault["code"]) for fault in told["faults"]] == [
        (4, "C", "bad-document-number"),
        (5, "D", "bad-mobile"),
    ]
    assert told["faults"][1]["message"] == "The mobile number in D5 is not right; it has 11 digits. Please correct it or leave it empty."


async def test_what_was_taken_is_kept_for_the_employer_alone(office: httpx2.AsyncClient, sheets: MongoStaffSheets) -> None:
    answer = await sent(office, as_csv(staff(3), encoding="gb18030"))

    kept = await sheets.one(answer.json()["id"], organisation=FACTORY.id)

    assert kept is not None
    assert [row.document_number for row in kept.rows] == [a_number(order) for order in range(3)]
    assert await sheets.one(answer.json()["id"], organisation=MILL.id) is None


async def test_the_same_request_again_answers_the_same_and_with_another_list_is_a_conflict(office: httpx2.AsyncClient) -> None:
    first = await sent(office, as_csv(staff(3)))

    again, other = await sent(office, as_csv(staff(3))), await sent(office, as_csv(staff(4)))

    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (409, "CONFLICT")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", (422, "empty")),
        (as_csv([HEADINGS]), (400, "no-rows")),
        (as_csv(staff(2_001)), (400, "too-many-rows")),
        (bytes(2_100_000), (413, "too-large")),
        (bytes(3_000_000), (413, "too-large")),
        (b"%PDF-1.7", (415, "kind-not-accepted")),
    ],
    ids=["empty", "nobody", "too many", "too large", "announced too large", "a paper"],
)
async def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    office: httpx2.AsyncClient, content: bytes, answer: tuple[int, str]
) -> None:
    refused = await sent(office, content)

    assert (refused.status_code, refused.json()["code"]) == answer
    assert refused.json()["message"]


@pytest.mark.parametrize(("who", "answer"), [("", (401, "NOT_SIGNED_IN")), ("zhang", (403, "NOT_PERMITTED"))])
async def test_only_an_employers_agent_hands_in_a_list(office: httpx2.AsyncClient, who: str, answer: tuple[int, str]) -> None:
    refused = await sent(office, as_csv(staff(1)), who=who)

    assert (refused.status_code, refused.json()["code"]) == answer


async def test_a_request_needs_an_id_of_its_own(office: httpx2.AsyncClient) -> None:
    assert (await sent(office, as_csv(staff(1)), path="/employers/staff-sheets")).json()["code"] == "request-id"


@pytest.mark.parametrize(
    ("language", "heading", "name"), [("zh-Hans", "姓名", "职工名单"), ("zh-Hant", "姓名", "職工名單"), ("en", "Name", "staff-list")]
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
async def test_the_empty_list_comes_in_the_readers_words(
    office: httpx2.AsyncClient, language: str, heading: str, name: str, ending: str
) -> None:
    answer = await office.get(f"/employers/staff-template.{ending}", headers={"Accept-Language": language})

    assert sheet_of(answer.content, most_rows=10).rows[0].cells[0].text == heading
    assert unquote(answer.headers["Content-Disposition"]) == f"attachment; filename*=UTF-8''{name}.{ending}"
