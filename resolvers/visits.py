"""Home visits. Every rule is the desk's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import strawberry
from strawberry import ID, UNSET, Parent

from domain.errors import InvalidForm, Issue
from domain.organisations.organisation import Organisation
from domain.people import Person
from domain.visits.booking import Booking
from domain.visits.stores import VisitPage
from domain.visits.visit import Visit, Visitor, VisitReason
from domain.words import Text
from resolvers.context import Info
from resolvers.pages import PageInfo, cursor_at, order_at, page_info
from resolvers.people import Unmasked
from resolvers.scalars import DateTime, moment_typed

strawberry.enum(VisitReason, description="Very old, unable to care for themselves, disabled.")


@strawberry.input(
    name="BookVisitInput",
    description="division: codes of the division, as in the form. clientId: for whom the organisation's own people book.",
)
class BookVisitInput:
    organisation_id: ID
    from_: DateTime = strawberry.field(name="from")
    to: DateTime
    address: str
    reason: VisitReason
    division: str | None = UNSET
    note: str | None = UNSET
    client_id: ID | None = UNSET

    def booking(self) -> Booking:
        return Booking(
            self.organisation_id,
            _moment(self.from_, "from"),
            _moment(self.to, "to"),
            self.address,
            self.reason,
            self.division or None,
            self.note or "",
            self.client_id or None,
        )


def _moment(typed: object, place: str) -> datetime:
    moment = moment_typed(typed, "input", place)
    if moment is None:
        raise InvalidForm([Issue(("input", place), Text("issue.required"))])
    return moment


@dataclass(frozen=True, slots=True)
class VisitEdge:
    cursor: str
    node: Visit


async def book(info: Info, request_id: ID, input: BookVisitInput) -> Visit:
    return await info.context.desks.visits.book(request_id, input.booking(), by=info.context.must_act())


async def take(info: Info, request_id: ID, visit_id: ID) -> Visit:
    return await info.context.desks.visits.take(request_id, visit_id, by=info.context.must_act())


async def complete(info: Info, request_id: ID, visit_id: ID) -> Visit:
    return await info.context.desks.visits.complete(request_id, visit_id, by=info.context.must_act())


async def cancel(info: Info, request_id: ID, visit_id: ID, reason: str = "") -> Visit:
    return await info.context.desks.visits.cancel(request_id, visit_id, why=reason, by=info.context.must_act())


async def visits(info: Info, first: int = 20, after: str | None = None) -> VisitPage:
    return await info.context.desks.visits.page(first=first, after=order_at(after), by=info.context.acting)


def edges(page: Parent[VisitPage]) -> Sequence[VisitEdge]:
    return [VisitEdge(cursor_at(visit.order), visit) for visit in page.visits]


def visit_page_info(page: Parent[VisitPage]) -> PageInfo:
    return page_info([cursor_at(visit.order) for visit in page.visits], more=page.more, later=page.later)


def person(visit: Parent[Visit]) -> Person | None:
    """Whoever sees a visit sees to whom it is."""
    return Unmasked.of(visit.person)


def organisation(visit: Parent[Visit], info: Info) -> Organisation | None:
    return info.context.catalogues.organisation(visit.organisation)


def status_text(visit: Parent[Visit], info: Info) -> str:
    return info.context.say(f"visit.status.{visit.status}")


def reason_text(visit: Parent[Visit], info: Info) -> str:
    return info.context.say(f"visit.reason.{visit.reason}")


def visitor_name(visitor: Parent[Visitor]) -> str:
    """In full: whoever opens the door can ask for it."""
    return visitor.person.name


def visitor_post(visitor: Parent[Visitor], info: Info) -> str:
    return info.context.say(f"post.kind.{visitor.kind}")


def assisted_by(visit: Parent[Visit]) -> Visitor | None:
    """On whose device the person themselves acted."""
    return visit.visitor if visit.assisted_by else None
