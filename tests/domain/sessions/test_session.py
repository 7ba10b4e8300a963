"""What may become of a session: refreshed, raised, ended; decided without any store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.acting import Assurance
from domain.errors import Expired, NotPermitted, Remedy
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.sessions.account import Account
from domain.sessions.session import Proof, Session, over

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
ZHANG = Person("person-zhang", "张守田", DocumentKind.PASSPORT, "E00000001")
LI = Person("person-li", "李秋岚", DocumentKind.PASSPORT, "E00000002")


def a_proof(assurance: Assurance = Assurance.L3, person: Person | None = ZHANG, *, minutes: int = 0) -> Proof:
    return Proof(assurance, NOW + timedelta(minutes=minutes), person)


def a_session(proof: Proof | None = None) -> Session:
    return Session("session-1", proof or a_proof(), began_at=NOW, expires_at=NOW + MONTH)


def refreshed(session: Session, *, generation: int, by: str, minutes: float = 1) -> Session:
    return session.refreshed(generation=generation, by=by, now=NOW + timedelta(minutes=minutes), lives=MONTH)


# ---------------------------------------------------------------- refreshing


def test_the_token_in_force_is_spent_and_the_next_one_is_in_force() -> None:
    after = refreshed(a_session(), generation=1, by="request-1")

    at = NOW + timedelta(minutes=1)
    assert after == replace(a_session(), generation=2, spent_by="request-1", spent_at=at, expires_at=at + MONTH)


def test_a_lost_answer_is_given_again_to_the_request_that_lost_it() -> None:
    once = refreshed(a_session(), generation=1, by="request-1")

    assert refreshed(once, generation=1, by="request-1", minutes=10) == once


@pytest.mark.parametrize(
    ("generation", "by", "minutes"),
    [(1, "request-2", 2), (1, "request-1", 12)],
    ids=["another request", "the same request, after more than ten minutes"],
)
def test_a_spent_token_ends_the_session(generation: int, by: str, minutes: int) -> None:
    once = refreshed(a_session(), generation=1, by="request-1")

    after = refreshed(once, generation=generation, by=by, minutes=minutes)

    assert after == replace(once, ended_at=NOW + timedelta(minutes=minutes))


def test_a_token_spent_long_ago_ends_the_session_whoever_shows_it() -> None:
    twice = refreshed(refreshed(a_session(), generation=1, by="request-1"), generation=2, by="request-2", minutes=2)

    assert refreshed(twice, generation=1, by="request-1", minutes=3).ended_at


def test_a_session_that_ended_is_not_refreshed() -> None:
    with pytest.raises(Expired) as refused:
        refreshed(a_session().ended(NOW), generation=1, by="request-1")

    assert refused.value.remedy is Remedy.STEP_UP
    assert refused.value.step_up


def test_a_session_that_nobody_refreshed_for_thirty_days_is_over() -> None:
    with pytest.raises(Expired):
        refreshed(a_session(), generation=1, by="request-1", minutes=30 * 24 * 60)


def test_the_first_end_is_the_end() -> None:
    ended = a_session().ended(NOW)

    assert ended.ended(NOW + timedelta(hours=1)) == ended


# ---------------------------------------------------------------- raising


@pytest.mark.parametrize("proof", [a_proof(Assurance.L4), a_proof(minutes=5), a_proof(Assurance.L4, minutes=-5)])
def test_a_better_proof_raises_the_session_and_nothing_else(proof: Proof) -> None:
    assert a_session().raised(proof, NOW) == replace(a_session(), proof=proof)


@pytest.mark.parametrize("proof", [a_proof(Assurance.L2, minutes=5), a_proof(minutes=-5), a_proof()])
def test_a_proof_that_is_no_better_changes_nothing(proof: Proof) -> None:
    assert a_session().raised(proof, NOW) == a_session()


@pytest.mark.parametrize("person", [LI, None])
def test_another_persons_proof_is_refused(person: Person | None) -> None:
    with pytest.raises(NotPermitted):
        a_session().raised(a_proof(Assurance.L4, person), NOW)


def test_a_session_of_nobody_yet_becomes_the_persons_and_keeps_its_account() -> None:
    account = Account("wechat", "openid-1")
    anonymous = replace(a_session(a_proof(Assurance.L1, None)), account=account)

    after = anonymous.raised(a_proof(Assurance.L2), NOW)

    assert (after.proof.person, after.account, after.id) == (ZHANG, account, anonymous.id)


def test_a_session_that_ended_is_not_raised() -> None:
    with pytest.raises(Expired):
        a_session().ended(NOW).raised(a_proof(Assurance.L4), NOW)


# ---------------------------------------------------------------- what it gives


def test_who_acts_is_taken_from_the_session_alone() -> None:
    acting = a_session().acting()

    assert (acting.session, acting.person, acting.assurance, acting.proved_at) == ("session-1", ZHANG, Assurance.L3, NOW)


def test_whoever_must_sign_in_again_is_told_how_surely() -> None:
    refusal = over(a_session(a_proof(Assurance.L4)))

    assert refusal.step_up is not None
    assert (refusal.step_up.assurance, refusal.step_up.url) == (Assurance.L4, "/sign-in?acr=L4")
