"""What the identity platform publishes about itself: its addresses (discovery) and the keys it signs with, kept for an hour.

An unknown key id may mean new keys, or an id that somebody made up: so it fetches them anew, at most once in thirty seconds.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

import httpx2
import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from msgspec import Meta, Struct

from domain.clock import Now
from domain.ports import NoAnswer
from integrations.http import Line, Question

ALGORITHM = "ES256"
LIVES = timedelta(hours=1)
REST = timedelta(seconds=30)

Form = TypeVar("Form")
Url = Annotated[str, Meta(pattern="^https?://", max_length=500)]


class Metadata(Struct, frozen=True):
    issuer: str
    authorization_endpoint: Url
    token_endpoint: Url
    jwks_uri: Url


class _Key(Struct, frozen=True):
    """Keys of another kind, use or algorithm are not for us."""

    kty: str
    kid: str | None = None
    crv: str | None = None
    x: str | None = None
    y: str | None = None
    use: str | None = None
    alg: str | None = None

    def signs(self) -> bool:
        return (self.kty, self.crv) == ("EC", "P-256") and self.use in {None, "sig"} and self.alg in {None, ALGORITHM}

    def read(self) -> ECKey:
        return ECKey.import_key({"kty": self.kty, "crv": self.crv or "", "x": self.x or "", "y": self.y or ""})


class _Keys(Struct, frozen=True):
    keys: Annotated[tuple[_Key, ...], Meta(max_length=50)]


_METADATA = msgspec.json.Decoder(Metadata)
_KEYS = msgspec.json.Decoder(_Keys)


@dataclass(slots=True)
class PublishedKeys:
    """Every method may raise NoAnswer."""

    line: Line
    issuer: str
    now: Now
    _metadata: Metadata | None = field(default=None, init=False)
    _metadata_at: datetime | None = field(default=None, init=False)
    _keys: Mapping[str, ECKey] = field(default_factory=dict, init=False)
    _keys_at: datetime | None = field(default=None, init=False)
    _fetching: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def metadata(self) -> Metadata:
        async with self._fetching:
            if self._metadata is None or self._older(self._metadata_at, LIVES):
                self._metadata = await self._fetched_metadata()
                self._metadata_at = self.now()
            return self._metadata

    async def key(self, kid: str) -> ECKey | None:
        """None: the platform has published no such key."""
        address = (await self.metadata()).jwks_uri
        async with self._fetching:
            if self._older(self._keys_at, REST if kid not in self._keys else LIVES):
                self._keys_at, self._keys = self.now(), await self._fetched_keys(address)
            return self._keys.get(kid)

    def _older(self, fetched: datetime | None, age: timedelta) -> bool:
        return fetched is None or self.now() - fetched >= age

    async def _fetched_metadata(self) -> Metadata:
        found = await self._fetched(f"{self.issuer}/.well-known/openid-configuration", _METADATA)
        if found.issuer != self.issuer:
            raise NoAnswer(self.line.system, "publishes another issuer than it was asked as")
        return found

    async def _fetched_keys(self, address: str) -> Mapping[str, ECKey]:
        found = await self._fetched(address, _KEYS)
        try:
            return {key.kid: key.read() for key in found.keys if key.kid and key.signs()}
        except (JoseError, ValueError):
            raise NoAnswer(self.line.system, "publishes a key that is none") from None

    async def _fetched(self, address: str, form: msgspec.json.Decoder[Form]) -> Form:
        answer = await self.line.ask(Question("GET", address, repeatable=True))
        if answer.status != httpx2.codes.OK:
            raise self.line.unusable(answer)
        return self.line.parsed(answer, form)
