"""Sessions over the wire: they and their sockets die with the identity, their owner ends them, and a step-up goes on where it was."""

import asyncio
from contextlib import aclosing

import pytest

from mocks.phone import Phone, ProblemAnswer, SessionEnded
from tests.whole.applicant import Applicant, Outside

MY_SESSIONS = "query { mySessions { id current device capacityLabel assisted } signIns { edges { node { wayText outcomeText device } } } }"
END = "mutation ($requestId: ID!, $id: ID!) { endSession(requestId: $requestId, sessionId: $id) { __typename ... on Refusal { message } } }"
END_OTHERS = """mutation ($requestId: ID!) { endOtherSessions(requestId: $requestId) {
    __typename ... on SessionsEnded { left { id current } } ... on Refusal { message } } }"""
MINE = """query { mySignatures { edges { node { kind text agreed by caseId } } } myShares { edges { node { kind text agreed } } } }"""


async def socket_closed(applicant: Applicant) -> None:
    """Raises SessionEnded, as 4403 says."""
    async with aclosing(applicant.phone.watch(applicant.case["id"])) as messages:
        async for _ in messages:
            pass


async def told(outside: Outside, what: str, key: str) -> None:
    answer = await outside.http.post(f"/identity/{what}", json={"person": key})
    assert answer.json() == {"status": 200}


@pytest.mark.row("F03")
@pytest.mark.parametrize("what", ["_logout", "_suspend"])
async def test_what_the_platform_ends_is_refused_and_its_socket_closed_within_five_seconds(somebody, outside: Outside, what: str) -> None:
    person = await somebody()
    await person.opens(consenting=False)
    watching = asyncio.create_task(socket_closed(person))
    await asyncio.sleep(1)

    await told(outside, what, person.key)

    async with asyncio.timeout(5):
        with pytest.raises(SessionEnded):
            await watching
    with pytest.raises(SessionEnded):
        await person.rereads()


@pytest.mark.row("F03")
async def test_a_suspended_person_is_let_in_again_once_restored(somebody, outside: Outside, show) -> None:
    person = await somebody()
    await told(outside, "_suspend", person.key)
    await asyncio.sleep(1)
    async with Phone(show.url) as phone:
        with pytest.raises(Exception, match="403"):
            await phone.sign_in(person.key)
        await told(outside, "_restore", person.key)

        assert (await phone.sign_in(person.key))["person"]


@pytest.mark.row("F02")
async def test_a_step_up_raises_the_session_and_submits_what_was_refused(somebody) -> None:
    person = await somebody(assurance="L2")
    await person.opens(["normal-retirement"])
    await person.fills()
    before = person.phone.refresh_token
    with pytest.raises(ProblemAnswer) as refused:
        await person.submits()
    problem = refused.value.answer
    assert (problem["refusalCode"], problem["remedy"]) == ("ASSURANCE_TOO_LOW", "STEP_UP")
    assert problem["stepUp"]["url"] == "/sign-in?acr=L3"

    viewer = await person.phone.prove(problem["stepUp"]["url"], person.key, return_to=f"/cases/{person.case['id']}")

    assert (viewer["assurance"], person.phone.refresh_token) == ("L3", before)
    assert (await person.submits())["status"] != "DRAFT"


@pytest.mark.row("F04")
async def test_a_person_sees_and_ends_their_sessions_and_reads_what_they_signed_and_shared(somebody, show) -> None:
    person = await somebody()
    await person.applies(["normal-retirement"])
    async with Phone(show.url) as other:
        await other.sign_in(person.key)
        mine = await person.phone.query(MY_SESSIONS)
        theirs = next(entry["id"] for entry in mine["mySessions"] if not entry["current"])
        assert [entry["capacityLabel"] for entry in mine["mySessions"]] == ["为自己办理"] * 2
        assert len(mine["signIns"]["edges"]) == 2

        ended = await person.phone.mutate(END, {"id": theirs})
        with pytest.raises(SessionEnded):
            await other.query(MY_SESSIONS)

    left = await person.phone.mutate(END_OTHERS)
    deeds = await person.phone.query(MINE)
    assert ended["__typename"] == "SignedOut"
    assert [entry["current"] for entry in left["left"]] == [True]
    (signature,) = [edge["node"] for edge in deeds["mySignatures"]["edges"]]
    assert (signature["kind"], signature["by"], signature["caseId"]) == ("SUBMITTED", None, person.case["id"])
    assert len(signature["agreed"]) == len(person.case["declarations"])
    assert {edge["node"]["kind"] for edge in deeds["myShares"]["edges"]} == {"CONSENT_GIVEN"}
