"""The real client of the identity platform against one that lies, and what it makes of changing keys."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import pytest

from domain.ports import NoAnswer, NotProven
from mocks.people import PEOPLE
from mocks.provider import Grant, Provider, new_key
from tests.forgery import Sign, es256, forged, hs256, unsigned
from tests.sign_in import Clock, a_provider, platform_of, proven


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


class Liar(Provider):
    """Says `lies` instead of the truth, dropping what is None; `header` and `sign` forge the rest."""

    lies: Mapping[str, object] = MappingProxyType({})
    header: Mapping[str, object] = MappingProxyType({})
    sign: Sign | None = None

    def id_token(self, grant: Grant) -> str:
        claims = {name: value for name, value in {**self.claims(grant), **self.lies}.items() if value is not None}
        return forged({"alg": "ES256", "kid": self.keys[0].kid, **self.header}, claims, self.sign or es256(self.keys[0].private_key))


NOW = int(datetime.fromisoformat("2026-11-23T02:00:00Z").timestamp())
LIES: list[dict[str, object]] = [
    {"iss": "http://evil.test"},
    {"iss": None},
    {"aud": "another-app"},
    {"aud": None},
    {"aud": ["zhangban", "another-app"]},
    {"exp": NOW - 120},
    {"exp": None},
    {"exp": "never"},
    {"iat": NOW + 3600},
    {"iat": None},
    {"nonce": None},
    {"nonce": "m" * 43},
    {"acr": None},
    {"acr": "L9"},
    {"acr": 3},
    {"auth_time": None},
    {"auth_time": NOW - 3600},
    {"auth_time": NOW + 3600},
    {"auth_time": "now"},
    {"sub": None},
    {"sub": ""},
    {"name": None},
    {"document_kind": "LIBRARY_CARD"},
    {"document_number": "450101196606159318"},
    {"document_number": None},
    {"at_hash": "bm90IGl0cyBoYXNo"},
]


@pytest.mark.parametrize("lies", LIES, ids=str)
async def test_no_lie_in_a_well_signed_token_is_believed(clock: Clock, lies: dict[str, object]) -> None:
    liar = a_provider(clock, Liar)
    liar.lies = lies

    with pytest.raises(NotProven):
        await proven(liar, platform_of(liar))


async def test_a_liar_who_tells_the_truth_is_believed(clock: Clock) -> None:
    """Else the test above could not fail."""
    liar = a_provider(clock, Liar)

    assert (await proven(liar, platform_of(liar))).name == PEOPLE["zhang"].name


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ({"alg": "none"}, unsigned),
        ({"alg": "None"}, unsigned),
        ({}, unsigned),
        ({"alg": "HS256"}, hs256(b"a secret that everybody knows")),
        ({"alg": "ES384"}, None),
        ({"alg": 7}, None),
        ({"alg": None}, None),
        ({"kid": "nobody's"}, None),
        ({"kid": None}, None),
        ({"kid": 7}, None),
        ({"crit": ["x"], "x": 1}, None),
        ({}, es256(new_key().private_key)),
    ],
    ids=lambda given: getattr(given, "__qualname__", str(given)),
)
async def test_no_badly_signed_token_is_believed(clock: Clock, header: dict[str, object], sign: Sign | None) -> None:
    liar = a_provider(clock, Liar)
    liar.header, liar.sign = header, sign

    with pytest.raises(NotProven):
        await proven(liar, platform_of(liar))


async def test_the_published_key_is_no_shared_secret(clock: Clock) -> None:
    liar = a_provider(clock, Liar)
    liar.header, liar.sign = {"alg": "HS256"}, hs256(liar.keys[0].as_pem(private=False))

    with pytest.raises(NotProven):
        await proven(liar, platform_of(liar))


@pytest.mark.parametrize("token", ["", "no token", "a.b.c", "....", "W10.e30.AA", "eyJhbGciOiJFUzI1NiJ9..", "x" * 9000, 7, None])
async def test_no_rubbish_is_believed(clock: Clock, token: object) -> None:
    class Babbler(Provider):
        def id_token(self, grant: Grant) -> str:
            return token  # type: ignore[return-value]

    babbler = a_provider(clock, Babbler)

    with pytest.raises((NotProven, NoAnswer)):
        await proven(babbler, platform_of(babbler))


# ---------------------------------------------------------------- keys


async def test_new_keys_are_found_when_they_are_first_used(clock: Clock) -> None:
    provider = a_provider(clock)
    platform = platform_of(provider)
    await proven(provider, platform)
    clock.passes(seconds=31)
    provider.rotate()

    identity = await proven(provider, platform)

    assert identity.name == PEOPLE["zhang"].name
    assert provider.fetched == 2


async def test_made_up_key_ids_fetch_the_keys_at_most_once_in_thirty_seconds(clock: Clock) -> None:
    liar = a_provider(clock, Liar)
    platform = platform_of(liar)
    liar.header = {"kid": "made up"}

    proofs = await asyncio.gather(*(proven(liar, platform) for _ in range(20)), return_exceptions=True)
    clock.passes(seconds=31)
    await asyncio.gather(proven(liar, platform), return_exceptions=True)

    assert all(isinstance(proof, NotProven) for proof in proofs)
    assert liar.fetched == 2


async def test_a_key_that_the_platform_takes_back_is_forgotten_within_the_hour(clock: Clock) -> None:
    liar = a_provider(clock, Liar)
    platform = platform_of(liar)
    await proven(liar, platform)
    stolen = liar.keys[0]
    liar.keys = [new_key()]
    liar.header, liar.sign = {"kid": stolen.kid}, es256(stolen.private_key)
    clock.passes(minutes=61)

    with pytest.raises(NotProven):
        await proven(liar, platform)
