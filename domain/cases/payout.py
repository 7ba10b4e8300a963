"""The account that the pension is paid to, once the form is submitted: how a change of it stands until every department knows."""

from dataclasses import dataclass
from datetime import datetime

BANK, ACCOUNT = "bank", "bank-account"
"""Keys of the two answers that say where money is paid to."""


@dataclass(frozen=True, slots=True)
class PayoutTelling:
    """The department of an item that pays to the account, and when it is (again) to be told of the new one."""

    item: str
    due_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class PayoutChange:
    """`step`: the number of the step that asked for it, by which each department is told once; `person`: who asked.

    `mobile`: as it stood before, where the notice goes whatever becomes of the number. `tellings`: once it is `in_force`.
    """

    step: int
    person: str
    bank: str
    account: str
    mobile: str | None
    effective_at: datetime
    in_force: bool = False
    tellings: tuple[PayoutTelling, ...] = ()
