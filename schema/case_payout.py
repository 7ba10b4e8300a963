"""What a case tells of a change of the account that the pension is paid to."""

import strawberry

from resolvers import payout as resolvers
from schema.scalars import DateTime


@strawberry.type(description="inForce: the form says it already; the departments are being told.")
class PayoutChange:
    bank: str
    masked_account: str = strawberry.field(resolver=resolvers.masked_account)
    effective_at: DateTime
    in_force: bool
