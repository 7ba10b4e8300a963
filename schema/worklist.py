"""Queues of officers and clerks, and what they do with an item, as the contract shows them."""

from typing import Annotated

import strawberry

from domain.cases import revealing as domain
from resolvers import revealing
from resolvers import worklist as resolvers
from schema.case_items import CaseItem, Deadline
from schema.cases import Case, CaseResult
from schema.pages import PageInfo
from schema.people import Actor
from schema.problems import InvalidForm, Refusal


@strawberry.type(description="One thing to do: an item of a case for its department's officer, the case itself (item null) for a clerk.")
class WorkItem:
    id = strawberry.field(graphql_type=strawberry.ID, resolver=lambda self: f"work-{self.work.id}")
    kind: str = strawberry.field(resolver=lambda self: self.work.kind.value)
    text: str = strawberry.field(resolver=resolvers.text)
    case: Case
    item = strawberry.field(graphql_type=CaseItem | None, resolver=resolvers.item)
    deadline = strawberry.field(graphql_type=Deadline | None, resolver=resolvers.deadline)
    taken_by = strawberry.field(graphql_type=Actor | None, resolver=resolvers.taken_by)


@strawberry.type
class WorkItemEdge:
    cursor: str
    node: WorkItem


@strawberry.type
class WorkItemConnection:
    edges = strawberry.field(graphql_type=list[WorkItemEdge], resolver=resolvers.edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.edges_page_info)


@strawberry.type(description="A reason to go before others (优先办), which a case or a paper must show.")
class PriorityBasis:
    code: str
    name: str = strawberry.field(resolver=resolvers.basis_name)
    source: str


@strawberry.type(description="One whole value. Each is recorded, and the person sees who asked and why.")
class Revealed:
    value: str

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Revealed)


RevealResult = Annotated[Revealed | Refusal | InvalidForm, strawberry.union("RevealResult")]


@strawberry.type
class WorkQuery:
    worklist = strawberry.field(
        graphql_type=WorkItemConnection,
        resolver=resolvers.worklist,
        description="A department officer's or clerk's own queue, the most pressing first.",
    )
    priority_bases = strawberry.field(graphql_type=list[PriorityBasis], resolver=resolvers.priority_bases)


@strawberry.type
class WorkMutation:
    take_item = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.take_item, description="From now on nobody else decides it; of two at once one has it."
    )
    put_item_back = strawberry.field(graphql_type=CaseResult, resolver=resolvers.put_item_back)
    decide_item = strawberry.field(
        graphql_type=CaseResult,
        resolver=resolvers.decide_item,
        description="By whoever took it. Below the last grade of a graded review it is a proposal, and another person takes it next.",
    )
    waive_review = strawberry.field(
        graphql_type=CaseResult,
        resolver=resolvers.waive_review,
        description="By a supervisor, with a reason: one person may do more than one grade of the review.",
    )
    flag_priority = strawberry.field(graphql_type=CaseResult, resolver=resolvers.flag_priority)
    reveal_value = strawberry.field(graphql_type=RevealResult, resolver=revealing.reveal_value)
