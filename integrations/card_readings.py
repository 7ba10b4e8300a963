"""Readings of an identity card on somebody else's device, signed by the identity platform. Wire format: mocks/card_readings.py.

A reading is believed once its signature is that of a published key, and it is about us, for our nonce, and of the last two minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from msgspec import Meta, Struct

from domain.clock import Now, day_in_china
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.registers import CardReading, ReadingFailed, ReadingFault
from integrations.identity import SKEW, OpenIdPlatform
from integrations.identity_keys import ALGORITHM, PublishedKeys

TYPE = "card-reading+jwt"
GOOD_FOR = timedelta(minutes=2)
LONGEST = 8_192
SEEN = {
    "face-mismatch": ReadingFault.FACE_MISMATCH,
    "not-live": ReadingFault.NOT_LIVE,
    "card-expired": ReadingFault.CARD_EXPIRED,
    "card-damaged": ReadingFault.CARD_DAMAGED,
    "card-lost": ReadingFault.CARD_LOST,
}
"""By the platform's word for what it saw; an unknown one leaves the reading unreadable."""

ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
Moment = Annotated[int, Meta(ge=0, le=32_503_680_000)]
"""Seconds, to the year 3000: Python's clock has an end."""


class _Signed(Struct, frozen=True):
    iss: str
    aud: str | tuple[str, ...]
    iat: Moment
    nonce: str
    device: ShortText
    liveness: str
    reason: str | None = None


class _Card(Struct, frozen=True):
    name: ShortText
    document_kind: DocumentKind
    document_number: ShortText


@dataclass(frozen=True, slots=True)
class SignedCardReader:
    """The `CardReader` of domain/registers.py."""

    published: PublishedKeys
    client_id: str
    now: Now

    async def read(self, reading: str, *, nonce: str) -> CardReading:
        claims = await self._claims(reading)
        try:
            signed = msgspec.convert(claims, _Signed)
            self._demand(signed, nonce)
            card = msgspec.convert(claims, _Card)
        except msgspec.ValidationError:
            raise ReadingFailed(ReadingFault.UNREADABLE) from None
        return self._reading(card, signed)

    async def _claims(self, reading: str) -> Mapping[str, object]:
        """Raises ReadingFailed: FORGED, UNREADABLE."""
        if len(reading) > LONGEST:
            raise ReadingFailed(ReadingFault.UNREADABLE)
        try:
            header = jws.extract_compact(reading.encode()).headers()
        except (JoseError, ValueError):
            raise ReadingFailed(ReadingFault.UNREADABLE) from None
        key = await self.published.key(str(header.get("kid"))) if header.get("typ") == TYPE else None
        if key is None:
            raise ReadingFailed(ReadingFault.FORGED)
        try:
            return jwt.decode(reading, key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError):
            raise ReadingFailed(ReadingFault.FORGED) from None

    def _demand(self, signed: _Signed, nonce: str) -> None:
        """Raises ReadingFailed for the first thing that is wrong with a well-signed reading."""
        age = self.now() - datetime.fromtimestamp(signed.iat, UTC)
        wrong = {
            ReadingFault.NOT_FOR_US: signed.iss != self.published.issuer or signed.aud not in (self.client_id, (self.client_id,)),
            ReadingFault.OTHER_NONCE: signed.nonce != nonce,
            ReadingFault.TOO_OLD: not -SKEW <= age <= GOOD_FOR,
        }
        for fault, holds in wrong.items():
            if holds:
                raise ReadingFailed(fault)
        if signed.liveness != "passed":
            raise ReadingFailed(SEEN.get(signed.reason or "", ReadingFault.UNREADABLE))

    def _reading(self, card: _Card, signed: _Signed) -> CardReading:
        now, number = self.now(), normalised(card.document_number)
        if not is_document_number(card.document_kind, number, today=day_in_china(now)):
            raise ReadingFailed(ReadingFault.UNREADABLE)
        at = min(now, datetime.fromtimestamp(signed.iat, UTC))
        return CardReading(card.name, card.document_kind, number, signed.device, at)


def card_reader(platform: OpenIdPlatform) -> SignedCardReader:
    """With the platform's own published keys, fetched once for both."""
    return SignedCardReader(platform.published, platform.client_id, platform.now)
