"""Anchors: what the histories looked like on a day, under one root that is signed and kept outside the database.

A chain proves its own steps. Cut at the end, written anew as a whole, or taken away, it proves nothing by itself; held against an anchor
it does. An anchor holds the cases changed since the one before, whose root it names, so that anchors make a chain of their own; and it
holds the ends of the access log's chains.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.cases.case import Case
from domain.cases.recording import replay
from domain.cases.steps import GENESIS, first_fault
from domain.looks.chain import Link


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """Where a history ended: so many steps, the last with this hash."""

    case: str
    steps: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """`previous`: the root of the anchor before; `root` is over that, the heads and the looks, which stand in order.

    `looks`: the last entry of each chain of the access log. The first anchors have none.
    """

    at: datetime
    previous: str
    heads: tuple[Head, ...]
    root: str
    looks: tuple[Link, ...] = ()

    @property
    def whole(self) -> bool:
        return self == make_anchor(self.heads, self.looks, previous=self.previous, at=self.at)


def make_anchor(heads: Iterable[Head], looks: Iterable[Link] = (), *, at: datetime, previous: str = GENESIS) -> Anchor:
    ordered, linked = tuple(sorted(heads)), tuple(sorted(looks))
    leaves = [f"{previous} {at.isoformat()}", *(f"{head.case} {head.steps} {head.hash}" for head in ordered)]
    leaves += [f"looks {link.chain} {link.number} {link.hash} {link.until.isoformat()}" for link in linked]
    return Anchor(at, previous, ordered, merkle_root(leaves), linked)


def merkle_root(leaves: Sequence[str]) -> str:
    """As in RFC 9162 §2.1.1, so that one case can be shown to be in it without showing the others."""
    return _tree([sha256(b"\x00" + leaf.encode()).digest() for leaf in leaves]).hex()


def _tree(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    left = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + _tree(hashes[:left]) + _tree(hashes[left:])).digest()


def head_of(case: Case) -> Head:
    return Head(case.id, case.last_step.number, case.last_step.hash)


def fault_against(head: Head, case: Case) -> str | None:
    """Why the case as it is now does not go on from that head; None if it does."""
    if len(case.history) < head.steps:
        return f"was cut short: {len(case.history)} steps of {head.steps} are there"
    if case.history[head.steps - 1].hash != head.hash:
        return f"was rewritten, up to step {head.steps} or before it"
    return None


def fault_of(case: Case) -> str | None:
    """Why the case is not what its own steps say; None if it is. What was erased is not missed."""
    secrets = case.private.secrets
    if fault := first_fault(case.history, secrets):
        return fault
    erased = any(step.commitment and step.number not in secrets for step in case.history)
    if erased or replay(case.history, secrets, case_id=case.id, pending=case.private.pending) == case:
        return None
    return "what is kept is not what its steps make"
