"""An officer on the real parts: takes from the queue what the department's system leaves undecided, sees what it names, decides it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from mocks import documents
from mocks.answers import Json, ProblemAnswer
from mocks.journey.pictures import paper
from mocks.people import resident
from tests.whole.applicant import Applicant, Outside, kind
from tests.whole.test_posts import APPOINT, CONFIRM, acts_as, naming

Somebody = Callable[..., Awaitable[Applicant]]
HRSS, MEDICAL, HALL = "org-guangxi-hrss", "org-guangxi-medical", "org-guangxi-hall"
ITEMS = ["normal-retirement", "pension", "medical-transfer"]
PROBLEM = "... on Problem { message } ... on Refusal { code: refusalCode remedy } ... on InvalidForm { issues { path code } }"
SEEN = """id number status beneficiary { id name maskedDocumentNumber }
  items { id code status result { outcome text } takenBy { name capacity isViewer } reviews { grade } promisedDeadline { at } }
  materials { code files { id } } consents { status } certificate { id }
  form { sections { key entries { fields { id key value masked display } } } prefill { name } }
  steps { number kind item { code } } lastStep { number } availableActions { action } priority { basis label }"""
WORKLIST = """query($first: Int! = 50, $after: String) { worklist(first: $first, after: $after) {
  edges { cursor node { id kind text case { id beneficiary { name } form { id } priority { basis label } } item { id code }
    deadline { at } takenBy { name isViewer } } } pageInfo { hasNextPage endCursor } } }"""
CASE = f"query($id: ID!) {{ case(id: $id) {{ {SEEN} }} }}"


def taking(name: str, argument: str, answer: str) -> str:
    """A mutation with that argument besides the request's id."""
    kind, given = argument.split(" ")
    return f"""mutation($requestId: ID!, ${given}: {kind}) {{ {name}(requestId: $requestId, {given}: ${given}) {{
      __typename {answer} {PROBLEM} }} }}"""


SEEN_CASE = f"... on Case {{ {SEEN} }}"
TAKE, PUT_BACK = (taking(name, "ID! itemId", SEEN_CASE) for name in ("takeItem", "putItemBack"))
DECIDE = taking("decideItem", "DecideItemInput! input", SEEN_CASE)
FLAG = taking("flagPriority", "FlagPriorityInput! input", SEEN_CASE)
REVEAL = taking("revealValue", "RevealInput! input", "... on Revealed { value }")


@pytest.fixture
async def officer(somebody: Somebody) -> Callable[..., Awaitable[Applicant]]:
    """Somebody new in a post of that department, acting in it."""

    async def in_office(organisation: str = HRSS, kind: str = "OFFICER", items: Sequence[str] = ()) -> Applicant:
        chief, officer = await somebody("counter-chief" if organisation == HALL else "department-chief"), await somebody()
        await acts_as(chief, "SUPERVISOR", organisation)
        named = naming(officer.key, kind)
        post = await chief.phone.mutate(APPOINT, {"input": named["input"] | {"itemCodes": list(items)}})
        await officer.phone.mutate(CONFIRM, {"id": post["id"]})
        await acts_as(officer, kind, organisation)
        return officer

    return in_office


async def undecided(somebody: Somebody, outside: Outside) -> Applicant:
    """Whose retirement the department's system has taken, and says nothing more about for an hour."""
    person = await somebody()
    await outside.behave("departments/hrss", rules=[{"person": person.key, "item": "normal-retirement", "after_ms": 3_600_000}])
    await person.applies(ITEMS)
    await person.sees(until=kind("handed-off"))
    await person.rereads()
    return person


async def queue_of(officer: Applicant) -> dict[str, Json]:
    """By the id of the item."""
    found: dict[str, Json] = {}
    after = None
    while True:
        page = (await officer.phone.query(WORKLIST, {"after": after}))["worklist"]
        found |= {edge["node"]["item"]["id"]: edge["node"] for edge in page["edges"]}
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def seen_by(officer: Applicant, case: Json) -> Json | None:
    return (await officer.phone.query(CASE, {"id": case["id"]}))["case"]


async def told(answer: Awaitable[Json]) -> tuple[str, str]:
    with pytest.raises(ProblemAnswer) as refused:
        await answer
    return refused.value.answer["code"], refused.value.answer["message"]


def fields(case: Json) -> dict[str, Json]:
    return {one["key"]: one for section in case["form"]["sections"] for entry in section["entries"] for one in entry["fields"]}


