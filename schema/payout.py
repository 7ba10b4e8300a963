"""A change of the account that the pension is paid to."""

import strawberry

from resolvers import payout as resolvers
from schema.cases import CaseResult


@strawberry.type
class PayoutMutation:
    change_payout_account = strawberry.field(
        graphql_type=CaseResult,
        resolver=resolvers.change,
        description="By the person or their legal guardian alone; to the person's own account; in force after some days.",
    )
    cancel_payout_change = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.cancel, description="As long as it is not in force; the account stays as it was."
    )
