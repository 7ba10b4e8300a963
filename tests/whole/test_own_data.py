"""What is kept about a person: taken away whole, deleted when they want it, locked where the law keeps it."""

import asyncio

import httpx2
import pytest

from mocks import documents
from mocks.answers import ProblemAnswer
from mocks.journey.pictures import paper
from tests.whole.applicant import Applicant

PLAN = "{ deletionPlan { version text inProgress { id } lines { kind title count disposal until why whySpoken source } } }"
CONSENTS = "{ myConsents { edges { cursor case { id } node { status wording { purpose version } } } pageInfo { hasNextPage } } }"
DELETE = """mutation($requestId: ID!, $input: DeleteMyDataInput!) { result: deleteMyData(requestId: $requestId, input: $input) { __typename
  ... on Deleted { id at lines { kind count disposal } } ... on Refusal { refusalCode message remedy retryAfterSeconds } } }"""


async def fetched(person: Applicant, ending: str) -> httpx2.Response:
    answer = await person.phone.fetch(f"/me/data.{ending}")
    answer.raise_for_status()
    return answer


@pytest.mark.row("F66")
async def test_everything_about_a_person_is_theirs_to_take_away(somebody) -> None:
    person = await somebody()
    await person.opens(["normal-retirement", "household-check"])
    await person.phone.upload(paper("身份证"))

    found, printed = (await fetched(person, "json")).json(), await fetched(person, "pdf")

    assert list(found) == [
        "made_at",
        "person",
        "sessions",
        "sign_ins",
        "links",
        "cases",
        "files",
        "certificates",
        "mandates",
        "clients",
        "posts",
        "visits",
        "looks",
    ]
    (case,) = found["cases"]
    answers = {one["question"]: one["answer"] for one in case["answers"]}
    assert found["person"]["document_number"] in answers.values()
    assert len(found["files"]) == 1
    assert [step["number"] for step in case["steps"]] == list(range(1, len(case["steps"]) + 1))
    assert printed.content.startswith(b"%PDF")
    assert printed.headers["Cache-Control"] == "no-store"


@pytest.mark.row("F66")
async def test_the_copy_is_for_who_is_signed_in_surely_and_for_nobody_else(somebody) -> None:
    unsure = await somebody(assurance="L2")

    not_sure_enough = await unsure.phone.fetch("/me/data.json")
    unsure.phone.forget()
    nobody = await unsure.phone.fetch("/me/data.json")

    assert (nobody.status_code, not_sure_enough.status_code) == (401, 403)
    assert not_sure_enough.json()["code"] == "ASSURANCE_TOO_LOW"


@pytest.mark.row("F66")
async def test_a_dry_run_tells_what_would_go_and_then_it_goes(somebody) -> None:
    person = await somebody()
    await person.opens(["normal-retirement", "household-check"])
    await person.phone.upload(paper("身份证"))
    plan = (await person.phone.query(PLAN))["deletionPlan"]

    done = await person.phone.mutate(DELETE, {"input": {"planVersion": plan["version"]}})

    told = {(line["kind"], line["count"], line["disposal"]) for line in plan["lines"]}
    assert {("drafts", 1, "DELETED"), ("files", 1, "DELETED"), ("person", 1, "KEPT")} <= told
    assert all(line["why"] and line["source"] for line in plan["lines"])
    assert done["__typename"] == "Deleted"
    await _until_erased(person)
    assert (await fetched(person, "json")).json()["files"] == []


async def _until_erased(person: Applicant) -> None:
    async with asyncio.timeout(30):
        while person.case["steps"][-1]["kind"] != "erased":
            await asyncio.sleep(0.2)
            await person.rereads()


@pytest.mark.row("F66")
async def test_a_case_in_progress_stands_in_the_way_and_is_named(somebody, outside) -> None:
    person = await somebody()
    await outside.behave("departments/hrss", rules=[{"person": person.key, "silence": True}])
    await person.applies(["normal-retirement", "household-check"])
    plan = (await person.phone.query(PLAN))["deletionPlan"]

    with pytest.raises(ProblemAnswer) as refused:
        await person.phone.mutate(DELETE, {"input": {"planVersion": plan["version"]}})

    assert plan["inProgress"] == {"id": person.case["id"]}
    assert refused.value.code == "STEP_NOT_ALLOWED"
    assert person.case["number"] in refused.value.message


@pytest.mark.row("F66")
async def test_a_consent_is_found_among_all_of_ones_own_and_taken_back_after_submission(somebody) -> None:
    person = await somebody()
    await person.applies(["normal-retirement", "household-check"])
    mine = (await person.phone.query(CONSENTS))["myConsents"]["edges"]
    text = mine[0]["node"]["wording"]

    taken_back = {"purpose": text["purpose"], "version": text["version"], "given": False}
    await person.phone.mutate(documents.DECIDE_CONSENTS, {"input": {"caseId": person.case["id"], "consents": [taken_back]}})

    now = (await person.phone.query(CONSENTS))["myConsents"]["edges"]
    assert {edge["case"]["id"] for edge in mine} == {person.case["id"]}
    assert {edge["node"]["status"] for edge in mine} == {"GIVEN"}
    assert [edge["node"]["status"] for edge in now] == ["WITHDRAWN", *["GIVEN"] * (len(mine) - 1)]
    assert "consent-withdrawn" in {step["kind"] for step in (await person.rereads())["steps"]}


async def test_who_agreed_to_another_list_is_shown_the_new_one(somebody) -> None:
    person = await somebody()
    plan = (await person.phone.query(PLAN))["deletionPlan"]
    await person.opens(["household-check"], patient=False)

    with pytest.raises(ProblemAnswer) as refused:
        await person.phone.mutate(DELETE, {"input": {"planVersion": plan["version"]}})

    assert refused.value.code == "CONFLICT"
    assert (await person.phone.query(documents.CASE, {"id": person.case["id"]}))["case"]["status"] == "DRAFT"