@pytest.mark.row("F48", "F49", "F50")
async def test_an_officer_takes_an_item_from_the_queue_and_decides_it(somebody, outside, officer) -> None:
    person, wei = await undecided(somebody, outside), await officer()
    item = person.item("normal-retirement")["id"]
    name = resident(person.key).name

    waiting = (await queue_of(wei))[item]
    before = await seen_by(wei, person.case)
    taken = await wei.phone.mutate(TAKE, {"itemId": item})
    decided = await wei.phone.mutate(DECIDE, {"input": {"itemId": item, "outcome": "GRANTED", "text": "准予"}})

    assert (waiting["kind"], waiting["text"], waiting["takenBy"]) == (
        "decide",
        f"待审核：{person.item('normal-retirement')['title']}",
        None,
    )
    assert (before["form"], before["beneficiary"]["name"], before["consents"]) == (None, f"{name[0]}{'*' * (len(name) - 1)}", [])
    assert taken["beneficiary"]["name"] == name
    assert fields(taken)["name"]["value"] == name
    assert "bank-account" not in fields(taken)
    (mine,) = [one for one in taken["items"] if one["id"] == item]
    assert mine["takenBy"] == {"name": resident(wei.key).name, "capacity": "OFFICER", "isViewer": True}
    assert {one["code"]: one["status"] for one in decided["items"]}["normal-retirement"] == "DONE"
    assert item not in await queue_of(wei)
    await person.sees(until=kind("completed"))
    assert (await person.rereads())["certificate"]["status"] == "VALID"
    assert [step["number"] for step in person.case["steps"]] == list(range(1, len(person.case["steps"]) + 1))


@pytest.mark.row("F48")
async def test_of_two_officers_one_has_it_and_the_other_is_told_who(somebody, outside, officer) -> None:
    person, wei, tan = await undecided(somebody, outside), await officer(), await officer()
    item = person.item("normal-retirement")["id"]

    await wei.phone.mutate(TAKE, {"itemId": item})

    code, message = await told(tan.phone.mutate(TAKE, {"itemId": item}))
    assert (code, f"{resident(wei.key).name[0]}*" in message) == ("CONFLICT", True)
    assert (await told(tan.phone.mutate(DECIDE, {"input": {"itemId": item, "outcome": "GRANTED"}})))[0] == "CONFLICT"
    assert (await seen_by(tan, person.case))["form"] is None
    await wei.phone.mutate(PUT_BACK, {"itemId": item})
    assert (await seen_by(wei, person.case))["form"] is None
    assert (await tan.phone.mutate(TAKE, {"itemId": item}))["form"] is not None


@pytest.mark.row("F49")
async def test_another_department_sees_its_own_item_and_of_others_where_they_stand(somebody, outside, officer) -> None:
    person, medical = await undecided(somebody, outside), await officer(MEDICAL)
    other = person.item("normal-retirement")["id"]

    seen = await seen_by(medical, person.case)

    assert {one["code"]: (one["status"], one["result"], one["promisedDeadline"]) for one in seen["items"]}["normal-retirement"] == (
        person.item("normal-retirement")["status"],
        None,
        None,
    )
    assert "normal-retirement" not in {step["item"]["code"] for step in seen["steps"] if step["item"]}
    assert other not in await queue_of(medical)
    assert (await told(medical.phone.mutate(TAKE, {"itemId": other})))[0] == "NOT_PERMITTED"


@pytest.mark.row("F49")
async def test_a_draft_is_not_there_for_an_officer_and_nobody_else_has_a_queue(somebody, officer) -> None:
    person, wei = await somebody(), await officer()
    await person.opens(ITEMS, consenting=False)
    item = person.item("normal-retirement")["id"]

    assert await seen_by(wei, person.case) is None
    assert (await told(wei.phone.mutate(TAKE, {"itemId": item})))[0] == "NOT_FOUND"
    assert (await person.phone.query(WORKLIST))["worklist"]["edges"] == []


@pytest.mark.row("F49", "F65")
async def test_one_whole_value_is_revealed_to_who_took_the_item_and_the_person_reads_why(somebody, outside, officer) -> None:
    person, wei = await undecided(somebody, outside), await officer()
    item = person.item("normal-retirement")["id"]
    number = person.question("document-number")["id"]
    asking = {"input": {"about": number, "purpose": "核对档案里的身份证号码"}}

    assert (await told(wei.phone.mutate(REVEAL, asking)))[0] == "NOT_FOUND"
    seen = await wei.phone.mutate(TAKE, {"itemId": item})
    masked = fields(seen)["document-number"]
    whole = await wei.phone.mutate(REVEAL, asking)
    of_the_person = await wei.phone.mutate(REVEAL, {"input": {"about": seen["beneficiary"]["id"], "purpose": "核对档案里的身份证号码"}})

    assert (masked["masked"], masked["value"], "*" in masked["display"]) == (True, None, True)
    assert whole["value"] == of_the_person["value"] == resident(person.key).document_number
    log = (await person.phone.query("{ accessLog(first: 50) { edges { node { purpose text } } } }"))["accessLog"]["edges"]
    revealed = [edge["node"]["text"] for edge in log if "平时被遮住" in edge["node"]["purpose"]]
    assert len(revealed) == 2
    assert all("理由：“核对档案里的身份证号码”" in text for text in revealed)
    with pytest.raises(ProblemAnswer) as slip:
        await wei.phone.mutate(REVEAL, {"input": {"about": number, "purpose": "看看"}})
    assert [issue["code"] for issue in slip.value.answer["issues"]] == ["purpose-length"]


