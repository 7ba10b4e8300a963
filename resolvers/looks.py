"""Who looked at what is the viewer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from strawberry import Parent

from domain.acting import CapacityKind
from domain.looks.chain import Entry
from domain.looks.desk import LookPage, cursor_of, purpose_told, told
from domain.words import Words
from resolvers.context import Info
from resolvers.pages import PageInfo, page_info


@dataclass(frozen=True, slots=True)
class AccessEdge:
    cursor: str
    node: Entry


@dataclass(frozen=True, slots=True)
class OrganisationThen:
    """As it was called when they looked."""

    id: str
    name: Words


async def access_log(info: Info, first: int = 20, after: str | None = None) -> LookPage:
    return await info.context.desks.looks.mine(by=info.context.acting, first=first, after=after)


def edges(page: Parent[LookPage]) -> Sequence[AccessEdge]:
    return [AccessEdge(cursor_of(entry), entry) for entry in page.entries]


def edges_page_info(page: Parent[LookPage]) -> PageInfo:
    return page_info([cursor_of(entry) for entry in page.entries], more=page.more, later=page.later)


def id(entry: Parent[Entry]) -> str:
    return f"access-{entry.hash[:24]}"


def at(entry: Parent[Entry]) -> datetime:
    return entry.look.at


def by(entry: Parent[Entry]) -> str:
    return entry.look.name


def capacity(entry: Parent[Entry]) -> CapacityKind:
    return entry.look.capacity


def organisation(entry: Parent[Entry]) -> OrganisationThen | None:
    look = entry.look
    return OrganisationThen(look.organisation, look.organisation_name) if look.organisation and look.organisation_name else None


def purpose(entry: Parent[Entry], info: Info) -> str:
    return info.context.say(purpose_told(entry.look))


def text(entry: Parent[Entry], info: Info) -> str:
    return info.context.say(told(entry.look))


def spoken(entry: Parent[Entry], info: Info) -> str:
    return info.context.speak(told(entry.look))


def case_number(entry: Parent[Entry]) -> str | None:
    return entry.look.case_number


def place(entry: Parent[Entry]) -> str | None:
    return entry.look.origin.place
