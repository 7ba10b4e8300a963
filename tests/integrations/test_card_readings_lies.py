"""Card readings that somebody made up, changed, or took from somewhere else."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from domain.ports import NotProven
from domain.registers import ReadingFailed, ReadingFault
from integrations.card_readings import card_reader
from mocks.card_readings import TYPE, Attempt, claims
from mocks.people import PEOPLE
from mocks.provider import Grant, Provider, new_key
from tests.forgery import Sign, es256, forged, hs256, unsigned
from tests.sign_in import ATTEMPT, Clock, a_code, a_provider, platform_of

NONCE = "nonce-that-we-gave-1"
NOW = int(datetime.fromisoformat("2026-11-23T02:00:00Z").timestamp())


@pytest.fixture
def provider(moment: datetime) -> Provider:
    return a_provider(Clock(moment))


def told(provider: Provider, *, header: Mapping[str, object] | None = None, sign: Sign | None = None, **lies: object) -> str:
    """A reading of bai's card with these claims instead; None leaves one out."""
    truth = claims(provider, Attempt("bai", NONCE), PEOPLE["bai"])
    said = {name: value for name, value in {**truth, **lies}.items() if value is not None}
    usual = {"alg": "ES256", "kid": provider.keys[0].kid, "typ": TYPE}
    return forged(usual | (header or {}), said, sign or es256(provider.keys[0].private_key))


async def fault_of(provider: Provider, reading: str) -> ReadingFault:
    with pytest.raises(ReadingFailed) as failed:
        await card_reader(platform_of(provider)).read(reading, nonce=NONCE)
    return failed.value.why


async def test_a_reading_made_by_hand_that_tells_the_truth_is_believed(provider: Provider) -> None:
    """Else the tests below could not fail."""
    reading = await card_reader(platform_of(provider)).read(told(provider), nonce=NONCE)

    assert reading.name == PEOPLE["bai"].name


@pytest.mark.row("F11")
@pytest.mark.parametrize(
    ("lies", "fault"),
    [
        ({"iss": "http://evil.test"}, ReadingFault.NOT_FOR_US),
        ({"iss": None}, ReadingFault.UNREADABLE),
        ({"aud": "another-app"}, ReadingFault.NOT_FOR_US),
        ({"aud": ["zhangban", "another-app"]}, ReadingFault.NOT_FOR_US),
        ({"aud": []}, ReadingFault.NOT_FOR_US),
        ({"aud": None}, ReadingFault.UNREADABLE),
        ({"nonce": "nonce-of-another-one"}, ReadingFault.OTHER_NONCE),
        ({"nonce": None}, ReadingFault.UNREADABLE),
        ({"nonce": 7}, ReadingFault.UNREADABLE),
        ({"iat": NOW - 121}, ReadingFault.TOO_OLD),
        ({"iat": NOW + 61}, ReadingFault.TOO_OLD),
        ({"iat": -1}, ReadingFault.UNREADABLE),
        ({"iat": 10**30}, ReadingFault.UNREADABLE),
        ({"iat": "now"}, ReadingFault.UNREADABLE),
        ({"iat": None}, ReadingFault.UNREADABLE),
        ({"liveness": "failed"}, ReadingFault.UNREADABLE),
        ({"liveness": "failed", "reason": "bored"}, ReadingFault.UNREADABLE),
        ({"liveness": "failed", "reason": "card-lost"}, ReadingFault.CARD_LOST),
        ({"liveness": "PASSED"}, ReadingFault.UNREADABLE),
        ({"liveness": True}, ReadingFault.UNREADABLE),
        ({"liveness": None}, ReadingFault.UNREADABLE),
        ({"device": None}, ReadingFault.UNREADABLE),
        ({"name": None}, ReadingFault.UNREADABLE),
        ({"name": ""}, ReadingFault.UNREADABLE),
        ({"document_kind": "LIBRARY_CARD"}, ReadingFault.UNREADABLE),
        ({"document_number": "150201196605029970"}, ReadingFault.UNREADABLE),
        ({"document_number": None}, ReadingFault.UNREADABLE),
    ],
    ids=str,
)
async def test_no_lie_in_a_well_signed_reading_is_believed(provider: Provider, lies: dict[str, object], fault: ReadingFault) -> None:
    assert await fault_of(provider, told(provider, **lies)) is fault


