"""Tasks between agencies: papers that a department fetches, so that nobody has to bring them."""

import strawberry

from resolvers import tasks as resolvers
from schema.catalogue import Department
from schema.scalars import DateTime


@strawberry.type(description="A paper that this department fetches from another agency. doneAt: it is there.")
class AgencyTask:
    id: strawberry.ID
    material: str = strawberry.field(resolver=resolvers.material)
    department = strawberry.field(graphql_type=Department, resolver=resolvers.department)
    taken: bool = strawberry.field(resolver=resolvers.is_taken)
    given_at: DateTime = strawberry.field(resolver=lambda self: self.task.given_at)
    done_at: DateTime | None = strawberry.field(resolver=lambda self: self.task.done_at)
