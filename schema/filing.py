"""What staff begin for the people whom they serve."""

import strawberry

from resolvers import filing as resolvers
from schema.cases import CaseResult


@strawberry.type
class FilingMutation:
    open_case_in_person = strawberry.field(
        graphql_type=CaseResult,
        resolver=resolvers.open_in_person,
        description="By a helper or clerk, under a mandate taken in person: exactly one case.",
    )
    open_case_at_counter = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.open_at_counter, description="By a clerk, from a paper form that came to the counter."
    )
