"""What happens to the account that the pension is paid to, after the form was submitted."""

from dataclasses import dataclass
from datetime import datetime

from domain.cases.happened.happening import Happening
from domain.cases.parts import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutChangeAsked(Happening):
    """It waits until `effective_at`, and whoever had the telephone before is told."""

    kind = "payout-change-asked"
    private = ("bank", "account", "mobile")
    effective_at: datetime
    notices: tuple[Notice, ...] = ()
    bank: str = ""
    account: str = ""
    mobile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutChangeCancelled(Happening):
    """By the person; or because the case was withdrawn meanwhile."""

    kind = "payout-change-cancelled"
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutChanged(Happening):
    """It is in force. `tell`: the items whose departments have the former account."""

    kind = "payout-changed"
    revision: int
    tell: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutTold(Happening):
    kind = "payout-told"
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutTellingDelayed(Happening):
    """`retry_at` None: given up, or refused; operators are told."""

    kind = "payout-telling-delayed"
    item: str
    attempt: int
    retry_at: datetime | None
    notices: tuple[Notice, ...] = ()
