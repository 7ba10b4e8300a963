"""What the sign-in page takes, and what a ticket is good for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acting import Assurance
from domain.errors import Expired, InvalidForm, NotPermitted
from domain.sessions.attempt import Ticket, Wish, challenge_of, check_verifier, digest, read_wish
from domain.sessions.session import Proof

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
VERIFIER = "v" * 43
CHALLENGE = challenge_of(VERIFIER)


def a_wish(**change: str | None) -> Wish:
    asked: dict[str, str | None] = {"return_to": "/", "challenge": CHALLENGE, "login_hint": None, "assurance": None, **change}
    return read_wish(
        return_to=asked["return_to"] or "", challenge=asked["challenge"] or "", login_hint=asked["login_hint"], assurance=asked["assurance"]
    )


@pytest.mark.parametrize("path", ["/", "/home", "/cases/1?tab=2&x=%E4%B8%AD", "/a//b", "/a:b@c", "/" + "x" * 511])
def test_a_path_of_ours_is_where_people_return_to(path: str) -> None:
    assert a_wish(return_to=path).return_to == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "home",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/home\\..",
        "https://evil.test/",
        "HTTPS:evil.test",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.test",
        "/\n/evil.test",
        "/\r\nLocation: https://evil.test",
        "/home\x00",
        "/home\x7f",
        " /home",
        "/home ",
        "\u2003/home",
        "/／evil.test",
        "/。evil.test",
        "/home#ticket=theirs",
        "/<script>",
        '/"onload=',
        "/{}",
        "/" + "x" * 512,
    ],
)
def test_nowhere_else_does_anybody_return_to(elsewhere: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        a_wish(return_to=elsewhere)

    assert [issue.code for issue in refused.value.issues] == ["return-to"]


@given(text=st.text())
def test_whatever_is_taken_begins_with_exactly_one_slash(text: str) -> None:
    try:
        path = a_wish(return_to=text).return_to
    except InvalidForm:
        return
    assert path[0] == "/"
    assert path[1:2] not in {"/", "\\"}


@pytest.mark.parametrize("challenge", ["", CHALLENGE[:-1], CHALLENGE + "A", CHALLENGE + "=", "+" * 43, "é" * 43, CHALLENGE + "\n"])
def test_a_challenge_is_one_sha256(challenge: str) -> None:
    with pytest.raises(InvalidForm):
        a_wish(challenge=challenge)


@pytest.mark.parametrize("hint", ["x" * 65, "a b", "a&b=c", "<b>", "a\nb"])
def test_a_hint_is_a_plain_word(hint: str) -> None:
    with pytest.raises(InvalidForm):
        a_wish(login_hint=hint)


def test_a_level_must_exist() -> None:
    assert a_wish(assurance="L4").assurance is Assurance.L4
    with pytest.raises(InvalidForm):
        a_wish(assurance="L5")


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(InvalidForm) as refused:
        a_wish(return_to="//x", challenge="", login_hint="a b", assurance="L9")

    assert len(refused.value.issues) == 4


@pytest.mark.parametrize("verifier", ["v" * 42, "v" * 129, "v" * 42 + "é", "v" * 43 + "\n", "v" * 42 + "+", ""])
def test_a_verifier_has_43_to_128_plain_characters(verifier: str) -> None:
    with pytest.raises(InvalidForm):
        check_verifier(verifier)


def test_the_challenge_is_the_verifiers_sha256_without_padding() -> None:
    """The example of RFC 7636, appendix B."""
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


# ---------------------------------------------------------------- tickets


def a_ticket(**change: object) -> Ticket:
    ticket = Ticket(digest("ticket"), CHALLENGE, Proof(Assurance.L3, NOW), expires_at=NOW + timedelta(minutes=2))
    return replace(ticket, **change)  # type: ignore[arg-type]


def test_a_ticket_is_good_for_who_knows_the_verifier() -> None:
    a_ticket().must_be_good(request="request-1", verifier=VERIFIER, now=NOW)


def test_a_ticket_is_good_for_nobody_else() -> None:
    with pytest.raises(NotPermitted):
        a_ticket().must_be_good(request="request-1", verifier="w" * 43, now=NOW)


def test_a_ticket_is_good_for_two_minutes() -> None:
    with pytest.raises(Expired):
        a_ticket().must_be_good(request="request-1", verifier=VERIFIER, now=NOW + timedelta(minutes=2))


def test_a_ticket_is_good_for_one_request() -> None:
    with pytest.raises(Expired):
        a_ticket(redeemed_by="request-1").must_be_good(request="request-2", verifier=VERIFIER, now=NOW)


def test_the_request_that_used_a_ticket_may_ask_again_when_its_time_is_over() -> None:
    a_ticket(redeemed_by="request-1").must_be_good(request="request-1", verifier=VERIFIER, now=NOW + timedelta(minutes=9))
