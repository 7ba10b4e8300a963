"""A home visit on the running product: booked, taken, and the papers of the case that is filed there."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.clock import CHINA
from domain.days.calendar import Calendar
from integrations.calendar_files import shipped_years
from mocks import documents
from mocks.answers import Json
from mocks.journey.pictures import paper
from mocks.people import resident
from tests.whole.applicant import Applicant, Outside
from tests.whole.filing import begins_for, in_post
from tests.whole.test_posts import problem

Somebody = Callable[..., Awaitable[Applicant]]
ANHUI, BRIDGE, CHIEF = "anhui-city", "org-anhui-city-bridge", "supervisor"
VISIT = """{ __typename ... on Visit { id status person { name } address visitor { name post } organisation { id } }
  ... on Refusal { refusalCode message remedy retryAfterSeconds } ... on InvalidForm { message issues { code path message } } }"""
BOOK = f"mutation($requestId: ID!, $input: BookVisitInput!) {{ bookVisit(requestId: $requestId, input: $input) {VISIT} }}"
TAKE = f"mutation($requestId: ID!, $id: ID!) {{ takeVisit(requestId: $requestId, visitId: $id) {VISIT} }}"
CANCEL = f"mutation($requestId: ID!, $id: ID!) {{ cancelVisit(requestId: $requestId, visitId: $id) {VISIT} }}"
VISITS = "{ visits { edges { node { id status person { name } visitor { name post } } } pageInfo { hasNextPage } } }"


def a_booking(**other: str) -> Json:
    """Of a morning after tomorrow on which somebody works."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).astimezone(CHINA).date()
    day = Calendar(shipped_years()).working_day_after(tomorrow, 1)
    hours = {"from": f"{day}T09:30:00+08:00", "to": f"{day}T11:00:00+08:00"}
    return {"input": {"organisationId": BRIDGE, "address": "某路1号", "reason": "DISABLED", **hours, **other}}


@pytest.fixture
async def helper(somebody: Somebody) -> Applicant:
    return (await in_post(somebody, BRIDGE, "HELPER", chief=CHIEF))[0]


async def visits_of(person: Applicant) -> list[Json]:
    return [edge["node"] for edge in (await person.phone.query(VISITS))["visits"]["edges"]]


@pytest.mark.row("A79")
async def test_who_books_a_visit_knows_by_name_who_will_come(somebody: Somebody, helper: Applicant) -> None:
    elder, stranger = await somebody(), await somebody()
    booked = await elder.phone.mutate(BOOK, a_booking())
    waiting = [visit["id"] for visit in await visits_of(helper)]
    await helper.phone.mutate(TAKE, {"id": booked["id"]})

    (seen,) = await visits_of(elder)
    assert booked["id"] in waiting
    assert (seen["status"], seen["visitor"]["name"]) == ("TAKEN", resident(helper.key).name)
    assert seen["visitor"]["post"]
    assert await visits_of(stranger) == []
    foreign = await problem(stranger.phone.mutate(CANCEL, {"id": booked["id"]}))
    missing = await problem(stranger.phone.mutate(CANCEL, {"id": "visit-none"}))
    assert (foreign.code, foreign.message) == (missing.code, missing.message)


async def test_a_second_visit_waits_for_the_first_and_a_night_is_refused(somebody: Somebody) -> None:
    elder = await somebody()
    await elder.phone.mutate(BOOK, a_booking())

    second = await problem(elder.phone.mutate(BOOK, a_booking()))
    night = await problem((await somebody()).phone.mutate(BOOK, a_booking(organisationId="org-anhui-city-hrss")))

    assert (second.code, night.code) == ("STEP_NOT_ALLOWED", "nobody-visits")


async def test_what_a_helper_scans_is_opened_by_both_and_by_nobody_else(somebody: Somebody, outside: Outside, helper: Applicant) -> None:
    elder, stranger = await somebody(), await somebody()
    filing = await begins_for(helper, elder, outside, "pension", "retirement-certificate", region=ANHUI)
    scanned = await helper.phone.upload(paper("身份证"), about=filing.case["id"])
    attached = {"materialId": filing.case["materials"][0]["id"], "fileIds": [scanned["id"]]}
    case = await helper.phone.mutate(documents.ATTACH_MATERIAL, {"input": attached})
    url = case["materials"][0]["files"][0]["url"]

    answers = [await one.phone.fetch(url) for one in (elder, helper, stranger)]
    without_case = await helper.phone.fetch(url.partition("?")[0])

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].content == answers[1].content
    assert without_case.status_code == 400
