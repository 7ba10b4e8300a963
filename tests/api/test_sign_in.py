"""Signing in as the browser sees it."""

from datetime import datetime
from pathlib import Path

import httpx2
import pytest

from domain.acting import Assurance
from domain.identifiers import DocumentKind
from domain.sessions.attempt import challenge_of
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.behave import Manner
from mocks.people import PEOPLE, anyone
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, House, a_house, ticket_in


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def test_somebody_signs_in_and_acts_for_themselves(house: House) -> None:
    signed_in = await house.signed_in("zhang")

    acting = await house.acting(signed_in)

    assert acting is not None
    assert acting.known_person().name == PEOPLE["zhang"].name
    assert (acting.assurance, acting.proved_at) == (Assurance.L3, house.clock.moment)
    assert acting.beneficiary() == acting.known_person().id


@pytest.mark.row("F05")
@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_a_holder_of_any_document_signs_in(house: House, kind: DocumentKind) -> None:
    person = anyone(23, kind.value)

    acting = await house.acting(await house.signed_in(person.key))

    assert acting is not None
    known = acting.known_person()
    assert (known.document_kind, known.document_number) == (kind, person.document_number)


@pytest.mark.row("F05")
async def test_a_taiwan_permit_of_nine_characters_signs_in(house: House) -> None:
    lin = PEOPLE["lin"]

    acting = await house.acting(await house.signed_in("lin"))

    assert acting is not None
    assert acting.known_person().document_number == lin.document_number
    assert len(lin.document_number) == 9


async def test_a_telephone_login_names_nobody(house: House) -> None:
    acting = await house.acting(await house.signed_in("zhang", acr="L1"))

    assert acting is not None
    assert (acting.assurance, acting.person) == (Assurance.L1, None)


async def test_the_ticket_stands_in_the_fragment_where_no_server_sees_it(house: House) -> None:
    async with house.browser() as browser:
        back = await browser.get(await house.away(browser, return_to="/cases?tab=2"))

    path, _, fragment = back.headers["location"].partition("#")
    assert (path, fragment[:7]) == ("/cases?tab=2", "ticket=")
    assert (back.headers["referrer-policy"], back.headers["cache-control"]) == ("no-referrer", "no-store")


async def test_two_sign_ins_may_be_under_way_in_one_browser(house: House) -> None:
    async with house.browser() as browser:
        first, second = await house.away(browser, "zhang"), await house.away(browser, "li")

        assert ticket_in(await browser.get(second))
        assert ticket_in(await browser.get(first))


# ---------------------------------------------------------------- attacks


def refused(answer: httpx2.Response, status: int = 400) -> bool:
    """A page, not an error and not a redirect; and nothing in the browser's hands."""
    return answer.status_code == status and "location" not in answer.headers and "<h1>" in answer.text


async def test_an_answer_can_be_used_once(house: House) -> None:
    async with house.browser() as browser:
        address = await house.away(browser)
        await browser.get(address)

        assert refused(await browser.get(address))


async def test_an_answer_in_another_browser_signs_nobody_in_and_harms_nobody(house: House) -> None:
    """Else somebody could be signed in as the attacker, and type their own data into the attacker's account."""
    async with house.browser() as mine, house.browser() as victims:
        address = await house.away(mine)
        await house.away(victims)

        assert refused(await victims.get(address))
        assert ticket_in(await mine.get(address))


async def test_an_answer_without_a_cookie_signs_nobody_in(house: House) -> None:
    async with house.browser() as browser, house.browser() as bare:
        assert refused(await bare.get(await house.away(browser)))


async def test_a_made_up_cookie_signs_nobody_in(house: House) -> None:
    async with house.browser() as browser, house.browser() as other:
        address = await house.away(browser)

        assert refused(await other.get(address, headers={"cookie": f"sign-in={'A' * 43}"}))
        assert refused(await other.get(address, headers={"cookie": "sign-in=short"}))


@pytest.mark.parametrize(
    ("part", "other"),
    [("state", "x" * 43), ("state", ""), ("code", ""), ("code", "x" * 43), ("iss", "http://evil.test"), ("iss", "")],
)
async def test_a_changed_answer_signs_nobody_in(house: House, part: str, other: str) -> None:
    async with house.browser() as browser:
        address = httpx2.URL(await house.away(browser)).copy_set_param(part, other)

        answer = await browser.get(address)

    assert refused(answer, answer.status_code)
    assert answer.status_code in {400, 403}


