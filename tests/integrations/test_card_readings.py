"""Readings of an identity card: the real client against the platform that signs them."""

from datetime import datetime

import httpx2
import pytest
from joserfc import jws

from domain.identifiers import DocumentKind
from domain.ports import NoAnswer
from domain.registers import CardReading, ReadingFailed, ReadingFault
from integrations.card_readings import SEEN, card_reader
from mocks.behave import Behaviour, Manner
from mocks.card_readings import LIVENESS
from mocks.identity import identity_app
from mocks.people import PEOPLE, anyone
from mocks.provider import Provider
from tests.sign_in import ISSUER, Clock, a_provider, platform_of

NONCE = "nonce-that-we-gave-1"


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
def provider(clock: Clock) -> Provider:
    return a_provider(clock)


async def handed_in(provider: Provider, **differently: object) -> httpx2.Response:
    """What the platform answers a device."""
    usual = {"person": "bai", "nonce": NONCE, "device": "helper-phone-1", "liveness": "passed"}
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(identity_app(provider)), base_url=ISSUER) as device:
        return await device.post("/card-readings", json=usual | differently)


async def a_reading(provider: Provider, **differently: object) -> str:
    return (await handed_in(provider, **differently)).json()["reading"]


async def fault_of(provider: Provider, reading: str, *, nonce: str = NONCE) -> ReadingFault:
    with pytest.raises(ReadingFailed) as failed:
        await card_reader(platform_of(provider)).read(reading, nonce=nonce)
    return failed.value.why


@pytest.mark.row("F11")
async def test_a_reading_says_whose_card_was_held_to_which_device_and_when(provider: Provider, clock: Clock) -> None:
    bai = PEOPLE["bai"]

    reading = await card_reader(platform_of(provider)).read(await a_reading(provider), nonce=NONCE)

    assert reading == CardReading(bai.name, DocumentKind.RESIDENT_ID, bai.document_number, "helper-phone-1", clock.moment)


@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_every_kind_of_document_can_be_read(provider: Provider, kind: DocumentKind) -> None:
    person = anyone(17, kind.value)

    reading = await card_reader(platform_of(provider)).read(await a_reading(provider, person=person.key), nonce=NONCE)

    assert (reading.document_kind, reading.document_number) == (kind, person.document_number)


@pytest.mark.row("F11")
@pytest.mark.parametrize("liveness", [why for why in LIVENESS if why != "passed"])
async def test_a_reading_that_failed_says_why(provider: Provider, liveness: str) -> None:
    reading = await a_reading(provider, liveness=liveness)

    assert (await fault_of(provider, reading)).name == liveness.upper().replace("-", "_")


def test_every_way_in_which_the_platform_sees_a_reading_fail_has_a_word() -> None:
    assert {"passed", *SEEN} == set(LIVENESS)


async def test_of_a_failed_reading_the_platform_does_not_say_whose_card_it_was(provider: Provider) -> None:
    reading = await a_reading(provider, liveness="face-mismatch")

    payload = jws.extract_compact(reading.encode()).payload
    assert PEOPLE["bai"].document_number.encode() not in payload


@pytest.mark.row("F11")
@pytest.mark.parametrize("nonce", ["", "nonce-that-we-gave-2", f"{NONCE} ", NONCE.upper()])
async def test_a_reading_for_another_nonce_proves_nothing(provider: Provider, nonce: str) -> None:
    assert await fault_of(provider, await a_reading(provider), nonce=nonce) is ReadingFault.OTHER_NONCE


@pytest.mark.row("F11")
async def test_a_reading_is_good_for_two_minutes(provider: Provider, clock: Clock) -> None:
    reading, reader = await a_reading(provider), card_reader(platform_of(provider))
    clock.passes(minutes=2)
    await reader.read(reading, nonce=NONCE)
    clock.passes(seconds=1)

    assert await fault_of(provider, reading) is ReadingFault.TOO_OLD


async def test_a_platform_whose_clock_is_a_little_ahead_is_believed_and_the_moment_is_ours(provider: Provider, clock: Clock) -> None:
    read_at = clock.moment
    clock.passes(seconds=30)
    reading = await a_reading(provider)
    clock.moment = read_at

    assert (await card_reader(platform_of(provider)).read(reading, nonce=NONCE)).at == read_at


async def test_a_new_key_of_the_platform_is_found(provider: Provider, clock: Clock) -> None:
    reader = card_reader(platform_of(provider))
    await reader.read(await a_reading(provider), nonce=NONCE)
    clock.passes(seconds=31)
    provider.rotate()

    assert (await reader.read(await a_reading(provider), nonce=NONCE)).name == PEOPLE["bai"].name


async def test_signing_in_and_reading_cards_share_the_published_keys(provider: Provider) -> None:
    platform = platform_of(provider)
    reader, other = card_reader(platform), card_reader(platform)
    await reader.read(await a_reading(provider), nonce=NONCE)
    await other.read(await a_reading(provider), nonce=NONCE)

    assert provider.fetched == 1


async def test_a_platform_that_is_away_is_no_failed_reading(provider: Provider) -> None:
    reading, behaviour = await a_reading(provider), Behaviour(Manner(outage="503"))

    with pytest.raises(NoAnswer):
        await card_reader(platform_of(provider, behaviour)).read(reading, nonce=NONCE)


@pytest.mark.parametrize(
    ("differently", "status"),
    [({"person": "nobody"}, 404), ({"nonce": "short"}, 422), ({"liveness": "tired"}, 422), ({"device": ""}, 422), ({"colour": 1}, 422)],
    ids=str,
)
async def test_a_device_that_asks_wrongly_gets_no_reading(provider: Provider, differently: dict[str, object], status: int) -> None:
    answer = await handed_in(provider, **differently)

    assert (answer.status_code, "reading" in answer.json()) == (status, False)


async def test_the_card_of_a_suspended_identity_gives_no_reading(provider: Provider) -> None:
    provider.suspended.add(PEOPLE["bai"].document_number)

    answer = await handed_in(provider)

    assert (answer.status_code, answer.json()) == (403, {"error": "suspended"})
