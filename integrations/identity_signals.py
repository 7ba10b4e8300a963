"""What the identity platform signs of its own accord: logout tokens (OpenID Connect Back-Channel Logout 1.0), security events (RFC 8417).

A suspension is a logout token that names the RISC event too; see docs/decisions/0015.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from msgspec import Meta, Struct

from domain.clock import Now
from domain.ports import NotProven
from domain.sessions.signals import FRESH, Signal, SignalKind
from integrations.identity import SKEW
from integrations.identity_keys import ALGORITHM, PublishedKeys

LONGEST = 8_192
SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"
SUSPENDED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled"
RESTORED = "https://schemas.openid.net/secevent/risc/event-type/account-enabled"

ShortText = Annotated[str, Meta(min_length=1, max_length=200)]


class _Claims(Struct, frozen=True):
    iss: str
    aud: str | tuple[str, ...]
    iat: int
    exp: int
    jti: ShortText
    events: Mapping[str, Mapping[str, object]]
    sub: ShortText | None = None
    sid: ShortText | None = None


@dataclass(frozen=True, slots=True)
class PlatformSignals:
    """The `SignalReader` of domain/sessions/signals.py."""

    published: PublishedKeys
    client_id: str
    now: Now

    async def read(self, token: str) -> Signal:
        try:
            kind, claims = await self._verified(token)
        except (JoseError, ValueError, msgspec.ValidationError) as fault:
            raise NotProven(f"the token cannot be believed: {type(fault).__name__}") from None
        self._check(claims)
        return Signal(
            claims.jti, _kind(kind, claims), datetime.fromtimestamp(claims.iat, UTC), subject=claims.sub, platform_session=claims.sid
        )

    async def _verified(self, token: str) -> tuple[str, _Claims]:
        """Its type, and what it says. Raises JoseError, ValueError, ValidationError, NotProven, NoAnswer."""
        if len(token) > LONGEST:
            raise NotProven("the token is too long")
        header = jws.extract_compact(token.encode()).headers()
        key = await self.published.key(str(header.get("kid")))
        if key is None:
            raise NotProven("the token is signed with a key that the platform does not publish")
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        if "nonce" in claims:
            raise NotProven("an ID token is no logout token")
        return str(header.get("typ")).lower().removeprefix("application/"), msgspec.convert(claims, _Claims)

    def _check(self, claims: _Claims) -> None:
        now, skew = int(self.now().timestamp()), int(SKEW.total_seconds())
        if claims.iss != self.published.issuer:
            raise NotProven("the token is of another issuer")
        if self.client_id not in ((claims.aud,) if isinstance(claims.aud, str) else claims.aud):
            raise NotProven("the token is for somebody else")
        if not -skew <= now - claims.iat <= FRESH.total_seconds() + skew or claims.exp <= now - skew:
            raise NotProven("the token is not of now")
        if not (claims.sub or claims.sid):
            raise NotProven("the token says nobody")


def _kind(typ: str, claims: _Claims) -> SignalKind:
    """A suspension or its end is about somebody, not about one platform session."""
    if typ == "logout+jwt" and SIGNED_OUT in claims.events:
        kind = SignalKind.SUSPENDED if SUSPENDED in claims.events else SignalKind.SIGNED_OUT
    elif typ == "secevent+jwt" and len(claims.events) == 1 and RESTORED in claims.events:
        kind = SignalKind.RESTORED
    else:
        raise NotProven("the token is of no kind and event that we know")
    if kind is not SignalKind.SIGNED_OUT and claims.sub is None:
        raise NotProven("the token does not say whose identity it is about")
    return kind
