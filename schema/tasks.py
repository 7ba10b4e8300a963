"""What officers do about tasks between agencies."""

import strawberry

from resolvers import tasks as resolvers
from schema.cases import CaseResult


@strawberry.type
class TaskMutation:
    take_task = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.take, description="By an officer of the department that fetches the paper."
    )
    complete_task = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.complete, description="The paper is there; what waited for it goes on."
    )
