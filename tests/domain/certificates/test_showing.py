"""A code is good once, for three minutes, for one verifier."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.certificates.certificate import CertificateStatus, refuse_unless_valid
from domain.certificates.showing import Answer, Check, Look, Showing, answer_to, network_of, told, verifier_at
from domain.errors import Refusal, RefusalCode, Remedy
from domain.guessing import Patience, locked_for
from integrations.sealing import Sealing
from tests.certificates import ISSUER, certificate

SHOWN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FRESH = Showing("code-hash", "certificate-1", "person-zhang", SHOWN + timedelta(minutes=3))
FIRST_LOOK = Look("bank", SHOWN + timedelta(minutes=2), "request-of-the-bank")
USED = replace(FRESH, look=FIRST_LOOK)
MILLISECOND = timedelta(milliseconds=1)


def after_first(seconds: float, *, by: str = "bank", asked: str | None = None) -> Look:
    return Look(by, FIRST_LOOK.at + timedelta(seconds=seconds), asked)


@pytest.mark.row("F56")
@pytest.mark.parametrize(
    ("showing", "look", "answer"),
    [
        pytest.param(FRESH, FIRST_LOOK, Answer.FIRST, id="in time"),
        pytest.param(FRESH, replace(FIRST_LOOK, at=FRESH.expires_at - MILLISECOND), Answer.FIRST, id="in the last millisecond"),
        pytest.param(FRESH, replace(FIRST_LOOK, at=FRESH.expires_at), Answer.NOTHING, id="expired"),
        pytest.param(None, FIRST_LOOK, Answer.NOTHING, id="unknown"),
        pytest.param(USED, after_first(30), Answer.AGAIN, id="the same verifier within half a minute"),
        pytest.param(USED, after_first(30.001), Answer.NOTHING, id="the same verifier, later"),
        pytest.param(USED, after_first(5, by="other"), Answer.NOTHING, id="somebody else"),
        pytest.param(USED, after_first(5, by="other", asked="request-of-the-bank"), Answer.AGAIN, id="the same request from elsewhere"),
        pytest.param(replace(FRESH, look=after_first(0)), after_first(5, by="other"), Answer.NOTHING, id="no request is no same request"),
    ],
)
def test_a_code_answers_once_and_to_the_same_verifier_again(showing: Showing | None, look: Look, answer: Answer) -> None:
    assert answer_to(showing, look) is answer


@pytest.mark.row("F57")
def test_a_verifier_is_told_no_more_than_a_masked_name_and_what_the_certificate_is() -> None:
    check = told(certificate(SHOWN))

    assert check == Check(genuine=True, status=CertificateStatus.VALID, holder="张**", issuer=ISSUER, issued_at=SHOWN)


@pytest.mark.row("F59")
@pytest.mark.parametrize(
    ("status", "code", "remedy", "key"),
    [
        (CertificateStatus.REVOKED, RefusalCode.STEP_NOT_ALLOWED, Remedy.ASK_A_PERSON, "certificate.revoked"),
        (CertificateStatus.SUPERSEDED, RefusalCode.EXPIRED, Remedy.NONE, "certificate.superseded"),
    ],
)
def test_only_a_valid_certificate_may_be_shown(status: CertificateStatus, code: RefusalCode, remedy: Remedy, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_unless_valid(replace(certificate(SHOWN), status=status))

    assert (refused.value.code, refused.value.remedy, refused.value.text.key) == (code, remedy, key)


def times(*minutes: float) -> list[datetime]:
    return [SHOWN + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("wrong", "minute", "left"),
    [
        pytest.param(times(*range(9)), 8, None, id="nine"),
        pytest.param(times(*range(10)), 9, 15, id="the tenth within ten minutes locks"),
        pytest.param(times(*range(10)), 20, 4, id="and stays locked"),
        pytest.param(times(*range(10)), 24, None, id="until a quarter of an hour is over"),
        pytest.param(times(0, 2, 3, 4, 5, 6, 7, 8, 9, 10.5), 11, None, id="ten in more than ten minutes"),
        pytest.param(times(-60, -59, *range(10)), 10, 14, id="older ones do not help"),
    ],
)
def test_ten_wrong_codes_in_ten_minutes_lock_for_a_quarter_of_an_hour(wrong: list[datetime], minute: float, left: float | None) -> None:
    locked = locked_for(wrong, SHOWN + timedelta(minutes=minute), Patience())

    assert locked == (timedelta(minutes=left) if left else None)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("121.31.7.9", "121.31.*.*"),
        ("::ffff:121.31.7.9", "121.31.*.*"),
        ("240e:46::1", "240e:46:*"),
        ("unix socket", None),
        ("", None),
    ],
)
def test_of_an_address_only_its_network_is_told(address: str, network: str | None) -> None:
    assert network_of(address) == network


def test_guesses_are_counted_for_the_subscriber_and_repeats_for_the_browser(sealing: Sealing) -> None:
    one, other = verifier_at("240e:46:1:2::3", "phone", sealing), verifier_at("240e:46:1:2::4", "phone", sealing)
    another_browser = verifier_at("240e:46:1:2::3", "laptop", sealing)

    assert one.counted == other.counted == another_browser.counted != verifier_at("240e:46:1:3::3", "phone", sealing).counted
    assert len({one.known, other.known, another_browser.known}) == 3
