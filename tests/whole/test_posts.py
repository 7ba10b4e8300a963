"""A supervisor appoints, the person confirms and acts in the post; once it has ended, so has every session in it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from mocks.answers import Json, ProblemAnswer, SessionEnded
from mocks.people import resident
from tests.whole.applicant import Applicant

Somebody = Callable[..., Awaitable[Applicant]]
APRICOT = "org-guyang-apricot"
STOPS_WITHIN = 5.0
PROBLEM = "... on Problem { message } ... on Refusal { code: refusalCode } ... on InvalidForm { issues { path code } }"
POST = f"""__typename ... on Post {{ id kind status statusText person {{ name }} organisation {{ id name }}
  items {{ code }} capacity {{ id }} }} {PROBLEM}"""
CAPACITIES = "{ viewer { capacity { id kind } capacities { id kind label organisation { id name } } } }"
ACT_AS = f"""mutation($requestId: ID!, $id: ID!) {{ actAs(requestId: $requestId, capacityId: $id) {{ __typename
  ... on Session {{ accessToken refreshToken viewer {{ capacity {{ kind }} }} }} {PROBLEM} }} }}"""
APPOINT = f"mutation($requestId: ID!, $input: AppointMemberInput!) {{ appointMember(requestId: $requestId, input: $input) {{ {POST} }} }}"
CONFIRM = f"mutation($requestId: ID!, $id: ID!) {{ confirmPost(requestId: $requestId, postId: $id) {{ {POST} }} }}"
END = f"mutation($requestId: ID!, $id: ID!) {{ endPost(requestId: $requestId, postId: $id) {{ {POST} }} }}"
MINE = "{ myPosts { id kind status organisation { name } } }"
POSTS = "{ posts { edges { node { id kind status person { name } } } } }"
CLIENTS = f"""query($search: ClientSearchInput) {{ clients(search: $search) {{ __typename
  ... on ClientConnection {{ edges {{ node {{ person {{ name }} needs }} }} }} {PROBLEM} }} }}"""


async def acts_as(person: Applicant, kind: str, organisation: str) -> None:
    """That phone goes on in this capacity."""
    viewer = (await person.phone.query(CAPACITIES))["viewer"]
    (id,) = (one["id"] for one in viewer["capacities"] if (one["kind"], (one["organisation"] or {}).get("id")) == (kind, organisation))
    session = await person.phone.mutate(ACT_AS, {"id": id})
    assert session["viewer"]["capacity"]["kind"] == kind
    person.phone.access_token, person.phone.refresh_token = session["accessToken"], session["refreshToken"]


def naming(key: str, kind: str = "HELPER") -> Json:
    person = resident(key)
    assert person
    return {"input": {"name": person.name, "documentKind": person.document_kind, "documentNumber": person.document_number, "kind": kind}}


async def a_helper(somebody: Somebody, supervisor: Applicant) -> tuple[Applicant, str]:
    """Somebody new in a post of that supervisor's, and its id."""
    helper = await somebody()
    post = await supervisor.phone.mutate(APPOINT, naming(helper.key))
    await helper.phone.mutate(CONFIRM, {"id": post["id"]})
    return helper, post["id"]


async def problem(answer: Awaitable[Json]) -> ProblemAnswer:
    with pytest.raises(ProblemAnswer) as told:
        await answer
    return told.value


async def asks_until_it_is_over(helper: Applicant) -> None:
    while True:
        await helper.phone.query(CLIENTS)
        await asyncio.sleep(0.2)


@pytest.fixture
async def supervisor(somebody: Somebody) -> Applicant:
    chief = await somebody("supervisor")
    await acts_as(chief, "SUPERVISOR", APRICOT)
    return chief


async def test_a_supervisor_appoints_a_helper_who_confirms_and_acts(somebody: Somebody, supervisor: Applicant) -> None:
    helper = await somebody()
    post = await supervisor.phone.mutate(APPOINT, naming(helper.key))
    (mine,) = (await helper.phone.query(MINE))["myPosts"]
    assert (mine["id"], mine["status"]) == (post["id"], "PENDING")

    confirmed = await helper.phone.mutate(CONFIRM, {"id": post["id"]})
    await acts_as(helper, "HELPER", APRICOT)

    assert (confirmed["status"], confirmed["statusText"], confirmed["organisation"]["name"]) == ("ACTIVE", "在岗", "杏花村社区帮扶站")
    assert (await helper.phone.query(CLIENTS))["clients"]["__typename"] == "ClientConnection"
    members = [edge["node"] for edge in (await supervisor.phone.query(POSTS))["posts"]["edges"]]
    assert {"id": post["id"], "kind": "HELPER", "status": "ACTIVE", "person": {"name": resident(helper.key).name}} in members


async def test_a_post_that_ends_ends_its_sessions_at_once(somebody: Somebody, supervisor: Applicant) -> None:
    helper, post = await a_helper(somebody, supervisor)
    await acts_as(helper, "HELPER", APRICOT)

    await supervisor.phone.mutate(END, {"id": post})

    async with asyncio.timeout(STOPS_WITHIN):
        with pytest.raises(SessionEnded):
            await asks_until_it_is_over(helper)


@pytest.mark.row("A51")
async def test_a_community_calls_no_operation_of_an_employer_or_a_counter(somebody: Somebody, supervisor: Applicant) -> None:
    for kind in ("EMPLOYER", "CLERK", "OFFICER", "SUPERVISOR"):
        assert (await problem(supervisor.phone.mutate(APPOINT, naming("clerk", kind)))).code == "NOT_PERMITTED"


async def test_somebody_who_is_nothing_there_appoints_nobody_and_sees_nobody(somebody: Somebody) -> None:
    stranger = await somebody()

    assert (await problem(stranger.phone.mutate(APPOINT, naming("clerk")))).code == "NOT_PERMITTED"
    assert (await problem(stranger.phone.query(CLIENTS))).code == "NOT_PERMITTED"
    assert (await stranger.phone.query(POSTS))["posts"]["edges"] == []


async def test_an_enterprises_legal_account_appoints_its_agent(somebody: Somebody) -> None:
    boss = await somebody("boss@furnace")
    viewer = (await boss.phone.query(CAPACITIES))["viewer"]
    (enterprise,) = (one["organisation"] for one in viewer["capacities"] if one["kind"] == "SUPERVISOR")
    await acts_as(boss, "SUPERVISOR", enterprise["id"])
    agent = await somebody()

    post = await boss.phone.mutate(APPOINT, naming(agent.key, "EMPLOYER"))
    await agent.phone.mutate(CONFIRM, {"id": post["id"]})
    await acts_as(agent, "EMPLOYER", enterprise["id"])

    assert enterprise["name"] == "柳州荷塘炉料有限公司"
    assert (await problem(agent.phone.query(CLIENTS))).code == "NOT_PERMITTED"


async def test_two_things_sought_at_once_are_a_slip(somebody: Somebody, supervisor: Applicant) -> None:
    both = {"search": {"name": "白福顺", "birthDate": "1966年5月2日"}}
    no_day = {"search": {"birthDate": "66年"}}

    slips = [(await problem(supervisor.phone.query(CLIENTS, asked))).issues for asked in (both, no_day)]

    assert slips == [[{"path": ["search"], "code": "search-by-one"}], [{"path": ["search", "birthDate"], "code": "bad-date"}]]
