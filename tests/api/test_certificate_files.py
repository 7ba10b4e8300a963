"""The signed PDF: fetched by its holder, with the session's token only."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from urllib.parse import unquote

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.certificate_files import certificate_routes
from domain.acting import Acting
from integrations.catalogue_files import load
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.certificates import LI, ZHANG, Office, open_office, session_of

AS_ZHANG, AS_LI = {"Authorization": "Bearer zhang"}, {"Authorization": "Bearer li"}
PATH = "/certificates/certificate-7f3a.pdf"
PDF = b"%PDF-1.7 signed"


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


@pytest.fixture
async def phone(office: Office, moment: datetime) -> AsyncIterator[httpx2.AsyncClient]:
    sessions = {"Bearer zhang": session_of(ZHANG, proved_at=moment), "Bearer li": session_of(LI, proved_at=moment)}

    async def acting_of(request: Request) -> Acting | None:
        return sessions.get(request.headers.get("Authorization", ""))

    app = Starlette(routes=certificate_routes(office.desk, acting_of, load(today=date(2026, 11, 23)).wording))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="https://zhangban.test") as client:
        yield client


async def test_the_holder_fetches_what_was_signed_to_the_byte(phone: httpx2.AsyncClient, office: Office) -> None:
    await office.certificates.keep_pdf(await office.issued(), PDF)

    answer = await phone.get(PATH, headers=AS_ZHANG)

    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, PDF, "application/pdf")


async def test_it_is_kept_by_nobody_and_guessed_by_no_browser(phone: httpx2.AsyncClient, office: Office) -> None:
    await office.certificates.keep_pdf(await office.issued(), PDF)

    headers = (await phone.get(PATH, headers=AS_ZHANG)).headers

    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "退休证-TXGX20267F3A.pdf"), ("en", "Retirement-certificate-TXGX20267F3A.pdf")])
async def test_the_file_has_a_name_in_the_readers_language(phone: httpx2.AsyncClient, office: Office, language: str, name: str) -> None:
    await office.certificates.keep_pdf(await office.issued(), PDF)

    named = (await phone.get(PATH, headers={**AS_ZHANG, "Accept-Language": language})).headers["Content-Disposition"]

    plain, encoded = named.removeprefix("attachment; ").split("; ")
    assert plain == 'filename="TXGX20267F3A.pdf"'
    assert unquote(encoded) == f"filename*=UTF-8''{name}"


async def test_what_is_not_there_and_what_is_not_yours_look_the_same(phone: httpx2.AsyncClient, office: Office) -> None:
    await office.certificates.keep_pdf(await office.issued(), PDF)

    not_yours = await phone.get(PATH, headers=AS_LI)
    not_there = await phone.get("/certificates/certificate-none.pdf", headers=AS_LI)

    assert (not_yours.status_code, not_yours.content, dict(not_yours.headers)) == (404, not_there.content, dict(not_there.headers))
    assert not_yours.json()["message"].startswith("没有找到这本退休证")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}, {"Cookie": "token=zhang"}])
async def test_without_the_sessions_token_nothing_is_given(phone: httpx2.AsyncClient, office: Office, headers: dict[str, str]) -> None:
    await office.certificates.keep_pdf(await office.issued(), PDF)

    answer = await phone.get(f"{PATH}?token=zhang", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_SIGNED_IN")


async def test_a_file_that_is_still_being_made_asks_to_come_back(phone: httpx2.AsyncClient, office: Office) -> None:
    await office.issued()

    answer = await phone.get(PATH, headers=AS_ZHANG)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
