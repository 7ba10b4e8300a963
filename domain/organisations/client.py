"""A client: somebody whom an organisation helps, on that organisation's own list and on no other's."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.cases.case import Case
from domain.cases.parts import CaseStatus, Turn
from domain.clock import day_in_china
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.wording import day
from domain.words import Text


class Keyed(Protocol):
    def fingerprint(self, value: str, *, purpose: str) -> str:
        """A keyed hash in hexadecimal; it differs by purpose."""
        ...


BIRTH_DATE_IN_NUMBER = frozenset({DocumentKind.RESIDENT_ID, DocumentKind.HK_MACAO_RESIDENCE, DocumentKind.TAIWAN_RESIDENCE})


@dataclass(frozen=True, slots=True)
class Client:
    """`organisation`: an id. `added_by`: the id of who brought them."""

    id: str
    organisation: str
    person: Person
    added_at: datetime
    added_by: str
    seen_at: datetime
    birth_date: date | None = None

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{self.added_at.isoformat()} {self.id}"


@dataclass(frozen=True, slots=True)
class Sought:
    """Exactly one of them is given."""

    name: str = ""
    surname: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Helped:
    """A client with what was filed for them through the organisation, the newest first."""

    client: Client
    cases: tuple[Case, ...] = ()

    @property
    def needs(self) -> Text:
        """What is to be done for them, in words."""
        waiting = [case for case in self.cases if case.turn is Turn.YOURS]
        if waiting:
            return _needed(min(waiting, key=lambda case: (bool(case.kept_by), case.draft_expires_at or case.opened_at)))
        if not self.cases:
            return Text("client.nothing-filed")
        return Text("client.with-departments" if self.cases[0].turn is Turn.OURS else "client.over")


@dataclass(frozen=True, slots=True)
class HelpedPage:
    """`more` follow; `later`: some came before."""

    clients: Sequence[Helped]
    more: bool
    later: bool


def client_id(organisation: str, person: str, keyed: Keyed) -> str:
    """The same person has another one on another organisation's list."""
    return f"client-{keyed.fingerprint(f'{organisation} {person}', purpose='client')[:32]}"


def birth_date_of(person: Person) -> date | None:
    """As far as the document's number tells it."""
    digits = person.document_number[6:14]
    if person.document_kind not in BIRTH_DATE_IN_NUMBER or not digits.isdecimal():
        return None
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def cursor_of(client: Client) -> str:
    return urlsafe_b64encode(client.order.encode()).decode()


def order_of(cursor: str | None) -> str | None:
    """None for no cursor, and for what is none of ours: the page then begins at the top."""
    try:
        return urlsafe_b64decode((cursor or "").encode()).decode() or None
    except ValueError:
        return None


def told_before(waiting: Sequence[Client], after: str | None) -> int:
    """How many of those who wait stood on earlier pages: all of them, when the page before ended further down the list."""
    if after is None:
        return 0
    return next((place for place, client in enumerate(waiting, 1) if client.order == after), len(waiting))


def _needed(case: Case) -> Text:
    if case.kept_by:
        return Text("client.handed-over")
    if case.status is not CaseStatus.DRAFT:
        return Text("client.correct")
    if case.draft_expires_at is None:
        return Text("client.finish-draft")
    return Text("client.finish-draft-by", {"day": day(day_in_china(case.draft_expires_at))})
