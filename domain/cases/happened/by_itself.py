"""What the product does of its own accord: certificate, completion, notices, the end of a draft."""

from dataclasses import dataclass
from datetime import datetime

from domain.cases.happened.happening import Happening
from domain.cases.parts import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Happening):
    kind = "certificate-issued"
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDelayed(Happening):
    kind = "certificate-delayed"
    retry_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Happening):
    kind = "completed"
    notices: tuple[Notice, ...] = ()
    erase_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftExpired(Happening):
    kind = "draft-expired"
    erase_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSent(Happening):
    kind = "notice-sent"
    notice: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDelayed(Happening):
    """`retry_at` None: given up, or there is nowhere to send it."""

    kind = "notice-delayed"
    notice: str
    attempt: int
    retry_at: datetime | None
