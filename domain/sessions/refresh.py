"""Refresh tokens, derived from the session and its generation: nothing secret is stored, and a lost answer can be given again."""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

_SHAPE = re.compile(r"([A-Za-z0-9_-]{8,64})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RefreshTokens:
    """`keys`: the first signs, all verify, so that a new key in front logs nobody out."""

    keys: Callable[[], Sequence[bytes]]

    def write(self, session: str, generation: int) -> str:
        return f"{session}.{generation}.{_mac(self.keys()[0], session, generation)}"

    def read(self, token: str) -> tuple[str, int] | None:
        """Session and generation of a token that is ours; None for any other text."""
        shaped = _SHAPE.fullmatch(token)
        if shaped is None:
            return None
        session, generation, mac = shaped[1], int(shaped[2]), shaped[3]
        ours = [hmac.compare_digest(mac, _mac(key, session, generation)) for key in self.keys()]
        return (session, generation) if any(ours) else None


def _mac(key: bytes, session: str, generation: int) -> str:
    digest = hmac.new(key, f"refresh {session} {generation}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
