"""A mandate on the real parts: a daughter acts for her father until he takes it back; a helper reads a card and begins one case."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from mocks.answers import Json, ProblemAnswer, SessionEnded
from mocks.people import resident
from tests.whole.applicant import Applicant, Outside
from tests.whole.test_posts import ACT_AS, APRICOT, a_helper, acts_as

Somebody = Callable[..., Awaitable[Applicant]]
STOPS_WITHIN = 5.0
ITEMS = ("normal-retirement", "pension")
PROBLEM = "... on Problem { message } ... on Refusal { refusalCode remedy } ... on InvalidForm { issues { path code } }"
MANDATE = f"""__typename ... on Mandate {{ id status statusText acceptanceCode actions capacity {{ id kind label }}
  principal {{ name }} delegate {{ name }} history {{ kind by {{ name capacity }} }} }} {PROBLEM}"""
CATALOGUE = "query($region: String!) { catalogue(region: $region) { items { id code } } }"
GRANT = f"mutation($requestId: ID!, $input: GrantMandateInput!) {{ grantMandate(requestId: $requestId, input: $input) {{ {MANDATE} }} }}"
ACCEPT = f"""mutation($requestId: ID!, $id: ID!, $code: String!) {{
  acceptMandate(requestId: $requestId, mandateId: $id, code: $code) {{ {MANDATE} }} }}"""
REVOKE = f"mutation($requestId: ID!, $id: ID!) {{ revokeMandate(requestId: $requestId, mandateId: $id) {{ {MANDATE} }} }}"
ONE = "query($id: ID!) { mandate(id: $id) { id status history { kind by { name capacity } } } }"
MINE = "{ cases { edges { node { id channel filedBy { capacity } beneficiary { name } } } } }"
BEGIN = f"""mutation($requestId: ID!) {{
  beginCardReading(requestId: $requestId) {{ __typename ... on CardReadingStart {{ nonce }} {PROBLEM} }} }}"""
TAKE = f"""mutation($requestId: ID!, $input: TakeMandateInPersonInput!) {{
  takeMandateInPerson(requestId: $requestId, input: $input) {{ {MANDATE} }} }}"""


async def ids_of(person: Applicant, *codes: str, region: str = "guangxi") -> list[str]:
    items = (await person.phone.query(CATALOGUE, {"region": region}))["catalogue"]["items"]
    return [item["id"] for item in items if item["code"] in codes]


async def grants(principal: Applicant, delegate: Applicant, *actions: str) -> Json:
    known = resident(delegate.key)
    assert known
    who = {"delegateName": known.name, "delegateDocumentKind": known.document_kind, "delegateDocumentNumber": known.document_number}
    scope = {"itemIds": await ids_of(principal, *ITEMS)}
    return await principal.phone.mutate(GRANT, {"input": who | {"until": "2027-02-01", "scope": scope, "actions": list(actions)}})


async def acts_by(delegate: Applicant, mandate: Json) -> None:
    session = await delegate.phone.mutate(ACT_AS, {"id": mandate["capacity"]["id"]})
    delegate.phone.access_token, delegate.phone.refresh_token = session["accessToken"], session["refreshToken"]


async def told(answer: Awaitable[Json]) -> str:
    with pytest.raises(ProblemAnswer) as problem:
        await answer
    return problem.value.code


async def asks_until_it_is_over(delegate: Applicant) -> None:
    while True:
        await delegate.phone.query(MINE)
        await asyncio.sleep(0.2)


@pytest.mark.row("F06", "F10")
async def test_a_daughter_acts_for_her_father_until_he_takes_it_back(somebody: Somebody) -> None:
    father, daughter = await somebody(), await somebody()
    given = await grants(father, daughter, "CONSENT", "FILL", "SUBMIT")
    wrong = "00000000" if given["acceptanceCode"] != "00000000" else "00000001"
    assert await told(daughter.phone.mutate(ACCEPT, {"id": given["id"], "code": wrong})) == "NOT_PERMITTED"
    taken = await daughter.phone.mutate(ACCEPT, {"id": given["id"], "code": given["acceptanceCode"]})
    await acts_by(daughter, taken)

    case = await daughter.opens(ITEMS)

    (seen,) = [edge["node"] for edge in (await father.phone.query(MINE))["cases"]["edges"]]
    assert (seen["id"], seen["channel"], seen["filedBy"]["capacity"]) == (case["id"], "FRIEND_PROXY", "PROXY")
    assert seen["beneficiary"]["name"] == resident(father.key).name
    assert await told(grants(daughter, father, "FILL")) == "NOT_PERMITTED"

    await father.phone.mutate(REVOKE, {"id": given["id"]})

    async with asyncio.timeout(STOPS_WITHIN):
        with pytest.raises(SessionEnded):
            await asks_until_it_is_over(daughter)
    life = (await father.phone.query(ONE, {"id": given["id"]}))["mandate"]["history"]
    assert [step["kind"] for step in life] == ["GRANTED", "ACCEPTED", "USED", "REVOKED"]


@pytest.mark.row("F11")
async def test_a_helper_reads_a_card_on_their_own_device(somebody: Somebody, outside: Outside) -> None:
    elder, chief = await somebody(), await somebody("supervisor")
    await acts_as(chief, "SUPERVISOR", APRICOT)
    helper, _ = await a_helper(somebody, chief)
    await acts_as(helper, "HELPER", APRICOT)
    nonce = (await helper.phone.mutate(BEGIN))["nonce"]

    async def reads(**how: str) -> Json:
        read = await outside.http.post("/identity/card-readings", json={"person": elder.key, "nonce": nonce, **how})
        items = await ids_of(helper, "pension", region="guyang")
        about = {"nonce": nonce, "reading": read.json()["reading"], "itemIds": items, "actions": ["FILL", "SUBMIT"]}
        return await helper.phone.mutate(TAKE, {"input": about})

    failed = await told(reads(liveness="face-mismatch"))
    taken = await reads()
    again = await told(reads())

    assert (failed, taken["status"], taken["principal"]["name"], again) == ("NOT_PERMITTED", "ACTIVE", resident(elder.key).name, "CONFLICT")
    seen = (await elder.phone.query(ONE, {"id": taken["id"]}))["mandate"]
    assert [(step["kind"], step["by"]["capacity"]) for step in seen["history"]] == [("TAKEN_IN_PERSON", "HELPER")]
