"""Access tokens: nothing but our own, in force, is taken for one; and what is ours says nothing about anybody."""

import json
from base64 import urlsafe_b64decode
from datetime import datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.token_keys import KeyFile, fresh_keys
from integrations.tokens import Claims, JwtAccessTokens
from mocks.provider import new_key
from tests.forgery import Sign, es256, forged, hs256, segment, unsigned

URL = "https://ours.test"
NOW = 1_795_399_200
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one), max_leaves=5
)


@pytest.fixture
def now() -> datetime:
    return datetime.fromtimestamp(NOW).astimezone()


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    path = tmp_path_factory.mktemp("keys") / "tokens.json"
    path.write_text(fresh_keys("test-1"), encoding="utf-8")
    return KeyFile(path)


@pytest.fixture(scope="module")
def tokens(key_file: KeyFile) -> JwtAccessTokens:
    return JwtAccessTokens(key_file, URL)


def a_header(**change: object) -> dict[str, object]:
    return _without_none({"alg": "EdDSA", "kid": "test-1", "typ": "at+jwt", **change})


def a_payload(**change: object) -> dict[str, object]:
    return _without_none({"iss": URL, "aud": URL, "sub": "session-1", "jti": "token-1", "iat": NOW, "exp": NOW + 600, **change})