async def test_an_audience_of_us_alone_may_be_a_list(provider: Provider) -> None:
    reading = await card_reader(platform_of(provider)).read(told(provider, aud=["zhangban"]), nonce=NONCE)

    assert reading.name == PEOPLE["bai"].name


@pytest.mark.row("F11")
@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ({"alg": "none"}, unsigned),
        ({"alg": "None"}, unsigned),
        ({}, unsigned),
        ({"alg": "HS256"}, hs256(b"a secret that everybody knows")),
        ({"alg": "ES384"}, None),
        ({"alg": 7}, None),
        ({"kid": "nobody's"}, None),
        ({"kid": None}, None),
        ({"typ": "JWT"}, None),
        ({"typ": None}, None),
        ({"crit": ["x"], "x": 1}, None),
        ({}, es256(new_key().private_key)),
    ],
    ids=lambda given: getattr(given, "__qualname__", str(given)),
)
async def test_no_badly_signed_reading_is_believed(provider: Provider, header: dict[str, object], sign: Sign | None) -> None:
    assert await fault_of(provider, told(provider, header=header, sign=sign)) is ReadingFault.FORGED


async def test_the_published_key_is_no_shared_secret(provider: Provider) -> None:
    secret = hs256(provider.keys[0].as_pem(private=False))

    assert await fault_of(provider, told(provider, header={"alg": "HS256"}, sign=secret)) is ReadingFault.FORGED


async def test_a_reading_that_was_changed_on_the_way_is_forged(provider: Provider) -> None:
    mine, other = told(provider).split("."), told(provider, name="李四").split(".")

    assert await fault_of(provider, f"{mine[0]}.{other[1]}.{mine[2]}") is ReadingFault.FORGED


@pytest.mark.parametrize("reading", ["", "no reading", "a.b.c", "....", "W10.e30.AA", "eyJhbGciOiJFUzI1NiJ9..", "\ud800", "读", "x" * 9000])
async def test_no_rubbish_is_believed(provider: Provider, reading: str) -> None:
    assert await fault_of(provider, reading) in {ReadingFault.UNREADABLE, ReadingFault.FORGED}


@pytest.mark.parametrize("payload", [[], "text", 7, None], ids=str)
async def test_a_signed_thing_that_is_no_set_of_claims_is_none(provider: Provider, payload: object) -> None:
    header = {"alg": "ES256", "kid": provider.keys[0].kid, "typ": TYPE}

    reading = forged(header, payload, es256(provider.keys[0].private_key))

    assert await fault_of(provider, reading) in {ReadingFault.UNREADABLE, ReadingFault.FORGED}


async def test_an_id_token_is_no_card_reading(provider: Provider) -> None:
    grant = Grant(PEOPLE["bai"], "L3", provider.now(), "", NONCE, "")

    assert await fault_of(provider, provider.id_token(grant)) is ReadingFault.FORGED


async def test_a_card_reading_is_no_id_token(moment: datetime) -> None:
    class Confused(Provider):
        def id_token(self, grant: Grant) -> str:
            return told(self, nonce=grant.nonce)

    confused = a_provider(Clock(moment), Confused)
    platform = platform_of(confused)
    code = await a_code(confused, platform, "bai")

    with pytest.raises(NotProven):
        await platform.prove(ATTEMPT, code=code, issuer=confused.issuer)


async def test_no_failure_quotes_whose_card_it_was(provider: Provider) -> None:
    with pytest.raises(ReadingFailed) as failed:
        await card_reader(platform_of(provider)).read(told(provider, document_kind="LIBRARY_CARD"), nonce=NONCE)

    assert (str(failed.value), failed.value.__cause__) == ("UNREADABLE", None)
