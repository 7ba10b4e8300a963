"""The real client of the identity platform against its stand-in, and against one that lies."""

from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.acting import Assurance
from domain.identifiers import DocumentKind
from domain.ports import Attempt, NoAnswer, NotProven
from integrations.identity import OpenIdPlatform
from mocks.behave import Behaviour, Manner
from mocks.people import PEOPLE, anyone
from mocks.provider import Provider
from tests.sign_in import ATTEMPT, ISSUER, SECRET, Clock, a_code, a_provider, platform_of, proven


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
def provider(clock: Clock) -> Provider:
    return a_provider(clock)


@pytest.fixture
async def platform(provider: Provider) -> AsyncIterator[OpenIdPlatform]:
    platform = platform_of(provider)
    yield platform
    await platform.close()


@pytest.mark.row("A09")
async def test_somebody_signs_in_as_who_they_are(provider: Provider, platform: OpenIdPlatform, clock: Clock) -> None:
    zhang = PEOPLE["zhang"]

    identity = await proven(provider, platform)

    assert (identity.name, identity.document_kind, identity.document_number) == (
        zhang.name,
        DocumentKind.RESIDENT_ID,
        zhang.document_number,
    )
    assert (identity.assurance, identity.proved_at) == (Assurance.L3, clock.moment)
    assert zhang.document_number not in identity.subject


@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_every_kind_of_document_can_sign_in(provider: Provider, platform: OpenIdPlatform, kind: DocumentKind) -> None:
    person = anyone(17, kind.value)

    identity = await proven(provider, platform, person.key)

    assert (identity.document_kind, identity.document_number) == (kind, person.document_number)


@pytest.mark.parametrize("level", list(Assurance))
async def test_the_level_that_is_asked_for_is_the_level_that_is_proved(
    provider: Provider, platform: OpenIdPlatform, level: Assurance
) -> None:
    identity = await proven(provider, platform, assurance=level)

    assert identity.assurance is level


async def test_the_request_shows_only_digests_of_what_must_stay_with_us(platform: OpenIdPlatform) -> None:
    url = await platform.authorisation_url(ATTEMPT, login_hint=None, assurance=None)

    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["max_age"] == ["0"]
    assert ATTEMPT.verifier not in url
    assert SECRET not in url
    assert "login_hint" not in asked


async def test_a_code_can_be_used_once(provider: Provider, platform: OpenIdPlatform) -> None:
    code = await a_code(provider, platform)
    await platform.prove(ATTEMPT, code=code, issuer=ISSUER)

    with pytest.raises(NotProven):
        await platform.prove(ATTEMPT, code=code, issuer=ISSUER)


@pytest.mark.row("A09")
@pytest.mark.parametrize("code", ["nobody's", "", "a&client_id=other", "码"])
async def test_nobody_is_found_behind_a_code_that_was_never_given(platform: OpenIdPlatform, code: str) -> None:
    with pytest.raises(NotProven):
        await platform.prove(ATTEMPT, code=code, issuer=ISSUER)


async def test_a_code_is_worth_nothing_without_its_verifier(provider: Provider, platform: OpenIdPlatform) -> None:
    code = await a_code(provider, platform)
    other = Attempt(ATTEMPT.state, ATTEMPT.nonce, verifier="w" * 43)

    with pytest.raises(NotProven):
        await platform.prove(other, code=code, issuer=ISSUER)


async def test_a_token_for_another_attempt_proves_nothing(provider: Provider, platform: OpenIdPlatform) -> None:
    code = await a_code(provider, platform)
    other = Attempt(ATTEMPT.state, nonce="m" * 43, verifier=ATTEMPT.verifier)

    with pytest.raises(NotProven):
        await platform.prove(other, code=code, issuer=ISSUER)


@pytest.mark.parametrize("issuer", [None, "", "http://evil.test", f"{ISSUER}/", ISSUER.upper()])
async def test_an_answer_that_does_not_name_the_platform_is_refused(
    provider: Provider, platform: OpenIdPlatform, issuer: str | None
) -> None:
    code = await a_code(provider, platform)

    with pytest.raises(NotProven):
        await platform.prove(ATTEMPT, code=code, issuer=issuer)


# ---------------------------------------------------------------- a platform that is away


@pytest.mark.row("A09")
@pytest.mark.parametrize("manner", [Manner(outage="503"), Manner(latency_ms=60_000)], ids=["out of order", "silent"])
async def test_a_platform_that_is_away_is_no_proof_and_no_refusal(provider: Provider, clock: Clock, manner: Manner) -> None:
    behaviour = Behaviour()
    platform = platform_of(provider, behaviour, seconds=0.2)
    code = await a_code(provider, platform)
    behaviour.set(manner)

    with pytest.raises(NoAnswer):
        await platform.prove(ATTEMPT, code=code, issuer=ISSUER)


async def test_whoever_publishes_another_issuer_is_not_the_platform(clock: Clock) -> None:
    stranger = a_provider(clock)
    platform = platform_of(stranger)
    stranger.issuer = "http://evil.test"

    with pytest.raises(NoAnswer):
        await platform.authorisation_url(ATTEMPT, login_hint=None, assurance=None)
