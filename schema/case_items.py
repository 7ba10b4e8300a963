"""An item of a case as the contract shows it, its deadlines and its result."""

import strawberry

from domain.cases import parts
from domain.catalogue.types import ItemMode, ReviewGrade
from domain.ports import ItemOutcome
from resolvers import case_items as fields
from schema.catalogue import Department, TimeLimit
from schema.people import Actor
from schema.problems import Reason
from schema.scalars import DateTime

for enum in (parts.ItemStatus, ItemOutcome, ReviewGrade):
    strawberry.enum(enum)


@strawberry.type(
    description="at: null while the clock is suspended. provisional: days that decide it are not announced yet; it will be counted again."
)
class Deadline:
    limit: TimeLimit
    at: DateTime | None
    overdue: bool
    provisional: bool
    suspended_since: DateTime | None
    suspended_text: str | None


@strawberry.type
class Evidence:
    id: strawberry.ID
    kind: str
    title: str = strawberry.field(resolver=fields.evidence_title)
    at: DateTime | None


@strawberry.type(description="evidence: what it rests on, licences, files and results of other items.")
class ItemResult:
    outcome: ItemOutcome
    text: str = strawberry.field(resolver=fields.result_text)
    spoken: str = strawberry.field(resolver=fields.result_spoken)
    at: DateTime
    reasons: list[Reason]
    evidence: list[Evidence]


@strawberry.type(description="One grade of an item's review. outcome, text and reasons: proposed, for the officer who has the item.")
class ItemReview:
    grade: ReviewGrade = strawberry.field(resolver=lambda self: self.review.grade)
    title: str = strawberry.field(resolver=fields.review_title)
    by = strawberry.field(graphql_type=Actor, resolver=fields.review_by)
    at: DateTime = strawberry.field(resolver=lambda self: self.review.at)
    outcome: ItemOutcome | None = strawberry.field(resolver=lambda self: self.proposal.outcome if self.proposal else None)
    text: str | None = strawberry.field(resolver=fields.review_text)
    reasons = strawberry.field(graphql_type=list[str], resolver=fields.review_reasons)


@strawberry.type
class CaseItem:
    id: strawberry.ID
    code: str
    title: str = strawberry.field(resolver=fields.item_title)
    department: Department
    mode: ItemMode = strawberry.field(resolver=lambda self: self.offered.mode)
    status: parts.ItemStatus
    status_text: str = strawberry.field(resolver=fields.item_status_text)
    turn: parts.Turn
    waits_for: list["CaseItem"]
    statutory_deadline = strawberry.field(graphql_type=Deadline | None, resolver=fields.statutory_deadline)
    promised_deadline = strawberry.field(graphql_type=Deadline | None, resolver=fields.promised_deadline)
    result: ItemResult | None
    reasons: list[Reason] = strawberry.field(description="The department's own words, or why it was not started.")
    taken_by = strawberry.field(
        graphql_type=Actor | None, resolver=fields.taken_by, description="The officer who has it, and alone may decide it."
    )
    reviews = strawberry.field(graphql_type=list[ItemReview], resolver=fields.reviews)
    waived_because: str | None = strawberry.field(
        resolver=fields.waived_because, description="Why one person may do more than one grade of the review, in their supervisor's words."
    )
