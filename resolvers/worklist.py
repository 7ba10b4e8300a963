"""Queues of officers and clerks, and what they do with an item."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry
from strawberry import ID, UNSET, Parent

from domain.cases.case import Case
from domain.cases.clocks import Deadline
from domain.cases.officers import Deciding
from domain.cases.parts import Priority
from domain.cases.queues import WorkInCase, WorkPage
from domain.cases.reading import ItemInCase
from domain.cases.telling import ActorInCase
from domain.catalogue.queues import PriorityBasis
from domain.ports import ItemOutcome
from domain.words import Text
from resolvers import case_fields, case_items
from resolvers.context import Info
from resolvers.pages import PageInfo, order_cursor, order_of, page_info


@strawberry.input(description="text and reasons are the department's own words to the applicant; a refusal has at least one reason.")
class DecideItemInput:
    item_id: ID
    outcome: ItemOutcome
    text: str = ""
    reasons: list[str] = strawberry.field(default_factory=list)

    def deciding(self) -> Deciding:
        return Deciding(self.outcome, self.text, tuple(self.reasons))


@strawberry.input
class WaiveReviewInput:
    item_id: ID
    reason: str


@strawberry.input(description="basis: one of Query.priorityBases; fileId: a paper that shows it, where the case holds nothing that does.")
class FlagPriorityInput:
    case_id: ID
    basis: str
    file_id: ID | None = UNSET


@dataclass(frozen=True, slots=True)
class WorkEdge:
    cursor: str
    node: WorkInCase


async def worklist(info: Info, first: int = 20, after: str | None = None) -> WorkPage:
    return await info.context.desks.queues.page(first=first, after=order_of(after), by=info.context.acting)


async def take_item(info: Info, request_id: ID, item_id: ID) -> Case:
    return await info.context.desks.officers.take(request_id, item_id, by=info.context.must_act())


async def put_item_back(info: Info, request_id: ID, item_id: ID) -> Case:
    return await info.context.desks.officers.put_back(request_id, item_id, by=info.context.must_act())


async def decide_item(info: Info, request_id: ID, input: DecideItemInput) -> Case:
    return await info.context.desks.officers.decide(request_id, input.item_id, input.deciding(), by=info.context.must_act())


async def waive_review(info: Info, request_id: ID, input: WaiveReviewInput) -> Case:
    return await info.context.desks.officers.waive(request_id, input.item_id, reason=input.reason, by=info.context.must_act())


async def flag_priority(info: Info, request_id: ID, input: FlagPriorityInput) -> Case:
    desk, by = info.context.desks.officers, info.context.must_act()
    return await desk.put_first(request_id, input.case_id, input.basis, file_id=input.file_id or None, by=by)


def priority_bases(info: Info, region: str) -> Sequence[PriorityBasis]:
    known = info.context.catalogues.built.catalogues.get(region)
    return list(known.priorities.values()) if known else ()


def basis_name(basis: Parent[PriorityBasis], info: Info) -> str:
    return info.context.say(basis.name)


# ---------------------------------------------------------------- one thing to do


def edges(page: Parent[WorkPage]) -> Sequence[WorkEdge]:
    return [WorkEdge(order_cursor(entry.work.order), entry) for entry in page.entries]


def edges_page_info(page: Parent[WorkPage]) -> PageInfo:
    return page_info([order_cursor(entry.work.order) for entry in page.entries], more=page.more, later=page.later)


def item(of: Parent[WorkInCase], info: Info) -> ItemInCase | None:
    case, sight = of.case, info.context.sight(of.case)
    return ItemInCase(case, case_fields.catalogue_of(case, info), case.item(of.work.item), sight) if of.work.item else None


def text(of: Parent[WorkInCase], info: Info) -> str:
    about = item(of, info)
    return info.context.say(Text(f"work.{of.work.kind}", {"item": about.offered.title} if about else {"number": of.case.number}))


def deadline(of: Parent[WorkInCase], info: Info) -> Deadline | None:
    about = item(of, info)
    if about is None:
        return case_fields.deadline(of.case, info)
    return case_items.promised_deadline(about, info) or case_items.statutory_deadline(about, info)


def taken_by(of: Parent[WorkInCase], info: Info) -> ActorInCase | None:
    about = item(of, info)
    return case_items.taken_by(about) if about else None


# ---------------------------------------------------------------- why a case goes first


@dataclass(frozen=True, slots=True)
class PriorityInCase:
    case: Case
    priority: Priority
    known: PriorityBasis | None
    """None to those who may not know why."""


def priority(case: Parent[Case], info: Info) -> PriorityInCase | None:
    found, known = case.private.priority, info.context.sight(case).personal
    if found is None:
        return None
    return PriorityInCase(case, found, case_fields.catalogue_of(case, info).priorities.get(found.basis) if known else None)


def priority_basis(of: Parent[PriorityInCase]) -> str | None:
    return of.known.code if of.known else None


def priority_label(of: Parent[PriorityInCase], info: Info) -> str:
    return info.context.say(of.known.name if of.known else "priority.label")
