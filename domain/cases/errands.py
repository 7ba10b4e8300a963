"""What must be done for a case, and when: the one alarm clock. `next_due` is kept beside the case; `due` says what is due then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.cases.case import Case
from domain.cases.parts import ItemStatus
from domain.cases.patience import PATIENCE, Patience
from domain.catalogue.types import Catalogue


class ErrandKind(StrEnum):
    ASK_REGISTER = "ask-register"
    HAND_OFF = "hand-off"
    ASK_AGAIN = "ask-again"
    CANCEL = "cancel"
    CERTIFICATE = "certificate"
    NOTIFY = "notify"
    SETTLE = "settle"
    EXPIRE_DRAFT = "expire-draft"
    ERASE = "erase"
    CHANGE_PAYOUT = "change-payout"
    TELL_PAYOUT = "tell-payout"


@dataclass(frozen=True, slots=True)
class Errand:
    """`about`: the source, item or notice it is for."""

    kind: ErrandKind
    about: str
    at: datetime


def errands(case: Case, patience: Patience = PATIENCE) -> tuple[Errand, ...]:
    """Everything that the case waits to have done."""
    timers: list[tuple[ErrandKind, str, datetime | None]] = [
        (ErrandKind.EXPIRE_DRAFT, "", case.draft_expires_at),
        (ErrandKind.ERASE, "", case.erase_at),
        (ErrandKind.CERTIFICATE, "", case.certificate_due_at),
        *((ErrandKind.ASK_REGISTER, state.source, state.next_try) for state in case.prefill),
        *((ErrandKind.HAND_OFF, item.code, item.hand_off_at) for item in case.items),
        *((ErrandKind.ASK_AGAIN, item.code, item.ask_again_at) for item in case.items),
        *((ErrandKind.CANCEL, item.code, item.cancel_at) for item in case.items),
        *((ErrandKind.NOTIFY, notice.key, notice.due_at) for notice in case.notices),
        *_of_payout(case),
    ]
    if case.private.pending:
        timers.append((ErrandKind.SETTLE, "", case.private.pending.since + patience.autosave))
    return tuple(Errand(kind, about, at) for kind, about, at in timers if at)


def _of_payout(case: Case) -> Iterator[tuple[ErrandKind, str, datetime]]:
    """A department that has not been handed its item yet is told afterwards."""
    change = case.private.payout
    if change is None:
        return
    if not change.in_force:
        yield ErrandKind.CHANGE_PAYOUT, "", change.effective_at
    waiting = {item.code for item in case.items if item.status is ItemStatus.WAITING}
    yield from ((ErrandKind.TELL_PAYOUT, one.item, one.due_at) for one in change.tellings if one.item not in waiting)


def due(case: Case, now: datetime) -> tuple[Errand, ...]:
    return tuple(errand for errand in errands(case) if errand.at <= now)


def next_due(case: Case) -> datetime | None:
    return min((errand.at for errand in errands(case)), default=None)


def handoff_key(case: Case, item: str) -> str:
    """One effect per case, item and round, however often it is sent."""
    return f"{case.id}.{item}.{case.item(item).round}"


def payout_key(case: Case, item: str) -> str:
    """One effect per change and item. It is no key of an item's hand-off: what is called back about it changes nothing."""
    change = case.private.payout
    return f"{case.id}.payout-{item}.{change.step if change else 0}"


def read_handoff_key(key: str) -> tuple[str, str, int]:
    """(case id, item code, round). Raises ValueError for what is not such a key."""
    case, item, round = key.rsplit(".", 2)
    return case, item, int(round)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A department that owes the case a decision on an item, and since when it could have known of it."""

    department: str
    item: str
    since: datetime


def awaited(case: Case, catalogue: Catalogue) -> tuple[Awaited, ...]:
    waiting = [] if case.over else [item for item in case.items if item.decided_at is None]
    return tuple(Awaited(catalogue.items[item.code].department, item.code, item.ready_at) for item in waiting if item.ready_at)
