"""The account that the pension is paid to, and a change of it. Every rule is the desk's."""

import strawberry
from strawberry import ID, Parent

from domain.cases.case import Case
from domain.cases.changing_payout import NewAccount
from domain.cases.payout import PayoutChange
from domain.identifiers import mask_bank_card
from resolvers.context import Info


@strawberry.input(description="An account of the person's own, at that bank.")
class ChangePayoutAccountInput:
    case_id: ID
    bank: str
    account: str


async def change(info: Info, request_id: ID, input: ChangePayoutAccountInput) -> Case:
    desk, new = info.context.desks.payout, NewAccount(input.bank, input.account)
    return await desk.change(request_id, input.case_id, new, by=info.context.must_act())


async def cancel(info: Info, request_id: ID, case_id: ID) -> Case:
    return await info.context.desks.payout.cancel(request_id, case_id, by=info.context.must_act())


def waiting(case: Parent[Case], info: Info) -> PayoutChange | None:
    """To the applicant's side, until every department knows."""
    return case.private.payout if info.context.sight(case).whole else None


def masked_account(change: Parent[PayoutChange]) -> str:
    return mask_bank_card(change.account)
