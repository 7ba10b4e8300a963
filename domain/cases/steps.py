"""The history of a case: numbered steps in a hash chain, each committing to its private data without showing it.

hash = SHA-256(previous hash ‖ canonical bytes of the step). The canonical bytes are what is stored, so that no later version of this code
can make an old chain fail by writing the same thing differently. Private data (with a salt) lies in the sealed part of the case; the step
holds HMAC-SHA-256(salt, private data). Erasing deletes salt and data and leaves the chain whole.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from domain.acting import Actor

GENESIS = "0" * 64

Plain = dict[str, object]
"""What JSON can hold."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The private data of one step, as its canonical bytes, with the salt of its commitment."""

    salt: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `data` is public; `v` the version of its shape; `canonical` the bytes that the hash is over."""

    number: int
    at: datetime
    v: int
    kind: str
    actor: Actor
    data: Mapping[str, object]
    commitment: str
    canonical: bytes
    hash: str

    @property
    def item(self) -> str | None:
        code = self.data.get("item")
        return code if isinstance(code, str) else None


@dataclass(frozen=True, slots=True)
class _Body:
    number: int
    at: datetime
    v: int
    kind: str
    actor: Actor
    data: Plain
    commitment: str


_decode_body = msgspec.json.Decoder(_Body).decode


def canonical_bytes(value: object) -> bytes:
    """JSON with sorted keys: the same value gives the same bytes."""
    return msgspec.json.encode(value, order="sorted")


def commit(secret: Secret | None) -> str:
    return hmac.new(secret.salt, secret.data, sha256).hexdigest() if secret else ""


def make_step(previous: str, *, number: int, at: datetime, v: int, kind: str, actor: Actor, data: Plain, secret: Secret | None) -> Step:
    return read_step(previous, canonical_bytes(_Body(number, at, v, kind, actor, data, commit(secret))))


def read_step(previous: str, canonical: bytes) -> Step:
    """The step that these stored bytes are, after the step whose hash is `previous`."""
    body = _decode_body(canonical)
    digest = sha256(previous.encode() + canonical).hexdigest()
    return Step(body.number, body.at, body.v, body.kind, body.actor, body.data, body.commitment, canonical, digest)


def read_chain(stored: Sequence[tuple[bytes, str]]) -> tuple[Step, ...]:
    """Steps from (canonical bytes, hash) as stored; trusts the hashes, which `first_fault` checks."""
    return tuple(
        Step(body.number, body.at, body.v, body.kind, body.actor, body.data, body.commitment, canonical, digest)
        for canonical, digest in stored
        for body in (_decode_body(canonical),)
    )


def first_fault(steps: Sequence[Step], secrets: Mapping[int, Secret]) -> str | None:
    """Why this chain is not what was written, naming the first bad step; None if it is whole."""
    previous = GENESIS
    for expected, step in enumerate(steps, start=1):
        if step.number != expected:
            return f"step {expected} is missing: number {step.number} stands in its place"
        if sha256(previous.encode() + step.canonical).hexdigest() != step.hash:
            return f"step {step.number} was altered, or one before it was"
        secret = secrets.get(step.number)
        if secret and commit(secret) != step.commitment:
            return f"the private data of step {step.number} is not what the step committed to"
        previous = step.hash
    return None
