"""A helper of a community files for elders on the running product: one case for one reading of a card, and never more than that."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from mocks import documents
from mocks.acting import OPEN_CASE_IN_PERSON
from mocks.answers import Json, SessionEnded
from mocks.people import resident
from tests.whole.applicant import Applicant, Outside
from tests.whole.filing import HAND_OVER, begins_for, consents_in, in_post, is_dismissed, scans, takes_mandate
from tests.whole.test_helping import found
from tests.whole.test_mandates import ids_of
from tests.whole.test_posts import STOPS_WITHIN, asks_until_it_is_over, problem
from tests.whole.test_who_looked import log_of

Somebody = Callable[..., Awaitable[Applicant]]
ANHUI, BRIDGE, FRIENDS, FERRY = "anhui-city", "org-anhui-city-bridge", "org-anhui-city-friends", "org-guangxi-ferry"
CHIEF = "supervisor"


@pytest.fixture
async def helper(somebody: Somebody) -> Applicant:
    return (await in_post(somebody, BRIDGE, "HELPER", chief=CHIEF))[0]


async def seen_by(person: Applicant, case: Json) -> Json | None:
    return (await person.phone.query(documents.CASE, {"id": case["id"]}))["case"]


def doers(case: Json) -> set[tuple[str, str, str | None]]:
    """Who did what, in which capacity."""
    return {(step["kind"], step["by"]["capacity"], step["by"]["name"]) for step in case["steps"] if step["by"]["capacity"] != "SYSTEM"}


@pytest.mark.row("F11", "F12", "F15", "A04")
async def test_a_helper_files_for_an_elder_who_receives_the_result(somebody: Somebody, outside: Outside, helper: Applicant) -> None:
    elder = await somebody()
    filing = await begins_for(helper, elder, outside, "pension", "retirement-certificate", region=ANHUI)
    await filing.fills()
    await scans(filing)
    await filing.submits()

    elder.case = filing.case
    await elder.sees(until=lambda step: step["kind"] == "completed")
    seen = await elder.rereads()

    assert (seen["channel"], seen["beneficiary"]["name"], seen["filedBy"]["capacity"]) == (
        "COMMUNITY_HELP",
        resident(elder.key).name,
        "HELPER",
    )
    assert (seen["filedBy"]["name"], seen["filedBy"]["organisation"]["id"]) == (resident(helper.key).name, BRIDGE)
    assert seen["certificate"]["status"] == "VALID"
    assert {(kind, capacity) for kind, capacity, _ in doers(seen)} >= {("opened", "HELPER"), ("filled", "HELPER"), ("submitted", "HELPER")}
    assert {name for _, capacity, name in doers(seen) if capacity == "HELPER"} == {resident(helper.key).name}
    await told_by_sms(outside, elder, "已全部办结")
    assert resident(helper.key).name in {look["by"] for look in await log_of(elder)}


async def told_by_sms(outside: Outside, person: Applicant, words: str) -> None:
    """Within half a minute the provider has sent them such a text."""
    async with asyncio.timeout(30):
        while True:
            sent = [message["text"] for message in await outside.messages() if message["to"] == resident(person.key).mobile]
            if any(words in text for text in sent):
                return
            await asyncio.sleep(0.2)


@pytest.mark.row("A80")
async def test_a_volunteer_files_one_case_and_no_other_and_the_person_receives_the_result(somebody: Somebody, outside: Outside) -> None:
    volunteer, _ = await in_post(somebody, FRIENDS, "HELPER", chief=CHIEF)
    elder, other = await somebody(), await somebody()
    items = await ids_of(volunteer, "pension", region=ANHUI)
    mandate = await takes_mandate(volunteer, elder, outside, items)
    opening = {"mandateId": mandate["id"], "itemIds": items, "consents": await consents_in(volunteer, ANHUI)}
    case = await volunteer.phone.mutate(OPEN_CASE_IN_PERSON, {"input": opening})

    again = await problem(volunteer.phone.mutate(OPEN_CASE_IN_PERSON, {"input": opening}))
    other_case = await problem(volunteer.phone.mutate(documents.OPEN_CASE, {"input": {"itemIds": items, "consents": []}}))
    filing = Applicant(elder.key, volunteer.phone, case)
    await filing.hears_all_registers()
    await filing.fills()
    await scans(filing)
    await filing.submits()

    assert [again.answer["refusalCode"], other_case.answer["refusalCode"]] == ["NOT_PERMITTED", "NOT_PERMITTED"]
    await told_by_sms(outside, elder, "已全部办结")
    elder.case = case
    assert (await elder.rereads())["filedBy"]["organisation"]["id"] == FRIENDS
    assert await seen_by(other, case) is None


@pytest.mark.row("F13", "F14", "F16")
async def test_what_a_helper_began_goes_on_in_the_persons_own_account(somebody: Somebody, outside: Outside, helper: Applicant) -> None:
    elder, elsewhere = await somebody(), (await in_post(somebody, FERRY, "HELPER", chief=CHIEF))[0]
    filing = await begins_for(helper, elder, outside, "pension", region=ANHUI)
    await filing.fills()
    name = resident(elder.key).name
    (before,) = [client for client in await found(helper, name=name) if client["cases"]]

    handed = await helper.phone.mutate(HAND_OVER, {"id": filing.case["id"]})

    (after,) = [client for client in await found(helper, name=name) if client["cases"]]
    assert before["needs"].startswith("表格还没有提交")
    assert after["needs"].startswith("已经交给")
    assert await found(elsewhere, name=name) == []
    assert await seen_by(elsewhere, filing.case) is None
    filing.case = handed
    assert (await problem(filing.submits())).answer["refusalCode"] == "NOT_PERMITTED"
    elder.case = handed
    await scans(elder)
    assert (await elder.submits())["status"] == "SUBMITTED"
    assert {(kind, capacity) for kind, capacity, _ in doers(elder.case)} >= {
        ("filled", "HELPER"),
        ("handed-over", "HELPER"),
        ("submitted", "SELF"),
    }


@pytest.mark.row("F13")
async def test_a_helper_who_leaves_is_out_at_once_and_the_case_stays_with_the_station(somebody: Somebody, outside: Outside) -> None:
    leaving, post = await in_post(somebody, BRIDGE, "HELPER", chief=CHIEF)
    elder, staying = await somebody(), (await in_post(somebody, BRIDGE, "HELPER", chief=CHIEF))[0]
    filing = await begins_for(leaving, elder, outside, "pension", region=ANHUI)
    await filing.fills()

    await is_dismissed(somebody, post, BRIDGE, chief=CHIEF)

    async with asyncio.timeout(STOPS_WITHIN):
        with pytest.raises(SessionEnded):
            await asks_until_it_is_over(leaving)
    seen = await seen_by(staying, filing.case)
    assert (seen["id"], seen["filedBy"]["name"]) == (filing.case["id"], resident(leaving.key).name)
    assert [client["cases"][0]["id"] for client in await found(staying, name=resident(elder.key).name) if client["cases"]] == [seen["id"]]
    going_on = Applicant(elder.key, staying.phone, seen)
    await scans(going_on)
    await going_on.submits()
    assert {(kind, name) for kind, _, name in doers(going_on.case)} >= {
        ("opened", resident(leaving.key).name),
        ("submitted", resident(staying.key).name),
    }


@pytest.mark.row("A04")
async def test_a_region_without_community_help_takes_no_case_from_a_helper(somebody: Somebody, outside: Outside) -> None:
    elsewhere, elder = (await in_post(somebody, FERRY, "HELPER", chief=CHIEF))[0], await somebody()
    items = await ids_of(elsewhere, "pension", region="guangxi")
    mandate = await takes_mandate(elsewhere, elder, outside, items)

    refused = await problem(elsewhere.phone.mutate(OPEN_CASE_IN_PERSON, {"input": {"mandateId": mandate["id"], "itemIds": items}}))

    assert refused.answer["refusalCode"] == "NOT_PERMITTED"
    assert "社区帮扶" in refused.answer["message"]
