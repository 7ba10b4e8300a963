"""An employer files for its own staff on the running product, and nothing begins before the employee has said yes themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import count

import pytest

from mocks import documents
from mocks.acting import CONFIRM_FILING, OPEN_STAFF_CASES, STAMP_CASE
from mocks.answers import Json
from mocks.others import ENTERPRISES
from mocks.people import Resident, anyone, resident
from tests.whole.applicant import Applicant, Outside
from tests.whole.filing import in_post, scans
from tests.whole.test_helping import CLIENTS, found
from tests.whole.test_mandates import BEGIN, ids_of
from tests.whole.test_posts import APPOINT, CAPACITIES, CONFIRM, acts_as, naming, problem

Somebody = Callable[..., Awaitable[Applicant]]
CROWD = ENTERPRISES["crowd"]
ITEMS = ("normal-retirement", "pension")
HEADINGS = "姓名,证件类型,证件号码,手机号码"
SHEETS = "/employers/staff-sheets"
QUIET_SECONDS = 2.0


def _people(*, employed: bool) -> Iterator[Resident]:
    """Far from the seeds that others use."""
    for seed in count(40_000):
        person = anyone(seed)
        if (person.employer_code == CROWD.code) is employed and seed % 10 != 3:
            yield person


STAFF, STRANGERS = _people(employed=True), _people(employed=False)


@pytest.fixture
async def agent(somebody: Somebody) -> Applicant:
    """Appointed by the enterprise's legal account, and confirmed."""
    boss, agent = await somebody(f"{CROWD.representative}@{CROWD.key}"), await somebody()
    viewer = (await boss.phone.query(CAPACITIES))["viewer"]
    headed = [one["organisation"] for one in viewer["capacities"] if one["kind"] == "SUPERVISOR"]
    enterprise = next(one["id"] for one in headed if one["name"] == CROWD.name)
    await acts_as(boss, "SUPERVISOR", enterprise)
    post = await boss.phone.mutate(APPOINT, naming(agent.key, "EMPLOYER"))
    await agent.phone.mutate(CONFIRM, {"id": post["id"]})
    await acts_as(agent, "EMPLOYER", enterprise)
    return agent


def row(person: Resident, **other: str) -> str:
    told = {"name": person.name, "number": person.document_number, "mobile": person.mobile or ""} | other
    return f"{told['name']},居民身份证,{told['number']},{told['mobile']}"


async def hands_in(agent: Applicant, *rows: str) -> Json:
    """As old Excel in China writes it."""
    return await agent.phone.upload("\r\n".join((HEADINGS, *rows)).encode("gbk"), at=SHEETS)


async def opens_from(agent: Applicant, sheet: str, *, request: str | None = None) -> Json:
    asked = {"input": {"sheetId": sheet, "itemIds": await ids_of(agent, *ITEMS)}}
    return await agent.phone.mutate(OPEN_STAFF_CASES, asked, request_id=request)


async def filed(agent: Applicant, employee: Applicant) -> Applicant:
    """Opened from a list of one, completed, stamped and submitted by the agent; the employee only allows what is read about them."""
    person = resident(employee.key)
    assert person
    opened = await opens_from(agent, (await hands_in(agent, row(person)))["id"])
    employee.case = opened["rows"][0]["case"]
    await employee.rereads()
    asked = [
        {"purpose": one["wording"]["purpose"], "version": one["wording"]["version"], "given": True} for one in employee.case["consents"]
    ]
    await employee.phone.mutate(documents.DECIDE_CONSENTS, {"input": {"caseId": employee.case["id"], "consents": asked}})
    filing = Applicant(employee.key, agent.phone, employee.case)
    await filing.rereads()
    await filing.hears_all_registers()
    await filing.fills()
    await scans(filing)
    filing.case = await agent.phone.mutate(STAMP_CASE, {"caseId": filing.case["id"]})
    await filing.submits()
    return filing


async def in_ledger(outside: Outside, case: Json) -> list[str]:
    """What the department has heard of this case."""
    return [entry["key"] for entry in await outside.ledger("hrss") if entry["key"].startswith(case["id"])]


@pytest.mark.row("A51")
async def test_a_list_from_old_excel_is_answered_row_by_row_and_opens_a_case_for_each_of_its_own_staff(agent: Applicant) -> None:
    one, two, faulty, stranger = next(STAFF), next(STAFF), next(STAFF), next(STRANGERS)

    sheet = await hands_in(agent, row(one), row(faulty, number=faulty.document_number[:-1] + "A"), row(stranger), row(two))
    opened = await opens_from(agent, sheet["id"], request="open-staff-0123456789")
    again = await opens_from(agent, sheet["id"], request="open-staff-0123456789")

    assert (sheet["rows"], [(fault["row"], fault["code"]) for fault in sheet["faults"]]) == (3, [(3, "bad-document-number")])
    assert [(entry["row"], entry["name"], bool(entry["case"])) for entry in opened["rows"]] == [
        (2, one.name, True),
        (4, stranger.name, False),
        (5, two.name, True),
    ]
    assert opened["rows"][1]["problem"].startswith("第 4 行的人，社保登记里现在不是您单位的职工")
    assert [entry["case"] and entry["case"]["id"] for entry in again["rows"]] == [
        entry["case"] and entry["case"]["id"] for entry in opened["rows"]
    ]


@pytest.mark.row("F20", "A42")
async def test_nothing_reaches_a_department_before_the_employee_confirms(somebody: Somebody, outside: Outside, agent: Applicant) -> None:
    employee = await somebody(next(STAFF).key)

    filing = await filed(agent, employee)
    await asyncio.sleep(QUIET_SECONDS)
    before = await in_ledger(outside, filing.case)
    by_the_agent = await problem(agent.phone.mutate(CONFIRM_FILING, {"caseId": filing.case["id"]}))
    waiting = await employee.rereads()
    await employee.phone.mutate(CONFIRM_FILING, {"caseId": filing.case["id"]})
    await employee.sees(until=lambda step: step["kind"] == "handed-off")

    assert (filing.case["status"], waiting["turn"], before) == ("SUBMITTED", "YOURS", [])
    assert by_the_agent.answer["refusalCode"] in {"STEP_NOT_ALLOWED", "NOT_PERMITTED"}
    assert (waiting["channel"], waiting["filedBy"]["capacity"], waiting["filedBy"]["name"]) == (
        "EMPLOYER",
        "EMPLOYER",
        resident(agent.key).name,
    )
    assert {"stamped", "submitted"} <= {step["kind"] for step in waiting["steps"]}
    assert await in_ledger(outside, filing.case) != []


@pytest.mark.row("A51")
async def test_an_agent_calls_no_operation_of_a_community_and_a_helper_none_of_an_employer(somebody: Somebody, agent: Applicant) -> None:
    helper, _ = await in_post(somebody, "org-guangxi-ferry", "HELPER", chief="supervisor")
    sheet = await hands_in(agent, row(next(STAFF)))

    asked = [agent.phone.query(CLIENTS, {"search": None}), agent.phone.mutate(BEGIN), opens_from(helper, sheet["id"])]
    refused = [await problem(one) for one in asked]
    with_a_list = await problem(hands_in(helper, row(next(STAFF))))

    assert [one.answer["__typename"] for one in refused] == ["Refusal"] * 3
    assert with_a_list.code == "NOT_PERMITTED"
    assert await found(helper) == []
