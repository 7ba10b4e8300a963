"""A helper with many elders: each comes onto the list of their own group with the case that was begun for them, and onto no other."""

from collections.abc import Awaitable, Callable

import pytest

from mocks.answers import Json
from mocks.people import resident
from tests.whole.applicant import Applicant, Outside
from tests.whole.test_mandates import BEGIN, TAKE, ids_of
from tests.whole.test_posts import a_helper, acts_as

Somebody = Callable[..., Awaitable[Applicant]]
BRIDGE, FERRY = "org-anhui-city-bridge", "org-guangxi-ferry"
PROBLEM = "... on Problem { message } ... on InvalidForm { issues { path code } }"
OPEN = f"""mutation($requestId: ID!, $input: OpenCaseInPersonInput!) {{ openCaseInPerson(requestId: $requestId, input: $input) {{ __typename
  ... on Case {{ id status channel beneficiary {{ name }} filedBy {{ capacity }} }} {PROBLEM} }} }}"""
CLIENTS = f"""query($search: ClientSearchInput) {{ clients(search: $search) {{ __typename ... on ClientConnection {{
  edges {{ node {{ person {{ name }} birthDate needs cases {{ id status }} }} }} }} {PROBLEM} }} }}"""


async def begins_for(helper: Applicant, elder: Applicant, outside: Outside) -> Json:
    """Their card is read, and their one case begun."""
    nonce = (await helper.phone.mutate(BEGIN))["nonce"]
    read = await outside.http.post("/identity/card-readings", json={"person": elder.key, "nonce": nonce})
    items = await ids_of(helper, "pension", region="anhui-city")
    about = {"nonce": nonce, "reading": read.json()["reading"], "itemIds": items, "actions": ["FILL", "SUBMIT"]}
    mandate = await helper.phone.mutate(TAKE, {"input": about})
    return await helper.phone.mutate(OPEN, {"input": {"mandateId": mandate["id"], "itemIds": items}})


async def found(helper: Applicant, **search: str) -> list[Json]:
    answer = await helper.phone.query(CLIENTS, {"search": search or None})
    return [edge["node"] for edge in answer["clients"]["edges"]]


async def a_helper_of(somebody: Somebody, organisation: str) -> Applicant:
    chief = await somebody("supervisor")
    await acts_as(chief, "SUPERVISOR", organisation)
    helper, _ = await a_helper(somebody, chief)
    await acts_as(helper, "HELPER", organisation)
    return helper


@pytest.mark.row("F13", "F14")
async def test_a_helper_finds_whom_they_helped_and_a_helper_of_another_community_does_not(somebody: Somebody, outside: Outside) -> None:
    helper, stranger = await a_helper_of(somebody, BRIDGE), await a_helper_of(somebody, FERRY)
    elder = await somebody()
    who = resident(elder.key)
    assert who

    case = await begins_for(helper, elder, outside)

    searches = ({"name": who.name}, {"surname": who.name[:1]}, {"birthDate": who.birth_date.isoformat()})
    for search in searches:
        shown = {client["cases"][0]["id"]: client for client in await found(helper, **search) if client["cases"]}[case["id"]]
        assert (shown["person"]["name"], shown["birthDate"]) == (who.name, who.birth_date.isoformat())
        assert shown["needs"].startswith("表格还没有提交")
        assert await found(stranger, **search) == []
    assert case["id"] in {case["id"] for client in await found(helper) for case in client["cases"]}
    assert await found(stranger) == []
