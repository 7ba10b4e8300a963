"""Keyset pages as connections: a cursor is the id of the thing it stands at, or its place in the order."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from strawberry import Parent

from domain.cases.case import Case
from domain.cases.stores import CasePage


@dataclass(frozen=True, slots=True)
class Edge:
    cursor: str
    node: Case


@dataclass(frozen=True, slots=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def page_info(ids: Sequence[str], *, more: bool, later: bool) -> PageInfo:
    """`later`: the page did not begin at the first."""
    return PageInfo(more, later, ids[0] if ids else None, ids[-1] if ids else None)


def cursor_at(order: str) -> str:
    """For what stands in an order of its own, which says when it was."""
    return urlsafe_b64encode(order.encode()).decode()


def order_at(cursor: str | None) -> str | None:
    """None for no cursor, and for what is none of ours: the page then begins at the top."""
    try:
        return urlsafe_b64decode((cursor or "").encode()).decode() or None
    except ValueError:
        return None


def case_edges(page: Parent[CasePage]) -> Sequence[Edge]:
    return [Edge(case.id, case) for case in page.cases]


def case_page_info(page: Parent[CasePage]) -> PageInfo:
    return page_info([case.id for case in page.cases], more=page.more, later=page.later)


def order_cursor(order: str) -> str:
    return urlsafe_b64encode(order.encode()).decode()


def order_of(cursor: str | None) -> str | None:
    """None for no cursor, and for what is none of ours: the page then begins at the top."""
    try:
        return urlsafe_b64decode((cursor or "").encode()).decode() or None
    except ValueError:
        return None
