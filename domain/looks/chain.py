"""The chain in which looks are kept, one for each process: nothing can be altered, taken out, moved or cut off without showing.

hash = SHA-256(hash of the entry before ‖ canonical bytes of the entry), which name the entry before and are stored as they are. What is
personal of whoever looked lies sealed beside them, under a commitment, as in the history of a case. A chain may begin with a link to one
that broke off. Each entry is kept until a day, never an earlier one than the entry before; once that day has come it may be gone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec

from domain.acting import CapacityKind, Origin
from domain.cases.steps import GENESIS, Secret, canonical_bytes, commit
from domain.looks.look import Look, Purpose
from domain.words import Words

VERSION = 1
SALT_BYTES = 16

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """An entry as another, or an anchor, names it. `until`: when it may be gone."""

    chain: str
    number: int
    hash: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """`before`: what it stands upon; None: nothing, this is the first."""

    chain: str
    number: int
    look: Look
    until: datetime
    before: Link | None
    secret: Secret
    canonical: bytes
    hash: str

    @property
    def id(self) -> str:
        return f"{self.chain}.{self.number:08}"

    @property
    def link(self) -> Link:
        return Link(self.chain, self.number, self.hash, self.until)

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{(self.look.at - _EPOCH) // timedelta(milliseconds=1):015}.{self.hash[:16]}"


@dataclass(frozen=True, slots=True)
class _Public:
    v: int
    chain: str
    number: int
    until: datetime
    before: Link | None
    commitment: str
    person: str
    by: str
    capacity: CapacityKind
    purpose: Purpose
    at: datetime
    session: str
    on_behalf_of: str | None
    mandate: str | None
    post: str | None
    organisation: str | None
    case: str | None
    case_number: str | None
    field: str | None


@dataclass(frozen=True, slots=True)
class _Private:
    name: str
    organisation_name: Words | None
    origin: Origin
    stated: str | None = None


_public = msgspec.json.Decoder(_Public).decode
_private = msgspec.json.Decoder(_Private).decode
_OF_THE_LOOK = tuple(name for name in _Public.__dataclass_fields__ if name in Look.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a chain is written on; `last` may be of another one, which broke off."""

    chain: str
    last: Link | None = None

    def anew(self, chain: str) -> "Tip":
        """Whether the last write was obeyed nobody knows: the chain is left as it is, and another links to what is known to be there."""
        return Tip(chain, self.last)

    def written(self, entries: Iterable[Entry]) -> "Tip":
        *_, last = entries
        return Tip(self.chain, last.link)

    def entries(self, looks: Iterable[Look], *, until: datetime, random: Callable[[int], bytes]) -> Iterator[Entry]:
        """The next entries of the chain. `until`: of all of them, unless the one before is kept for longer."""
        before = self.last
        for look in looks:
            entry = _entry(look, self.chain, before, until=until, salt=random(SALT_BYTES))
            before = entry.link
            yield entry


def _entry(look: Look, chain: str, before: Link | None, *, until: datetime, salt: bytes) -> Entry:
    number = before.number + 1 if before and before.chain == chain else 1
    until = max(until, before.until) if before else until
    secret = Secret(salt, canonical_bytes(_Private(look.name, look.organisation_name, look.origin, look.stated)))
    said = {name: getattr(look, name) for name in _OF_THE_LOOK}
    canonical = canonical_bytes(_Public(VERSION, chain, number, until, before, commit(secret), **said))
    return Entry(chain, number, look, until, before, secret, canonical, _hash(before, canonical))


def read_entry(canonical: bytes, digest: str, secret: Secret) -> Entry:
    """As stored; trusts the hash, which `fault_of` checks. Raises msgspec.MsgspecError for what is no entry."""
    public, private = _public(canonical), _private(secret.data)
    said = {name: getattr(public, name) for name in _OF_THE_LOOK}
    look = Look(**said, name=private.name, organisation_name=private.organisation_name, origin=private.origin, stated=private.stated)
    return Entry(public.chain, public.number, look, public.until, public.before, secret, canonical, digest)


def _hash(before: Link | None, canonical: bytes) -> str:
    return sha256((before.hash if before else GENESIS).encode() + canonical).hexdigest()


def fault_of(entry: Entry, *, after: Entry | None, now: datetime) -> str | None:
    """Why this entry is not what was written after that one; None if it is. `after`: the one before it that is there, of the same chain."""
    expected = after.number + 1 if after else 1
    if entry.number < expected:
        return f"entry {entry.number} stands again, behind entry {expected - 1}"
    if _hash(entry.before, entry.canonical) != entry.hash:
        return f"entry {entry.number} was altered"
    if commit(entry.secret) != _public(entry.canonical).commitment:
        return f"the private data of entry {entry.number} is not what the entry committed to"
    if entry.number > expected:
        return None if _may_be_gone(entry.before, now) else f"entry {expected} is missing: number {entry.number} stands in its place"
    if after and entry.before != after.link:
        return f"entry {entry.number} does not go on from the one before it: one of the two was altered"
    return None


def _may_be_gone(link: Link | None, now: datetime) -> bool:
    return link is not None and link.until <= now


def fault_against(link: Link, entry: Entry | None, *, now: datetime) -> str | None:
    """Why the chain is not the one that this link is of. `entry`: what stands under its number; None: nothing does."""
    if entry is None:
        return None if _may_be_gone(link, now) else f"was cut short: entry {link.number} is not there"
    return None if entry.link == link else f"was rewritten, up to entry {link.number} or before it"
