"""A reading that was begun: a nonce for one card on one device, of one session, spent once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.cases.parts import RequestMark


@dataclass(frozen=True, slots=True)
class CardReadingStart:
    """`nonce`: what the device signs together with the card. `spent_by`: the request that made the mandate `mandate` of it."""

    nonce: str
    session: str
    expires_at: datetime
    spent_by: str | None = None
    mandate: str | None = None

    def spent_otherwise(self, mark: RequestMark) -> bool:
        return self.spent_by is not None and self.spent_by != f"{mark.person}.{mark.id}"


class CardReadings(Protocol):
    async def add(self, start: CardReadingStart) -> CardReadingStart:
        """Keep it, or answer the one of that nonce that is kept already."""
        ...

    async def one(self, nonce: str, *, session: str) -> CardReadingStart | None:
        """None: not there, or of another session."""
        ...

    async def spend(self, start: CardReadingStart, *, by: RequestMark, mandate: str) -> CardReadingStart:
        """As it then stands: spent by this request, or by the one that was first."""
        ...
