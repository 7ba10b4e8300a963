"""A reading that was begun: a nonce for one card on one device, of one session, spent once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.cases.parts import RequestMark
from domain.errors import Conflict, Remedy


@dataclass(frozen=True, slots=True)
class CardReadingStart:
    """`nonce`: what the device signs together with the card. `spent_by`: the request, and what it asked, that made of it what has the id
    `mandate`: a mandate, or a session."""

    nonce: str
    session: str
    expires_at: datetime
    spent_by: str | None = None
    mandate: str | None = None

    def must_be_for(self, mark: RequestMark) -> None:
        """Raises Conflict if something else came of it."""
        if self.spent_by in {None, spender(mark)}:
            return
        same_id = (self.spent_by or "").startswith(f"{mark.person}.{mark.id}.")
        raise Conflict("refusal.request-reused" if same_id else "mandate.reading.used", remedy=Remedy.NONE)


def spender(mark: RequestMark) -> str:
    """With what was asked, or one reading would give a mandate and a session to whoever asks for both by the same id."""
    return f"{mark.person}.{mark.id}.{mark.fingerprint}"


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
