"""Showing a certificate: a code that lives three minutes and is good for one verifier, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Protocol

from domain.certificates.certificate import Certificate, CertificateStatus
from domain.people import Person
from domain.words import Words

LIVES = timedelta(minutes=3)
MAY_ASK_AGAIN = timedelta(seconds=30)
"""A verifier whose answer was lost asks again and is told the same."""


class Keyed(Protocol):
    def fingerprint(self, value: str, *, purpose: str) -> str:
        """A keyed hash in hexadecimal; it differs by purpose."""
        ...


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the holder shows. The code is told to them alone and is kept nowhere."""

    id: str
    code: str
    url: str
    expires_at: datetime
    lives_seconds: int


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who looks: keyed hashes of their address (`counted`) and of address and browser (`known`); the person, if they are signed in."""

    counted: str
    known: str
    place: str | None = None
    person: Person | None = None


def verifier_at(address: str, browser: str, keyed: Keyed) -> Verifier:
    """Somebody without an account, by where they come from."""
    return Verifier(
        counted=counted_at(address, keyed),
        known=keyed.fingerprint(f"{address}\x00{browser}", purpose="address-and-browser"),
        place=network_of(address),
    )


def counted_at(address: str, keyed: Keyed) -> str:
    """Under which whoever comes from there is counted."""
    return keyed.fingerprint(_subscriber(address), purpose="address")


def _subscriber(address: str) -> str:
    """One subscriber has one IPv4 address, but 2^64 of IPv6."""
    match _parsed(address):
        case IPv6Address() as parsed:
            return str(IPv6Network((parsed, 64), strict=False))
        case _:
            return address


def network_of(address: str) -> str | None:
    """The part of an address that says which network it is in: 121.31.*.*, 240e:46:*."""
    match _parsed(address):
        case IPv4Address() as parsed:
            return ".".join(str(parsed).split(".")[:2]) + ".*.*"
        case IPv6Address() as parsed:
            return ":".join(f"{int(part, 16):x}" for part in parsed.exploded.split(":")[:2]) + ":*"
        case None:
            return None


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed


@dataclass(frozen=True, slots=True)
class Look:
    """The use of a code. `asked`: keyed hash of the request that used it, and `of` what it asked."""

    by: str
    at: datetime
    asked: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """A presentation as it is kept: `id` is a keyed hash of the code, so that whoever reads the store cannot show anything."""

    id: str
    certificate: str
    person: str
    expires_at: datetime
    look: Look | None = None


class Answer(Enum):
    FIRST = auto()
    AGAIN = auto()
    NOTHING = auto()


def answer_to(showing: Showing | None, look: Look) -> Answer:
    """Unknown, used up and expired are all NOTHING."""
    if showing is None:
        return Answer.NOTHING
    if showing.look is None:
        return Answer.FIRST if look.at < showing.expires_at else Answer.NOTHING
    same = showing.look.by == look.by or (look.asked is not None and showing.look.asked == look.asked)
    return Answer.AGAIN if same and look.at - showing.look.at <= MAY_ASK_AGAIN else Answer.NOTHING


@dataclass(frozen=True, slots=True)
class Check:
    """All that a verifier without an account is told."""

    genuine: bool
    status: CertificateStatus | None = None
    holder: str | None = None
    issuer: Words | None = None
    issued_at: datetime | None = None


NOT_GENUINE = Check(genuine=False)


def told(certificate: Certificate) -> Check:
    """The name is masked: a verifier has the holder before them."""
    return Check(True, certificate.status, certificate.holder.masked_name, certificate.issuer, certificate.issued_at)
