"""What registers are asked (人口、监护、亲属、账户实名、参保核验) and what a card reader says, in the domain's own words.

Yes or no wherever that is enough: no register gives more than the question needs. Every port may raise NoAnswer (domain/ports.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.identifiers import DocumentKind
from domain.people import Person

# ---------------------------------------------------------------- who can still act, and who acts for those who cannot


class Life(StrEnum):
    """INCAPACITATED: a court has found that they cannot act for themselves (民法典 Art 21, 24)."""

    ALIVE = "ALIVE"
    DECEASED = "DECEASED"
    INCAPACITATED = "INCAPACITATED"


@dataclass(frozen=True, slots=True)
class Standing:
    """`since`: the day of death or of the judgment; None while alive, which means only that no death and no judgment is registered."""

    life: Life
    since: date | None = None

    @property
    def acts_alone(self) -> bool:
        return self.life is Life.ALIVE


ALIVE = Standing(Life.ALIVE)


class LifeRegister(Protocol):
    async def standing(self, person: Person) -> Standing: ...


@dataclass(frozen=True, slots=True)
class Ward:
    """One who has lost capacity, as the register names them; they may never have signed in."""

    name: str
    document_kind: DocumentKind
    document_number: str
    since: date


class GuardianRegister(Protocol):
    async def wards_of(self, guardian: Person) -> tuple[Ward, ...]:
        """Whose legal guardian this person is now (民法典 Art 28)."""
        ...


class Relatives(Protocol):
    async def related(self, one: Person, other: Person) -> bool:
        """Close relatives (近亲属, 民法典 Art 1045) by the household and civil registers."""
        ...


# ---------------------------------------------------------------- accounts and employment


class AccountHolders(Protocol):
    async def holds(self, person: Person, account: str) -> bool:
        """Whether that bank account is this person's own (账户实名核验)."""
        ...


class Employments(Protocol):
    async def employs(self, code: str, *, document_kind: DocumentKind, document_number: str) -> bool:
        """Whether the enterprise with this unified social credit code insures the holder of that document now."""
        ...


# ---------------------------------------------------------------- a card read on somebody else's device


@dataclass(frozen=True, slots=True)
class CardReading:
    """What the platform vouches for: this card was held to this device by its living holder at this moment."""

    name: str
    document_kind: DocumentKind
    document_number: str
    device: str
    at: datetime


class ReadingFault(StrEnum):
    """Why a reading proves nothing. The first five are about the signed reading itself, the others what the platform saw."""

    FORGED = "FORGED"
    NOT_FOR_US = "NOT_FOR_US"
    OTHER_NONCE = "OTHER_NONCE"
    TOO_OLD = "TOO_OLD"
    UNREADABLE = "UNREADABLE"
    FACE_MISMATCH = "FACE_MISMATCH"
    NOT_LIVE = "NOT_LIVE"
    CARD_EXPIRED = "CARD_EXPIRED"
    CARD_DAMAGED = "CARD_DAMAGED"
    CARD_LOST = "CARD_LOST"
    """Reported lost: whoever holds it may not be its owner."""


class ReadingFailed(Exception):
    """A card reading that proves nobody's presence; `why` is what the desk tells the person."""

    def __init__(self, why: ReadingFault) -> None:
        super().__init__(why.value)
        self.why = why


class CardReader(Protocol):
    async def read(self, reading: str, *, nonce: str) -> CardReading:
        """`reading`: what the device handed in; `nonce`: the one we gave for it, to be spent once. Raises ReadingFailed, NoAnswer."""
        ...