async def test_the_code_of_one_attempt_is_worth_nothing_in_another(house: House) -> None:
    async with house.browser() as browser:
        mine, theirs = httpx2.URL(await house.away(browser, "zhang")), httpx2.URL(await house.away(browser, "li"))

        assert refused(await browser.get(mine.copy_set_param("code", theirs.params["code"])), 403)


async def test_an_attempt_lives_ten_minutes(house: House) -> None:
    async with house.browser() as browser:
        address = await house.away(browser)
        house.clock.passes(minutes=10)

        assert refused(await browser.get(address))


@pytest.mark.parametrize(
    "return_to", ["//evil.test", "https://evil.test", "/\\evil.test", "/\t/evil.test", "javascript:evil()", "", "/#evil"]
)
async def test_nobody_is_sent_elsewhere(house: House, return_to: str) -> None:
    async with house.browser() as browser:
        answer = await browser.get("/sign-in", params={"return_to": return_to, "challenge": challenge_of(VERIFIER)})

    assert refused(answer)
    assert "evil" not in answer.text
    assert "set-cookie" not in answer.headers


async def test_nothing_that_was_sent_is_repeated_on_the_page(house: House) -> None:
    async with house.browser() as browser:
        answers = [
            await browser.get("/sign-in", params=dict.fromkeys(("return_to", "challenge", "login_hint", "acr"), "<script>boo")),
            await browser.get("/sign-in/callback", params={"error": "<script>boo", "error_description": "<script>boo", "state": "boo"}),
            await browser.get("/sign-in/callback", params={"code": "<script>boo", "state": "boo", "iss": "boo"}),
        ]

    assert all(refused(answer, answer.status_code) and "boo" not in answer.text for answer in answers)
    assert all("default-src 'none'" in answer.headers["content-security-policy"] for answer in answers)


async def test_whoever_cancels_is_told_so(house: House) -> None:
    async with house.browser() as browser:
        begun = await browser.get("/sign-in", params={"return_to": "/", "challenge": challenge_of(VERIFIER)})
        cancelled = await browser.get(f"{begun.headers['location']}&cancel=1")
        page = await browser.get(cancelled.headers["location"])

    assert refused(page, 403)
    assert "取消" in page.text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "not completed"), ("zh-Hant", "登錄沒有完成"), ("zh-CN", "登录没有完成"), ("fr", "登录没有完成")]
)
async def test_the_page_speaks_the_readers_language(house: House, language: str, words: str) -> None:
    async with house.browser() as browser:
        answer = await browser.get("/sign-in/callback", headers={"Accept-Language": language})

    assert words in answer.text


async def test_a_platform_that_is_away_is_told_as_that(house: House) -> None:
    house.identity.set(Manner(outage="503"))
    async with house.browser() as browser:
        answer = await browser.get("/sign-in", params={"return_to": "/", "challenge": challenge_of(VERIFIER)})

    assert refused(answer, 503)
    assert answer.headers["retry-after"] == "30"


# ---------------------------------------------------------------- cookie and keys


@pytest.mark.parametrize(("url", "name", "secure"), [("https://ours.test", "__Host-sign-in", True), ("http://ours.test", "sign-in", False)])
async def test_the_cookie_is_bound_as_tightly_as_the_address_allows(
    database: Database, sealing: Sealing, moment: datetime, tmp_path: Path, url: str, name: str, secure: bool
) -> None:
    house = await a_house(database, sealing, Clock(moment), tmp_path, url=url)
    async with house.browser() as browser:
        begun = await browser.get("/sign-in", params={"return_to": "/", "challenge": challenge_of(VERIFIER)})

    cookie, *attributes = begun.headers["set-cookie"].split("; ")
    assert cookie.startswith(f"{name}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"} <= set(attributes)
    assert ("Secure" in attributes) is secure
    assert not any(attribute.startswith("Domain") for attribute in attributes)


async def test_over_https_the_whole_way_works_too(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> None:
    house = await a_house(database, sealing, Clock(moment), tmp_path, url="https://ours.test")

    assert await house.acting(await house.signed_in())


async def test_our_keys_are_published_without_their_secrets(house: House) -> None:
    async with house.browser() as browser:
        keys = (await browser.get("/.well-known/jwks.json")).json()["keys"]

    assert [(key["kid"], key["alg"], "d" in key) for key in keys] == [("test-1", "EdDSA", False)]


async def test_the_same_person_is_the_same_person_each_time(house: House) -> None:
    first, second = await house.signed_in("zhang"), await house.signed_in("zhang")

    assert first.session.proof.person == second.session.proof.person
    assert first.session.id != second.session.id
