"""Why a case goes before others."""

import strawberry

from resolvers import worklist as resolvers
from schema.scalars import DateTime


@strawberry.type(description="basis: null to those who may not know why.")
class Priority:
    basis: str | None = strawberry.field(resolver=resolvers.priority_basis)
    label: str = strawberry.field(resolver=resolvers.priority_label)
    at: DateTime = strawberry.field(resolver=lambda self: self.priority.at)
