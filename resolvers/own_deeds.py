"""What the viewer has signed and shared."""

from collections.abc import Sequence
from dataclasses import dataclass

from strawberry import Parent

from domain.own.deeds import Deed, DeedPage
from resolvers.context import Info
from resolvers.pages import PageInfo, cursor_at, order_at, page_info


@dataclass(frozen=True, slots=True)
class DeedEdge:
    cursor: str
    node: Deed


async def my_signatures(info: Info, first: int = 20, after: str | None = None) -> DeedPage:
    return await info.context.desks.deeds.signatures(info.context.acting, first=first, after=order_at(after))


async def my_shares(info: Info, first: int = 20, after: str | None = None) -> DeedPage:
    return await info.context.desks.deeds.shares(info.context.acting, first=first, after=order_at(after))


def edges(page: Parent[DeedPage]) -> Sequence[DeedEdge]:
    return [DeedEdge(cursor_at(deed.order), deed) for deed in page.deeds]


def edges_page_info(page: Parent[DeedPage]) -> PageInfo:
    return page_info([cursor_at(deed.order) for deed in page.deeds], more=page.more, later=page.later)


def text(deed: Parent[Deed], info: Info) -> str:
    return info.context.say(deed.text)


def spoken(deed: Parent[Deed], info: Info) -> str:
    return info.context.speak(deed.text)


def agreed(deed: Parent[Deed], info: Info) -> Sequence[str]:
    return [info.context.say(words) for words in deed.agreed]


def case_id(deed: Parent[Deed]) -> str | None:
    return deed.case
