"""A clerk enters a paper form that came two days ago: the citizen applies, the clerk typed it, and the clocks run from the day it came."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from mocks import documents
from mocks.acting import OPEN_CASE_AT_COUNTER
from mocks.answers import Json
from mocks.people import resident
from tests.whole.applicant import Applicant
from tests.whole.filing import consents_in, in_post, needed, scans
from tests.whole.test_mandates import ids_of
from tests.whole.test_posts import problem
from tests.whole.test_who_looked import log_of

Somebody = Callable[..., Awaitable[Applicant]]
ANHUI, HALL, CHIEF = "anhui-city", "org-anhui-city-hall", "counter-chief"
PROMISED_DAYS = timedelta(days=15)
CHINA = timedelta(hours=8)


@pytest.fixture
async def clerk(somebody: Somebody) -> Applicant:
    return (await in_post(somebody, HALL, "CLERK", chief=CHIEF))[0]


async def a_paper_of(clerk: Applicant, key: str, *, came: datetime, region: str = ANHUI, item: str = "pension") -> Json:
    who = resident(key)
    assert who
    applicant = {"name": who.name, "documentKind": who.document_kind, "documentNumber": who.document_number}
    items = await ids_of(clerk, item, region=region)
    return {"input": {"applicant": applicant, "receivedAt": came.isoformat(), "itemIds": items}}


async def enters(clerk: Applicant, key: str, *, came: datetime) -> Applicant:
    filing = Applicant(key, clerk.phone, await clerk.phone.mutate(OPEN_CASE_AT_COUNTER, await a_paper_of(clerk, key, came=came)))
    await scans(filing)
    await allows(filing)
    await filing.fills()
    return filing


async def allows(filing: Applicant, region: str = ANHUI) -> None:
    """As it was ticked on the paper."""
    given = {"caseId": filing.case["id"], "consents": await consents_in(filing, region)}
    filing.case = await filing.phone.mutate(documents.DECIDE_CONSENTS, {"input": given})
    await filing.hears_all_registers()


def day_in_china(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC) + CHINA


@pytest.mark.row("A06", "F19", "A04")
async def test_the_citizen_applies_the_clerk_typed_it_and_the_clocks_run_from_the_day_the_paper_came(
    somebody: Somebody, clerk: Applicant
) -> None:
    citizen, came = await somebody(), datetime.now(UTC) - timedelta(days=2)
    opened = await clerk.phone.mutate(OPEN_CASE_AT_COUNTER, await a_paper_of(clerk, citizen.key, came=came))
    filing = Applicant(citizen.key, clerk.phone, opened)
    assert "paper-application" in needed(filing.case)
    refused, unscanned = await problem(filing.submits()), await problem(allows(filing))
    await scans(filing)
    await allows(filing)
    await filing.fills()
    await filing.submits()

    citizen.case = filing.case
    seen = await citizen.rereads()

    assert "paper-application" in {issue["path"][-1] for issue in refused.answer["issues"]}
    assert unscanned.answer["refusalCode"] == "NOT_PERMITTED"
    assert datetime.fromisoformat(seen["receivedAt"]).replace(microsecond=0) == came.replace(microsecond=0)
    assert datetime.fromisoformat(seen["openedAt"]) - came > timedelta(days=1, hours=23)
    assert (seen["beneficiary"]["name"], seen["channel"]) == (resident(citizen.key).name, "COUNTER")
    assert (seen["filedBy"]["name"], seen["filedBy"]["capacity"], seen["filedBy"]["organisation"]["id"]) == (
        resident(clerk.key).name,
        "CLERK",
        HALL,
    )
    ends = day_in_china(citizen.item("pension")["promisedDeadline"]["at"]).date()
    counted = ((came + CHINA).date() + PROMISED_DAYS) - ends
    assert timedelta(days=-10) <= counted <= timedelta()  # the fifteenth day, or the first working day after it
    (scan,) = (material for material in seen["materials"] if material["code"] == "paper-application")
    assert [(file["by"]["name"], file["by"]["isViewer"]) for file in scan["files"]] == [(resident(clerk.key).name, False)]
    assert (await citizen.phone.fetch(scan["files"][0]["url"])).status_code == 200
    assert resident(clerk.key).name in {look["by"] for look in await log_of(citizen)}


@pytest.mark.row("A06")
async def test_of_two_papers_typed_in_today_the_one_that_came_earlier_is_due_earlier(somebody: Somebody, clerk: Applicant) -> None:
    ends = []
    for days in (9, 2):
        citizen = await somebody()
        filing = await enters(clerk, citizen.key, came=datetime.now(UTC) - timedelta(days=days))
        await filing.submits()
        ends.append(datetime.fromisoformat(filing.item("pension")["promisedDeadline"]["at"]))

    assert ends[1] - ends[0] >= timedelta(days=1)


@pytest.mark.row("A04")
async def test_a_form_cannot_have_come_tomorrow_and_nobody_but_a_clerk_enters_one(somebody: Somebody, clerk: Applicant) -> None:
    citizen = await somebody()
    tomorrow = await a_paper_of(clerk, citizen.key, came=datetime.now(UTC) + timedelta(days=1))
    today = await a_paper_of(clerk, citizen.key, came=datetime.now(UTC))

    slip = await problem(clerk.phone.mutate(OPEN_CASE_AT_COUNTER, tomorrow))
    by_themselves = await problem(citizen.phone.mutate(OPEN_CASE_AT_COUNTER, today))

    assert [(issue["path"], issue["code"]) for issue in slip.answer["issues"]] == [(["input", "receivedAt"], "received-later")]
    assert by_themselves.answer["refusalCode"] == "NOT_PERMITTED"
    assert (await citizen.phone.query(documents.CASES))["cases"]["edges"] == []


@pytest.mark.row("A04")
async def test_where_there_is_only_a_counter_nobody_files_by_phone(somebody: Somebody) -> None:
    citizen = await somebody()
    items = await ids_of(citizen, "pension", region="guyang")

    refused = await problem(citizen.phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": items, "consents": []}}))

    assert refused.answer["refusalCode"] == "NOT_PERMITTED"
    assert "固阳县" in refused.answer["message"]


@pytest.mark.row("A21")
async def test_a_clerk_says_what_a_promise_bears_and_without_signature_and_fingerprint_it_is_still_needed(somebody: Somebody) -> None:
    clerk, _ = await in_post(somebody, "org-guyang-hall", "CLERK", chief=CHIEF)
    paper_form = await a_paper_of(clerk, "elder-7", came=datetime.now(UTC) - timedelta(days=1), region="guyang", item="retirement-approval")
    filing = Applicant("elder-7", clerk.phone, await clerk.phone.mutate(OPEN_CASE_AT_COUNTER, paper_form))
    await scans(filing)
    await allows(filing, "guyang")
    await filing.fills({"key": "archive", "value": "LOST"}, {"key": "employment", "value": "FLEXIBLE"})

    await scans(filing, marks=["SIGNATURE"])
    signed, refused = promise(filing.case), await problem(filing.submits())
    await scans(filing, marks=["SIGNATURE", "FINGERPRINT"])

    assert (signed["status"], [reason["text"] for reason in signed["reasons"] if "还缺" in reason["text"]]) == (
        "NEEDED",
        [f"“{signed['title']}”上还缺本人手印。补齐后请重新上传，并勾选上面看得到的内容。"],
    )
    assert ["materials", signed["code"]] in [issue["path"] for issue in refused.answer["issues"]]
    assert (promise(filing.case)["status"], needed(filing.case)) == ("PROVIDED", set())


def promise(case: Json) -> Json:
    return next(material for material in case["materials"] if material["code"] == "lost-archive-promise")
