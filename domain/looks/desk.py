"""Where people read who looked at what is theirs, in plain words, newest first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.acting import Acting, CapacityKind
from domain.clock import CHINA, day_in_china
from domain.looks.chain import Entry
from domain.looks.look import Look
from domain.wording import day
from domain.words import Text

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class LookPage:
    """`more` follow; `later`: some came before."""

    entries: Sequence[Entry]
    more: bool
    later: bool


NOTHING = LookPage((), more=False, later=False)


class LookLog(Protocol):
    async def page(self, person: str, *, first: int, after: str | None) -> LookPage:
        """Newest first; `after` is the order of an entry."""
        ...


@dataclass(frozen=True, slots=True)
class LookDesk:
    log: LookLog

    async def mine(self, *, by: Acting | None, first: int, after: str | None) -> LookPage:
        """Nothing to whoever acts for another, nor on a helper's device: it is the person's own to know."""
        if by is None or by.person is None or by.capacity is not CapacityKind.SELF or by.assisted_by:
            return NOTHING
        return await self.log.page(by.person.id, first=max(1, min(first, LARGEST_PAGE)), after=order_of(after))


def cursor_of(entry: Entry) -> str:
    return urlsafe_b64encode(entry.order.encode()).decode()


def order_of(cursor: str | None) -> str | None:
    """None for no cursor, and for what is none of ours: the page then begins at the top."""
    try:
        return urlsafe_b64decode((cursor or "").encode()).decode() or None
    except ValueError:
        return None


def purpose_told(look: Look) -> Text:
    return Text(f"look.what.{look.purpose}")


def told(look: Look) -> Text:
    """When, who, in which capacity, and what for."""
    at = look.at.astimezone(CHINA)
    said = Text("look.told", {"day": day(day_in_china(at)), "time": f"{at:%H:%M}", "who": _who(look), "what": purpose_told(look)})
    if look.stated:
        said = Text("look.stated", {"told": said, "why": look.stated})
    return Text("look.about-case", {"told": said, "number": look.case_number}) if look.case_number else said


def _who(look: Look) -> Text:
    """Of staff the organisation too; a relative by what makes them one here."""
    if look.organisation_name:
        return Text(f"look.who.{look.capacity}", {"name": look.name, "organisation": look.organisation_name})
    if look.capacity is CapacityKind.PROXY:
        return Text("look.who.PROXY" if look.mandate else "look.who.GUARDIAN", {"name": look.name})
    return Text("look.who.anyone", {"name": look.name})
