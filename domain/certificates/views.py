"""Who looked at a certificate, where, when and what for: the holder's to read, newest first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.certificates.showing import Showing, Verifier
from domain.words import Text

MOST_AT_ONCE = 100
LONGEST_PURPOSE = 100

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class View:
    """`name`: masked, of a verifier who is signed in. `place`: the network; a whole address would tell too much of the verifier."""

    id: str
    certificate: str
    person: str
    at: datetime
    name: str | None
    place: str | None
    purpose: str | None

    @property
    def by(self) -> Text:
        return Text("certificate.view.by-person", {"name": self.name}) if self.name else Text("certificate.view.by-anyone")

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{(self.at - _EPOCH) // timedelta(milliseconds=1):015}.{self.id}"


@dataclass(frozen=True, slots=True)
class ViewPage:
    """`more` follow; `later`: some came before."""

    views: Sequence[View]
    more: bool
    later: bool


def view_of(showing: Showing, verifier: Verifier, *, at: datetime, purpose: str | None) -> View:
    """The same look makes the same view."""
    name = verifier.person.masked_name if verifier.person else None
    said = " ".join((purpose or "").split())[:LONGEST_PURPOSE]
    return View(f"view-{showing.id[:32]}", showing.certificate, showing.person, at, name, verifier.place, said or None)


def cursor_of(view: View) -> str:
    return urlsafe_b64encode(view.order.encode()).decode()


def order_of(cursor: str | None) -> str | None:
    """None for no cursor, and for what is none of ours: the page then begins at the top."""
    try:
        return urlsafe_b64decode((cursor or "").encode()).decode() or None
    except ValueError:
        return None
