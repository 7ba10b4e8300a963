"""The keys of our tokens change without anybody noticing, and nothing of them gets out."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from domain.sessions.refresh import RefreshTokens
from integrations.token_keys import BadTokenKeys, KeyFile, fresh_keys, read_keys, rotate
from integrations.tokens import JwtAccessTokens


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tokens.json"
    path.write_text(fresh_keys("test-1"), encoding="utf-8")
    return path


def tokens_of(path: Path) -> JwtAccessTokens:
    return JwtAccessTokens(KeyFile(path), "https://ours.test")


def test_a_new_key_logs_nobody_out(path: Path, moment: datetime) -> None:
    tokens = tokens_of(path)
    before = tokens.issue("session-1", now=moment)

    rotate(path, kid="test-2")
    after = tokens.issue("session-1", now=moment)

    assert tokens.read(before, now=moment)
    assert tokens.read(after, now=moment)
    assert read_keys(path).kid == "test-2"


def test_another_process_sees_the_new_key_at_once(path: Path, moment: datetime) -> None:
    one, another = tokens_of(path), tokens_of(path)
    rotate(path, kid="test-2")

    assert another.read(one.issue("session-1", now=moment), now=moment)


def test_refresh_tokens_outlive_the_rotation_of_access_keys(path: Path) -> None:
    refresh_tokens = RefreshTokens(KeyFile(path).refresh_keys)
    token = refresh_tokens.write("session-1", 1)

    for number in range(2, 9):
        rotate(path, kid=f"test-{number}")

    assert refresh_tokens.read(token) == ("session-1", 1)


def test_only_a_few_former_keys_are_kept(path: Path) -> None:
    for number in range(2, 9):
        rotate(path, kid=f"test-{number}")

    assert list(read_keys(path).verifying) == ["test-8", "test-7", "test-6", "test-5"]


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    rotate(path, kid="test-2")

    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_published_holds_no_secret(path: Path) -> None:
    rotate(path, kid="test-2")

    published = KeyFile(path).keys().public()

    assert [key["kid"] for key in published["keys"]] == ["test-2", "test-1"]
    assert all(key.keys() == {"kty", "crv", "use", "alg", "kid", "x"} for key in published["keys"])


def test_no_secret_is_in_what_a_debugger_prints(path: Path) -> None:
    secrets = [key.get("d") or key["k"] for key in json.loads(path.read_text(encoding="utf-8"))["keys"]]
    keys = read_keys(path)

    assert not any(secret in repr(keys) for secret in secrets)
    assert repr(keys.refresh[0]) not in repr(keys)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"keys": []}',
        '{"keys": [{"kty": "RSA", "kid": "a"}]}',
        '{"keys": [{"kty": "OKP", "kid": "a", "crv": "Ed448", "x": "", "d": ""}]}',
        '{"keys": [{"kty": "OKP", "kid": "a", "x": "AA", "d": "AA"}]}',
        '{"keys": [{"kty": "oct", "kid": "a", "k": "c2hvcnQ"}]}',
    ],
)
def test_a_file_that_is_not_right_is_refused_at_the_start(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadTokenKeys):
        KeyFile(path)
    with pytest.raises(BadTokenKeys):
        rotate(path, kid="test-2")


@pytest.mark.parametrize("damage", ["", "{", '{"keys": []}'])
def test_a_file_damaged_later_leaves_the_former_keys_in_force(path: Path, moment: datetime, damage: str) -> None:
    tokens = tokens_of(path)
    token = tokens.issue("session-1", now=moment)

    path.write_text(damage, encoding="utf-8")

    assert tokens.read(token, now=moment)


def test_a_file_that_is_gone_leaves_the_former_keys_in_force(path: Path, moment: datetime) -> None:
    tokens = tokens_of(path)
    token = tokens.issue("session-1", now=moment)

    path.unlink()

    assert tokens.read(token, now=moment)
