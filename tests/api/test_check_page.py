"""The page on which anybody checks: it opens harmlessly, asks plainly, and says what is so in the reader's language."""

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import date, datetime
from hashlib import sha256

import httpx2
import pytest
from starlette.applications import Starlette

from api.check_page import check_routes
from domain.certificates.certificate import CertificateStatus
from domain.certificates.views import View
from domain.wording import Wording
from integrations.catalogue_files import load
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.certificates import REQUEST, ZHANG, Office, certificate, open_office, session_of

WRONG = "0000-0000-0000"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load(today=date(2026, 11, 23)).wording


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


@pytest.fixture
async def browser(office: Office, wording: Wording, sealing: Sealing) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(Starlette(routes=check_routes(office.checks, wording, sealing)), client=("121.31.7.9", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url="https://zhangban.test") as client:
        yield client


def text(answer: httpx2.Response) -> str:
    """What stands on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", answer.text, flags=re.DOTALL)).strip()


async def looks(office: Office) -> list[View]:
    holder = session_of(ZHANG, proved_at=office.clock())
    return list((await office.desk.views(certificate(office.clock()), by=holder, first=100, after=None)).views)


@pytest.mark.row("F57")
async def test_the_button_tells_a_verifier_that_it_is_genuine_and_the_holder_that_somebody_looked(
    browser: httpx2.AsyncClient, office: Office
) -> None:
    code = await office.shown()

    answer = await browser.post(f"/check/{code}", data={"purpose": "办理优待证"})

    assert answer.status_code == 200
    assert text(answer).endswith(
        "✓ 是真的，现在有效 状态 有效 持证人 张** 发证机关 广西壮族自治区社会保险事业中心 发证日期 2026年11月23日"
        " 请核对持证人本人和其身份证件。 再查验一个"
    )
    assert [(view.place, view.purpose) for view in await looks(office)] == [("121.31.*.*", "办理优待证")]


@pytest.mark.row("F56")
async def test_opening_the_page_burns_no_code(browser: httpx2.AsyncClient, office: Office) -> None:
    code = await office.shown()

    previews = [await browser.request(method, f"/check/{code}", headers={"User-Agent": "preview"}) for method in ("GET", "HEAD", "GET")]

    assert {preview.status_code for preview in previews} == {200}
    assert await looks(office) == []
    assert "是真的" in text(await browser.post(f"/check/{code}"))


async def test_a_code_can_be_typed_as_well_in_small_letters_and_with_spaces(browser: httpx2.AsyncClient, office: Office) -> None:
    code = await office.shown()

    opened, answer = await browser.get("/check"), await browser.post("/check", data={"code": code.lower().replace("-", " ")})

    assert 'name="code"' in opened.text
    assert "是真的" in text(answer)


async def test_reloading_the_answer_says_the_same_for_half_a_minute(browser: httpx2.AsyncClient, office: Office) -> None:
    code = await office.shown()
    first, again = [text(await browser.post(f"/check/{code}")) for _ in range(2)]
    office.clock.wind(seconds=31)

    assert first == again
    assert "无法证实" in text(await browser.post(f"/check/{code}"))


@pytest.mark.row("F57")
async def test_unknown_used_and_expired_codes_get_the_same_page(browser: httpx2.AsyncClient, office: Office) -> None:
    used, expired = await office.shown(), await office.shown(request=f"{REQUEST}-2")
    await office.checks.check(used, by=office.verifier("10.0.0.1"))
    office.clock.wind(minutes=3)

    pages = [await browser.post(f"/check/{code}") for code in (WRONG, used, expired)]

    assert len({(page.status_code, page.text) for page in pages}) == 1
    assert "无法证实" in text(pages[0])
    assert "请让持证人重新出示" in text(pages[0])


@pytest.mark.row("F56")
async def test_fifty_buttons_pressed_at_once_tell_one_verifier(office: Office, wording: Wording, sealing: Sealing) -> None:
    code, app = await office.shown(), Starlette(routes=check_routes(office.checks, wording, sealing))

    async def press(host: int) -> bool:
        transport = httpx2.ASGITransport(app, client=(f"121.31.7.{host}", 5000))
        async with httpx2.AsyncClient(transport=transport, base_url="https://zhangban.test") as client:
            return "是真的" in text(await client.post(f"/check/{code}"))

    assert sum(await asyncio.gather(*(press(host) for host in range(50)))) == 1


@pytest.mark.row("F59")
async def test_a_certificate_revoked_after_it_was_shown_is_told_to_be_so(browser: httpx2.AsyncClient, office: Office) -> None:
    code = await office.shown()
    await office.certificates.mark(certificate(office.clock()), CertificateStatus.REVOKED)

    said = text(await browser.post(f"/check/{code}"))

    assert "✗ 证是真的，但现在无效 状态 已注销" in said
    assert "✓" not in said


async def test_guessing_is_locked_and_says_for_how_long(browser: httpx2.AsyncClient) -> None:
    for guess in range(10):
        await browser.post(f"/check/0000-0000-000{guess}", headers={"User-Agent": f"browser {guess}"})

    locked = await browser.post(f"/check/{WRONG}")

    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert "暂停查验 15 分钟" in text(locked)


@pytest.mark.parametrize("typed", ["", "0000", "<script>alert(1)</script>", '"><img src=x>', "码" * 500, "%00%ff"])
async def test_what_is_no_code_is_asked_for_again_and_never_becomes_markup(browser: httpx2.AsyncClient, typed: str) -> None:
    answer = await browser.post("/check", data={"code": typed})

    assert answer.status_code == 422
    assert "查验码是 12 个字母或数字" in text(answer)
    assert not re.search(r"<script|<img", answer.text)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"code=%ff", b"&" * 1000, b"code=1&code=2&a=3&b=4"])
async def test_a_body_of_rubbish_is_no_code(browser: httpx2.AsyncClient, body: bytes) -> None:
    answer = await browser.post("/check", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("asked", "lang", "button"), [("zh-CN", "zh-Hans", "查验"), ("zh-HK,zh;q=0.9", "zh-Hant", "查驗"), ("en-GB", "en", "Check")]
)
async def test_the_page_speaks_the_readers_language(browser: httpx2.AsyncClient, asked: str, lang: str, button: str) -> None:
    page = await browser.get("/check", headers={"Accept-Language": asked})

    assert f'<html lang="{lang}">' in page.text
    assert f"<button>{button}</button>" in page.text
    assert (page.headers["Content-Language"], page.headers["Vary"]) == (lang, "Accept-Language")


async def test_the_page_runs_nothing_loads_nothing_tells_nobody_and_is_kept_nowhere(browser: httpx2.AsyncClient) -> None:
    page = await browser.get(f"/check/{WRONG}")

    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "frame-ancestors 'none'" in policy
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert not re.search(r"<script|<link|<img|\son\w+=|style=|https?:", page.text)


async def test_the_page_is_large_enough_for_old_eyes_and_fingers(browser: httpx2.AsyncClient) -> None:
    page = (await browser.get("/check")).text

    assert "font: 18pt/1.5" in page
    assert "min-height: 64px" in page
    assert {re.sub(r".*for=\"", "", label) for label in re.findall(r"<label for=\"\w+", page)} == set(re.findall(r'id="(\w+)"', page))