def _without_none(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def test_our_own_token_is_good_for_its_session(tokens: JwtAccessTokens, now: datetime) -> None:
    token = tokens.issue("session-1", now=now)

    claims = tokens.read(token, now=now)

    assert claims is not None
    assert claims.session == "session-1"


def test_a_token_says_nothing_about_anybody(tokens: JwtAccessTokens, now: datetime) -> None:
    header, payload, _ = tokens.issue("session-1", now=now).split(".")

    assert json.loads(urlsafe_b64decode(header + "==")) == {"alg": "EdDSA", "kid": "test-1", "typ": "at+jwt"}
    assert json.loads(urlsafe_b64decode(payload + "==")).keys() == {"iss", "aud", "sub", "jti", "iat", "exp"}


def test_two_tokens_of_one_session_differ(tokens: JwtAccessTokens, now: datetime) -> None:
    ids = {claims.id for _ in range(20) if (claims := tokens.read(tokens.issue("session-1", now=now), now=now))}

    assert len(ids) == 20


def test_a_token_forged_with_our_own_key_would_be_good(key_file: KeyFile, tokens: JwtAccessTokens, now: datetime) -> None:
    """Else none of the tables below could fail."""
    token = forged(a_header(), a_payload(), key_file.keys().signing.sign)

    assert tokens.read(token, now=now) == Claims("token-1", "session-1")


HOSTILE_HEADERS: list[dict[str, object]] = [
    {"typ": None},
    {"typ": "JWT"},
    {"typ": "id+jwt"},
    {"typ": "AT+JWT"},
    {"typ": ["at+jwt"]},
    {"kid": None},
    {"kid": "test-2"},
    {"kid": 1},
    {"kid": ["test-1"]},
    {"kid": "../../keys/test-1"},
    {"alg": None},
    {"alg": "none"},
    {"alg": "HS256"},
    {"alg": "RS256"},
    {"alg": "ES256"},
    {"alg": ["EdDSA"]},
    {"crit": ["b64"], "b64": False},
    {"crit": ["unheard-of"], "unheard-of": 1},
    {"crit": []},
]

HOSTILE_PAYLOADS: list[dict[str, object]] = [
    {"exp": None},
    {"exp": NOW},
    {"exp": NOW - 1},
    {"exp": str(NOW + 600)},
    {"exp": True},
    {"exp": NOW + 600.5},
    {"exp": NOW + 601},
    {"exp": NOW + 10**9},
    {"exp": 10**300},
    {"iat": None},
    {"iat": str(NOW)},
    {"iat": NOW + 31, "exp": NOW + 631},
    {"iat": True},
    {"iss": None},
    {"iss": "https://evil.test"},
    {"iss": [URL]},
    {"aud": None},
    {"aud": "https://evil.test"},
    {"aud": [URL]},
    {"aud": [URL, "https://evil.test"]},
    {"sub": None},
    {"sub": 7},
    {"sub": ["session-1"]},
    {"sub": {"session": 1}},
    {"jti": None},
    {"jti": 7},
]


@pytest.mark.parametrize("change", HOSTILE_HEADERS, ids=str)
def test_no_other_header_is_taken_though_we_signed_it(
    key_file: KeyFile, tokens: JwtAccessTokens, now: datetime, change: dict[str, object]
) -> None:
    token = forged(a_header(**change), a_payload(), key_file.keys().signing.sign)

    assert tokens.read(token, now=now) is None


@pytest.mark.parametrize("change", HOSTILE_PAYLOADS, ids=str)
def test_no_other_claims_are_taken_though_we_signed_them(
    key_file: KeyFile, tokens: JwtAccessTokens, now: datetime, change: dict[str, object]
) -> None:
    token = forged(a_header(), a_payload(**change), key_file.keys().signing.sign)

    assert tokens.read(token, now=now) is None


@pytest.mark.parametrize("payload", [None, 1, "text", [], [a_payload()], b"\xff\xfe", b"", b"{" * 500, b"{}"], ids=str)
def test_no_other_payload_is_taken_though_we_signed_it(key_file: KeyFile, tokens: JwtAccessTokens, now: datetime, payload: object) -> None:
    token = forged(a_header(), payload, key_file.keys().signing.sign)

    assert tokens.read(token, now=now) is None


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ({"alg": "none"}, unsigned),
        ({}, unsigned),
        ({}, lambda _: b"\x00" * 64),
        ({}, Ed25519PrivateKey.generate().sign),
        ({"alg": "HS256"}, hs256(b"guess")),
        ({"alg": "ES256"}, es256(new_key().private_key)),
        ({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": segment(b"k" * 32)}}, Ed25519PrivateKey.generate().sign),
        ({"jku": "https://evil.test/jwks.json"}, Ed25519PrivateKey.generate().sign),
    ],
    ids=["alg none", "no signature", "zeros", "another's key", "HS256", "ES256", "its own key with it", "its own key elsewhere"],
)
def test_no_other_signature_is_taken(tokens: JwtAccessTokens, now: datetime, header: dict[str, object], sign: Sign) -> None:
    assert tokens.read(forged(a_header(**header), a_payload(), sign), now=now) is None


def test_our_public_key_is_no_shared_secret(key_file: KeyFile, tokens: JwtAccessTokens, now: datetime) -> None:
    public = key_file.keys().signing.public_key().public_bytes_raw()

    assert tokens.read(forged(a_header(alg="HS256"), a_payload(), hs256(public)), now=now) is None


def test_an_identity_token_is_no_access_token(key_file: KeyFile, tokens: JwtAccessTokens, now: datetime) -> None:
    claims = {**a_payload(), "nonce": "n", "acr": "L4", "auth_time": NOW, "name": "某人"}
    id_token = jwt.encode(claims, key_file.keys().signing, algorithm="EdDSA", headers={"kid": "test-1"})

    assert tokens.read(id_token, now=now) is None


def test_a_changed_token_is_nobodys(tokens: JwtAccessTokens, now: datetime) -> None:
    header, payload, signature = tokens.issue("session-1", now=now).split(".")
    other = segment(a_payload(sub="session-2"))

    assert tokens.read(f"{header}.{other}.{signature}", now=now) is None
    assert tokens.read(f"{header}.{payload}.{signature[::-1]}", now=now) is None


@pytest.mark.parametrize("text", ["", ".", "..", "...", "a.b.c", "Bearer x", "\x00.\x00.\x00", "é.é.é", "令.牌.!", " ", "{}", "null"])
def test_no_rubbish_is_taken(tokens: JwtAccessTokens, now: datetime, text: str) -> None:
    assert tokens.read(text, now=now) is None


def test_what_is_too_long_is_not_even_looked_at(key_file: KeyFile, tokens: JwtAccessTokens, now: datetime) -> None:
    token = forged(a_header(), a_payload(more="x" * 1_000), key_file.keys().signing.sign)

    assert tokens.read(token, now=now) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(header=ANY_JSON)
def test_whatever_the_header_reading_never_fails(tokens: JwtAccessTokens, now: datetime, header: object) -> None:
    assert tokens.read(forged(header, a_payload(), unsigned), now=now) is None


def test_a_token_lives_ten_minutes(tokens: JwtAccessTokens, now: datetime) -> None:
    token = tokens.issue("session-1", now=now)

    assert tokens.read(token, now=datetime.fromtimestamp(NOW + 599).astimezone())
    assert tokens.read(token, now=datetime.fromtimestamp(NOW + 600).astimezone()) is None
