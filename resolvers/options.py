"""Long lists, level by level or by what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from strawberry import Parent

from domain.catalogue.questions import DIVISIONS
from domain.places.places import Choice, ChoicePage
from resolvers.context import Info
from resolvers.pages import PageInfo, page_info


async def options(
    info: Info, list: str, parent: str | None = None, search: str | None = None, first: int = 50, after: str | None = None
) -> ChoicePage:
    """A list that is not here is an empty one: an app may ask for what only a later release has."""
    if list != DIVISIONS:
        return ChoicePage()
    return await info.context.desks.places.options(parent, search, first=first, after=after)


@dataclass(frozen=True, slots=True)
class OptionEdge:
    cursor: str
    node: Choice


def edges(page: Parent[ChoicePage]) -> Sequence[OptionEdge]:
    return [OptionEdge(choice.value, choice) for choice in page.choices]


def options_page_info(page: Parent[ChoicePage]) -> PageInfo:
    return page_info([choice.value for choice in page.choices], more=page.more, later=page.later)
