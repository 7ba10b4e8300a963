"""A change of the account that the pension is paid to, by GraphQL, as a phone asks for it and shows it."""

from collections.abc import Mapping

import pytest

from domain.acting import Acting
from domain.words import Language
from resolvers.context import Context
from schema import schema
from tests.applicants import an_applicant_desk
from tests.capacities import a_mandate, under
from tests.cases import MONDAY, acting, loaded
from tests.desks import some_desks
from tests.payout_branch import Branch, a_branch
from tests.payouts import BANK, NEW

REQUEST = "request-0123456789"
CHANGE = """mutation($request: ID!, $input: ChangePayoutAccountInput!) {
  changePayoutAccount(requestId: $request, input: $input) {
    __typename
    ... on Case { payoutChange { bank maskedAccount effectiveAt inForce } lastStep { kind text } availableActions { action label } }
    ... on Refusal { refusalCode message remedy }
    ... on InvalidForm { issues { path message } }
  }
}"""
CANCEL = """mutation($request: ID!, $case: ID!) {
  cancelPayoutChange(requestId: $request, caseId: $case) { __typename ... on Case { payoutChange { bank } } ... on Refusal { refusalCode } }
}"""


@pytest.fixture
def branch() -> Branch:
    return a_branch()


async def asked(branch: Branch, document: str, *, by: Acting, **variables: object) -> Mapping[str, object]:
    applicant = an_applicant_desk(branch.desk.book)
    context = Context(
        desks=some_desks(payout=branch.desk, applicant=applicant),
        catalogues=loaded().catalogues,
        wording=loaded().wording,
        acting=by,
        language=Language.EN,
        now=MONDAY,
        caller="",
        address="",
        certificates=None,
    )
    result = await schema.execute(document, variable_values={"request": REQUEST, **variables}, context_value=context)
    assert result.errors is None
    (answer,) = result.data.values()
    return answer


async def change(branch: Branch, *, by: Acting) -> Mapping[str, object]:
    return await asked(branch, CHANGE, by=by, input={"caseId": "case-zh8k0001", "bank": BANK, "account": NEW})


@pytest.mark.row("C05")
async def test_a_change_is_shown_with_the_day_and_the_way_back_and_without_the_number(branch: Branch) -> None:
    case = await change(branch, by=acting())

    told = case["payoutChange"]
    assert (told["bank"], told["effectiveAt"], told["inForce"]) == (BANK, "2026-11-26T10:00:00+08:00", False)
    assert told["maskedAccount"].endswith(NEW[-4:])
    assert case["lastStep"]["kind"] == "payout-change-asked"
    assert "26 November 2026" in case["lastStep"]["text"]
    assert "CANCEL_PAYOUT_CHANGE" in [one["action"] for one in case["availableActions"]]
    assert NEW not in str(case)


@pytest.mark.row("C05")
async def test_a_delegate_is_told_that_only_the_person_may(branch: Branch) -> None:
    mandate = a_mandate()
    branch.shelf.mandates[mandate.id] = mandate

    answer = await change(branch, by=under(mandate))

    assert (answer["refusalCode"], answer["remedy"]) == ("NOT_PERMITTED", "NONE")
    assert answer["message"].startswith("Only the person themselves")


async def test_it_is_cancelled(branch: Branch) -> None:
    await change(branch, by=acting())

    answer = await asked(branch, CANCEL, by=acting(), case="case-zh8k0001", request="request-9876543210")

    assert answer == {"__typename": "Case", "payoutChange": None}
