"""Refresh tokens are derived, not stored: the same again for the same generation, and nobody else can make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sessions.refresh import RefreshTokens

KEY, OTHER_KEY = bytes(32), bytes(range(32))


def tokens(*keys: bytes) -> RefreshTokens:
    return RefreshTokens(lambda: keys or (KEY,))


def test_the_same_generation_gives_the_same_token() -> None:
    assert tokens().write("session-1", 3) == tokens().write("session-1", 3)


def test_a_token_names_its_session_and_generation() -> None:
    assert tokens().read(tokens().write("session-1", 3)) == ("session-1", 3)


def test_another_generation_or_session_cannot_be_guessed_from_one() -> None:
    token = tokens().write("session-1", 1)
    mac = token.rpartition(".")[2]

    assert tokens().read(f"session-1.2.{mac}") is None
    assert tokens().read(f"session-2.1.{mac}") is None


def test_a_token_made_with_another_key_is_nobodys() -> None:
    assert tokens(KEY).read(tokens(OTHER_KEY).write("session-1", 1)) is None


def test_a_new_key_in_front_logs_nobody_out() -> None:
    assert tokens(OTHER_KEY, KEY).read(tokens(KEY).write("session-1", 1)) == ("session-1", 1)
    assert tokens(OTHER_KEY, KEY).write("session-1", 1) == tokens(OTHER_KEY).write("session-1", 1)


@pytest.mark.parametrize("change", ["{}x", "x{}", "{} ", "{}\n", "{}.", ".{}", "{}="])
def test_a_token_with_anything_added_is_nobodys(change: str) -> None:
    assert tokens().read(change.format(tokens().write("session-1", 1))) is None


@pytest.mark.parametrize("generation", ["01", "+1", "-1", "1.0", "１", "", "9" * 30])
def test_a_generation_is_written_in_one_way_only(generation: str) -> None:
    mac = tokens().write("session-1", 1).rpartition(".")[2]

    assert tokens().read(f"session-1.{generation}.{mac}") is None


@given(text=st.text())
def test_whatever_the_text_reading_never_fails(text: str) -> None:
    assert tokens().read(text) is None
