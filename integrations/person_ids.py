"""Ids of people as one organisation sees them: their own under AES-SIV (RFC 5297), which can be read back and not be guessed."""

from base64 import b32decode, b32encode
from dataclasses import dataclass, field
from hashlib import sha512
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

PREFIX = "person-"


@dataclass(frozen=True, slots=True)
class SivPersonIds:
    """The `PersonIds` of domain/access/person_ids.py. `secret` never rotates, or apps would lose their caches; none of these is stored."""

    secret: bytes = field(repr=False)

    def shown(self, person: str, *, organisation: str) -> str:
        hidden = self._cipher.encrypt(person.removeprefix(PREFIX).encode(), [organisation.encode()])
        return PREFIX + b32encode(hidden).decode().rstrip("=").lower()

    def meant(self, shown: str, *, organisation: str) -> str | None:
        text = shown.removeprefix(PREFIX).upper()
        try:
            hidden = b32decode(text + "=" * (-len(text) % 8))
            return PREFIX + self._cipher.decrypt(hidden, [organisation.encode()]).decode()
        except (ValueError, InvalidTag):
            return None

    @property
    def _cipher(self) -> AESSIV:
        return AESSIV(digest(self.secret, b"person ids of organisations", sha512))
