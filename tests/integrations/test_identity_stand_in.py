"""The identity platform's stand-in is as strict as the real one."""

from datetime import datetime

import httpx2
import pytest

from domain.ports import NotProven
from mocks.identity import identity_app
from mocks.people import PEOPLE
from mocks.provider import Provider
from tests.sign_in import ATTEMPT, CALLBACK, ISSUER, Clock, a_code, a_provider, platform_of


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
def provider(clock: Clock) -> Provider:
    return a_provider(clock)


def asked(**change: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": "zhangban",
        "redirect_uri": CALLBACK,
        "scope": "openid",
        "state": "s",
        "nonce": "n",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
        **change,
    }


async def visit(provider: Provider, **change: str) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(identity_app(provider)), base_url=ISSUER) as browser:
        return await browser.get("/authorize", params=asked(**change))


async def test_the_page_shows_everybody_to_pick_from(provider: Provider) -> None:
    page = await visit(provider)

    assert all(person.name in page.text for person in PEOPLE.values())


@pytest.mark.parametrize("change", [{"redirect_uri": "http://evil.test/"}, {"redirect_uri": f"{CALLBACK}/x"}, {"client_id": "other"}])
async def test_nothing_is_sent_to_an_address_that_is_not_registered(provider: Provider, change: dict[str, str]) -> None:
    answer = await visit(provider, **change, login_hint="zhang")

    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "change", [{"code_challenge_method": "plain"}, {"code_challenge": ""}, {"scope": "profile"}, {"response_type": "token"}]
)
async def test_a_request_without_proof_key_gets_no_code(provider: Provider, change: dict[str, str]) -> None:
    answer = await visit(provider, **change, login_hint="zhang")

    assert "error=" in answer.headers["location"]
    assert "code=" not in answer.headers["location"]


async def test_a_code_is_good_for_a_minute(provider: Provider, clock: Clock) -> None:
    platform = platform_of(provider)
    code = await a_code(provider, platform)
    clock.passes(seconds=61)

    with pytest.raises(NotProven):
        await platform.prove(ATTEMPT, code=code, issuer=ISSUER)