@pytest.mark.row("A78")
async def test_a_case_with_a_shown_reason_stands_before_others_in_the_queue(somebody, outside, officer) -> None:
    first, second, wei = await undecided(somebody, outside), await undecided(somebody, outside), await officer()
    wish = {"input": {"caseId": second.case["id"], "basis": "VETERAN"}}

    assert (await told(second.phone.mutate(FLAG, wish)))[0] == "NOT_ELIGIBLE"
    file = await second.phone.upload(paper("退役证"))
    flagged = await second.phone.mutate(FLAG, {"input": wish["input"] | {"fileId": file["id"]}})

    assert flagged["priority"] == {"basis": "VETERAN", "label": "退役军人"}
    queue = await queue_of(wei)
    order = [id for id in queue if id in {first.item("normal-retirement")["id"], second.item("normal-retirement")["id"]}]
    assert order == [second.item("normal-retirement")["id"], first.item("normal-retirement")["id"]]
    assert queue[order[0]]["case"]["priority"] == {"basis": None, "label": "优先办理"}


@pytest.mark.row("F48")
async def test_of_many_officers_at_once_exactly_one_has_it(somebody, outside, officer) -> None:
    person, officers = await undecided(somebody, outside), [await officer() for _ in range(4)]
    item = person.item("normal-retirement")["id"]

    answers = await asyncio.gather(*(one.phone.mutate(TAKE, {"itemId": item}) for one in officers), return_exceptions=True)

    won = [answer for answer in answers if not isinstance(answer, ProblemAnswer)]
    assert [answer.answer["code"] for answer in answers if isinstance(answer, ProblemAnswer)] == ["CONFLICT"] * 3
    assert len(won) == 1
    assert [step["kind"] for step in won[0]["steps"]].count("item-taken") == 1


@pytest.mark.row("A63")
async def test_a_counter_clerk_takes_what_they_are_certified_for_wherever_it_was_filed_and_nothing_else(somebody, outside, officer) -> None:
    person, clerk = await undecided(somebody, outside), await officer(HALL, "CLERK", ["normal-retirement"])
    item, other = person.item("normal-retirement")["id"], person.item("pension")["id"]

    assert await seen_by(clerk, person.case) is None
    assert (await told(clerk.phone.mutate(TAKE, {"itemId": other})))[0] in {"NOT_PERMITTED", "NOT_FOUND"}
    taken = await clerk.phone.mutate(TAKE, {"itemId": item})

    assert (taken["availableActions"], "bank-account" in fields(taken)) == ([], False)
    assert item in await queue_of(clerk)
    withdrawing = {"input": {"caseId": person.case["id"], "reason": "不该由窗口撤回"}}
    with pytest.raises(ProblemAnswer) as refused:
        await clerk.phone.mutate(documents.WITHDRAW_CASE, withdrawing)
    assert refused.value.answer["refusalCode"] == "NOT_PERMITTED"
    decided = await clerk.phone.mutate(DECIDE, {"input": {"itemId": item, "outcome": "REFUSED", "reasons": ["材料不符"]}})
    assert {one["code"]: one["status"] for one in decided["items"]}["normal-retirement"] == "REFUSED"


@pytest.mark.row("F49", "F50")
async def test_a_supervisor_sees_the_departments_queue_and_nothing_personal(somebody, outside) -> None:
    person, chief = await undecided(somebody, outside), await somebody("department-chief")
    await acts_as(chief, "SUPERVISOR", HRSS)
    item = person.item("normal-retirement")["id"]

    waiting = (await queue_of(chief))[item]

    assert (waiting["case"]["form"], waiting["case"]["beneficiary"]["name"][1:].strip("*")) == (None, "")
    assert (await told(chief.phone.mutate(TAKE, {"itemId": item})))[0] == "NOT_PERMITTED"
