"""One's own data: the dry run of its deletion, and the deletion."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.keeping import deletion as domain
from resolvers import keeping as resolvers
from resolvers.pages import case_page_info
from schema.pages import PageInfo
from schema.problems import InvalidForm, Refusal
from schema.scalars import DateTime

if TYPE_CHECKING:
    from schema.cases import Case, Consent

strawberry.enum(domain.Disposal, description="LOCKED: the law keeps it; it is used for nothing else any more.")


@strawberry.type(description="One kind of thing that is kept: how many, what becomes of it, until when, and by which law.")
class DeletionLine:
    kind: str
    title: str = strawberry.field(resolver=resolvers.title)
    count: int
    disposal: domain.Disposal
    until: DateTime | None
    why: str = strawberry.field(resolver=resolvers.why)
    why_spoken: str = strawberry.field(resolver=resolvers.spoken)
    source: str = strawberry.field(resolver=resolvers.law, description="The law that says so.")


@strawberry.type(description="A dry run: nothing is deleted by reading it. A case in progress stands in the way.")
class DeletionPlan:
    version: str = strawberry.field(description="For deleteMyData.")
    text: str = strawberry.field(resolver=resolvers.text)
    lines = strawberry.field(graphql_type=list[DeletionLine], resolver=resolvers.lines)
    in_progress = strawberry.field(graphql_type=Annotated["Case", strawberry.lazy("schema.cases")] | None, resolver=resolvers.in_progress)


@strawberry.type(description="What was deleted and what was locked. Within a minute nothing of what was deleted is left.")
class Deleted:
    id: strawberry.ID
    at: DateTime
    lines = strawberry.field(graphql_type=list[DeletionLine], resolver=resolvers.lines)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Deleted)


DeletedResult = Annotated[Deleted | Refusal | InvalidForm, strawberry.union("DeletedResult")]


@strawberry.type(description="A consent, and the case in which it was asked. cursor: behind all consents of that case.")
class ConsentEdge:
    cursor: str
    node: Annotated["Consent", strawberry.lazy("schema.cases")]
    case: Annotated["Case", strawberry.lazy("schema.cases")]


@strawberry.type(description="Pages are of cases, each with all its consents.")
class ConsentConnection:
    edges = strawberry.field(graphql_type=list[ConsentEdge], resolver=resolvers.consent_edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=case_page_info)


@strawberry.type
class KeepingQuery:
    my_consents = strawberry.field(
        graphql_type=ConsentConnection, resolver=resolvers.my_consents, description="Across all cases; decideConsents takes one back."
    )
    deletion_plan = strawberry.field(
        graphql_type=DeletionPlan | None, resolver=resolvers.deletion_plan, description="To people themselves; null to anybody else."
    )


@strawberry.type
class KeepingMutation:
    delete_my_data = strawberry.field(
        graphql_type=DeletedResult,
        resolver=resolvers.delete_my_data,
        description="As the plan of that version says. The other sessions end; this one stays. Needs L3, proved lately.",
    )
