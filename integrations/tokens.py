"""Access tokens: JWTs after RFC 9068, EdDSA, ten minutes, with nothing personal in them.

Reading knows one algorithm and one type, wants every claim with its right type, and looks at the length before any library sees the text.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
import msgspec
from msgspec import Struct

from integrations.token_keys import KeyFile

ALGORITHM = "EdDSA"
TYPE = "at+jwt"
LONGEST = 1_024
SKEW = timedelta(seconds=30)
"""How far the clocks of two of our machines may differ."""

_CHECKS: jwt.types.Options = {
    "require": ["iss", "aud", "sub", "jti", "iat", "exp"],
    "strict_aud": True,
    "verify_exp": False,  # against the clock that is passed in, below
    "verify_iat": False,
    "verify_nbf": False,
}


class _Claims(Struct, frozen=True):
    sub: str
    jti: str
    iat: int
    exp: int

    def hold(self, now: datetime, *, lives: timedelta) -> bool:
        at = now.timestamp()
        return at < self.exp and self.iat <= at + SKEW.total_seconds() and self.exp - self.iat <= lives.total_seconds()


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says: its own id, and whose session it is for."""

    id: str
    session: str


@dataclass(frozen=True, slots=True)
class JwtAccessTokens:
    """The `AccessTokens` of domain/sessions/stores.py. `url`: the public one; it is issuer and audience."""

    file: KeyFile
    url: str
    lives: timedelta = timedelta(minutes=10)

    def issue(self, session: str, *, now: datetime) -> str:
        keys, issued = self.file.keys(), int(now.timestamp())
        claims = {
            "iss": self.url,
            "aud": self.url,
            "sub": session,
            "jti": secrets.token_urlsafe(12),
            "iat": issued,
            "exp": issued + int(self.lives.total_seconds()),
        }
        return jwt.encode(claims, keys.signing, algorithm=ALGORITHM, headers={"kid": keys.kid, "typ": TYPE})

    def read(self, token: str, *, now: datetime) -> Claims | None:
        if len(token) > LONGEST or not token.isascii():
            return None
        try:
            claims = msgspec.convert(self._verified(token), _Claims)
        except (jwt.PyJWTError, msgspec.ValidationError):
            return None
        return Claims(claims.jti, claims.sub) if claims.hold(now, lives=self.lives) else None

    def _verified(self, token: str) -> dict[str, object]:
        """Raises PyJWTError."""
        header = jwt.get_unverified_header(token)
        key = self.file.keys().verifying.get(str(header.get("kid")))
        if key is None or header.get("typ") != TYPE:
            raise jwt.InvalidTokenError
        return jwt.decode(token, key, algorithms=[ALGORITHM], audience=self.url, issuer=self.url, options=_CHECKS)
