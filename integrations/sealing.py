"""Personal data at rest: AES-256-GCM under a key with an id, bound to what it belongs to; and keyed hashes for look-ups.

A sealed value is: one byte length of the key id, the key id, a 12-byte nonce, ciphertext with tag. `about` (a case id, a session id …) is
authenticated but not stored, so that a sealed part moved to another document does not open.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class CannotOpen(Exception):
    """Sealed under a key that is not here, for something else, or damaged."""


@dataclass(frozen=True, slots=True)
class Keys:
    """32-byte keys by id, of which `current` seals and all open."""

    by_id: Mapping[str, bytes] = field(repr=False)
    current: str


class KeyRing(Protocol):
    """Keys that change while processes run."""

    def now(self) -> Keys: ...


@dataclass(frozen=True, slots=True)
class FixedKeys:
    keys: Keys

    def now(self) -> Keys:
        return self.keys


@dataclass(frozen=True, slots=True)
class Sealing:
    """`hash_key`: for fingerprints; it never rotates, or look-ups would be lost."""

    ring: KeyRing
    hash_key: bytes = field(repr=False)
    random: Callable[[int], bytes] = field(default=secrets.token_bytes)

    def fixed(self) -> "Sealing":
        """With the keys as they are now, for several parts that belong together."""
        return replace(self, ring=FixedKeys(self.ring.now()))

    def seal(self, plain: bytes, *, about: str) -> bytes:
        nonce, keys = self.random(NONCE_BYTES), self.ring.now()
        key_id = keys.current.encode()
        return bytes([len(key_id)]) + key_id + nonce + AESGCM(keys.by_id[keys.current]).encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """Raises CannotOpen."""
        end = 1 + sealed[0]
        key_id = sealed[1:end].decode(errors="replace")
        key = self.ring.now().by_id.get(key_id)
        if key is None:
            raise CannotOpen(f"no key {key_id!r} to open what belongs to {about}")
        try:
            return AESGCM(key).decrypt(sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], about.encode())
        except InvalidTag as error:
            raise CannotOpen(f"damaged, or sealed for something other than {about}") from error

    def key_id(self, sealed: bytes) -> str:
        return sealed[1 : 1 + sealed[0]].decode()

    def fingerprint(self, value: str, *, purpose: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) for look-ups by what must not be stored plainly; differs by purpose."""
        return hmac.new(self.hash_key, f"{purpose}\x00{value}".encode(), sha256).hexdigest()
