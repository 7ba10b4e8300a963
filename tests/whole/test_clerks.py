"""An all-round clerk (综合柜员) takes any of the region's services that they are certified for, and no other."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from mocks.answers import Json
from mocks.people import resident
from tests.whole.applicant import Applicant
from tests.whole.test_mandates import ids_of
from tests.whole.test_posts import APPOINT, CONFIRM, acts_as, naming, problem

Somebody = Callable[..., Awaitable[Applicant]]
HALL = "org-guyang-hall"
PROBLEM = "... on Problem { message } ... on Refusal { code: refusalCode } ... on InvalidForm { issues { path code } }"
OPEN = f"""mutation($requestId: ID!, $input: OpenCaseAtCounterInput!) {{
  openCaseAtCounter(requestId: $requestId, input: $input) {{ __typename ... on Case {{ id channel items {{ code }} }} {PROBLEM} }} }}"""


async def a_clerk(somebody: Somebody, *services: str) -> Applicant:
    chief, clerk = await somebody("counter-chief"), await somebody()
    await acts_as(chief, "SUPERVISOR", HALL)
    named = naming(clerk.key, "CLERK")["input"] | {"itemCodes": list(services)}
    post = await chief.phone.mutate(APPOINT, {"input": named})
    assert [item["code"] for item in post["items"]] == list(services)
    await clerk.phone.mutate(CONFIRM, {"id": post["id"]})
    await acts_as(clerk, "CLERK", HALL)
    return clerk


def a_paper_of(person: Applicant, items: list[str]) -> Json:
    who = resident(person.key)
    assert who
    applicant = {"name": who.name, "documentKind": who.document_kind, "documentNumber": who.document_number}
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return {"input": {"applicant": applicant, "receivedAt": yesterday.isoformat(), "itemIds": items}}


@pytest.mark.row("A63")
async def test_a_clerk_takes_what_they_are_certified_for_and_nothing_else(somebody: Somebody) -> None:
    certified, all_round = await a_clerk(somebody, "pension"), await a_clerk(somebody)
    first, second = await somebody(), await somebody()
    one, two = await ids_of(certified, "pension", region="guyang"), await ids_of(certified, "pension", "medical-transfer", region="guyang")
    elsewhere = await ids_of(certified, "pension", region="guangxi")

    for items in (two, elsewhere):
        assert (await problem(certified.phone.mutate(OPEN, a_paper_of(first, items)))).code == "NOT_PERMITTED"
    taken = await certified.phone.mutate(OPEN, a_paper_of(first, one))
    any_of_them = await all_round.phone.mutate(OPEN, a_paper_of(second, two))

    assert (taken["channel"], [item["code"] for item in taken["items"]]) == ("COUNTER", ["pension"])
    assert {item["code"] for item in any_of_them["items"]} == {"pension", "medical-transfer"}
    assert (await problem(all_round.phone.mutate(OPEN, a_paper_of(second, elsewhere)))).code == "NOT_PERMITTED"
