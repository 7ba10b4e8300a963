"""What the domain needs from outside, in its own words. Clients in integrations/ satisfy these by shape.

Every port may raise NoAnswer: the system is away, slow or broken, and asking again later may help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.acting import Assurance
from domain.identifiers import DocumentKind
from domain.organisations.organisation import Enterprise


class NoAnswer(Exception):
    """An outside system did not answer usefully in time."""

    def __init__(self, system: str, why: str) -> None:
        super().__init__(f"{system}: {why}")
        self.system = system
        self.why = why


# ---------------------------------------------------------------- who somebody is


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """What the identity platform vouches for. `platform_session` is its `sid`, for back-channel logout.

    `enterprise`: whose legal account (法人账号) it is; the person is its legal representative.
    """

    subject: str
    name: str
    document_kind: DocumentKind
    document_number: str
    assurance: Assurance
    proved_at: datetime
    platform_session: str | None = None
    enterprise: Enterprise | None = None


class NotProven(Exception):
    """The identity platform answered, and what it said cannot be believed (state, nonce, signature, issuer, expired, refused)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in under way: one-time secrets kept on our side only."""

    state: str
    nonce: str
    verifier: str


class IdentityPlatform(Protocol):
    async def authorisation_url(self, attempt: Attempt, *, login_hint: str | None, assurance: Assurance | None) -> str: ...

    async def prove(self, attempt: Attempt, *, code: str, issuer: str | None) -> ProvenIdentity:
        """Raises NotProven, NoAnswer."""
        ...


@dataclass(frozen=True, slots=True)
class MiniProgramAccount:
    openid: str
    unionid: str | None


class MiniProgramLogin(Protocol):
    async def account(self, *, host: str, code: str) -> MiniProgramAccount:
        """The account behind a one-time code. Raises NotProven for a code that is bad or used, NoAnswer."""
        ...


# ---------------------------------------------------------------- licences and registers


@dataclass(frozen=True, slots=True)
class ConsentProof:
    """Which recorded consent allows the question."""

    consent: str
    purpose: str
    version: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence or register entry: metadata after GB/T 36903, identifier after GB/T 36904; `attributes` by the catalogue's names."""

    kind: str
    identifier: str
    issuer: str
    issued_at: datetime
    valid_until: date | None
    attributes: Mapping[str, str]


class LicenceExchange(Protocol):
    async def licence(self, kind: str, *, holder_kind: DocumentKind, holder_number: str, consent: ConsentProof) -> Licence | None:
        """The holder's valid licence of that kind; None: they have none. Raises NoAnswer."""
        ...


# ---------------------------------------------------------------- departments


class ItemOutcome(StrEnum):
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    FOUND = "FOUND"
    NOT_FOUND = "NOT_FOUND"
    TOLD = "TOLD"


@dataclass(frozen=True, slots=True)
class Handoff:
    """One item given to its department. `key` is made of case, item and round: its effect is once."""

    key: str
    department: str
    item: str
    case_number: str
    region: str
    applicant: Mapping[str, str]
    answers: Mapping[str, str | Sequence[str]]
    materials: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """`sequence` orders what one department says about one hand-off; `reasons` are its own words."""

    sequence: int
    outcome: ItemOutcome
    at: datetime
    text: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """Received; the department will call back (202), or says that it has begun."""

    sequence: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The department's system refused the hand-off itself (4xx): asking again unchanged will not help."""

    reasons: tuple[str, ...]


HandoffAnswer = Decided | Working | Rejected


class CancelAnswer(StrEnum):
    CANCELLED = "CANCELLED"
    TOO_LATE = "TOO_LATE"


class Departments(Protocol):
    async def hand_off(self, handoff: Handoff) -> HandoffAnswer:
        """Raises NoAnswer."""
        ...

    async def cancel(self, *, department: str, key: str) -> CancelAnswer:
        """Raises NoAnswer."""
        ...


# ---------------------------------------------------------------- messages


class MessageChannel(StrEnum):
    SMS = "SMS"
    MINI_PROGRAM = "MINI_PROGRAM"
    VOICE = "VOICE"
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """`key` makes its effect once; the text holds no personal data."""

    key: str
    channel: MessageChannel
    to: str
    text: str


class Messenger(Protocol):
    async def send(self, message: OutgoingMessage) -> None:
        """Returns once the provider has accepted it. Raises NoAnswer."""
        ...


# ---------------------------------------------------------------- documents and signatures


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """What the e-retirement-certificate shows (policy §12); never the pension's amount."""

    number: str
    licence_identifier: str
    name: str
    sex: str
    birth_date: date
    ethnicity: str
    document_number: str
    portrait: bytes | None
    work_started: str
    retired_on: date
    retirement_kind: str
    contribution_months: int
    deemed_months: int
    last_employer: str
    last_post: str
    pension_from: str
    claim_place: str
    approved_by: str
    approval_number: str
    issuer: str
    issued_on: date
    check_url: str
    extra: Mapping[str, str] = field(default_factory=dict)


class Documents(Protocol):
    async def certificate(self, content: CertificateContent) -> bytes:
        """An unsigned tagged PDF/A."""
        ...

    def qr_svg(self, text: str) -> str: ...


class Signer(Protocol):
    async def sign_pdf(self, pdf: bytes, *, reason: str) -> bytes:
        """The same document with a PAdES signature of the issuer."""
        ...
