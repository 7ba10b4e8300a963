"""A legal guardian acts as the register says, without a mandate: where somebody can no longer give one, the guardian begins (C08)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from integrations.mongo.database import connect
from mocks import documents
from mocks.answers import Json, SessionEnded
from mocks.people import resident
from tests.demonstration import Show
from tests.whole.applicant import Applicant, Outside
from tests.whole.test_mandates import ACCEPT, ITEMS, ONE, acts_by, asks_until_it_is_over, grants, told
from tests.whole.test_posts import ACT_AS, CAPACITIES, problem

Somebody = Callable[..., Awaitable[Applicant]]
STOPS_WITHIN = 15.0
"""The worker asks the register, and every look at a session then says that it is over."""


async def registered(outside: Outside, person: Applicant, standing: str, *, guardian: str | None = None) -> None:
    entry = {"person": person.key, "standing": standing, "guardian": guardian}
    since = {} if standing == "ALIVE" else {"since": "2026-11-20"}
    (await outside.http.post("/registers/_set", json=entry | since)).raise_for_status()


async def capacities(person: Applicant) -> list[Json]:
    """All but their own."""
    viewer = (await person.phone.query(CAPACITIES))["viewer"]
    return [one for one in viewer["capacities"] if one["kind"] != "SELF"]


async def guards(guardian: Applicant, ward: str) -> Applicant:
    """The ward's matters, on the guardian's phone."""
    (capacity,) = await capacities(guardian)
    session = await guardian.phone.mutate(ACT_AS, {"id": capacity["id"]})
    guardian.phone.access_token, guardian.phone.refresh_token = session["accessToken"], session["refreshToken"]
    return Applicant(ward, guardian.phone)


async def a_day_later(show: Show, mandate: str) -> None:
    """The register is asked once a day about whoever has given a mandate: that moment has come."""
    url = next(line.split()[-1] for line in show.said if "mongodb://" in line)
    with closing(connect(url)) as client:
        mandates, now = client["zhangban"]["mandates"], datetime.now(UTC)
        kept = await mandates.find_one({"_id": mandate})
        assert kept
        assert kept["next_due"] == kept["ask_register_at"] <= now + timedelta(days=1)
        await mandates.update_one({"_id": mandate}, {"$set": {"next_due": now, "ask_register_at": now}})


@pytest.mark.row("C08")
async def test_a_guardian_acts_for_the_ward_as_the_register_says_and_without_a_mandate(somebody: Somebody) -> None:
    husband, stranger = await somebody("sun-husband"), await somebody()

    (capacity,) = await capacities(husband)
    filing = await guards(husband, "sun")
    case = await filing.opens(["normal-retirement", "household-check"])

    assert (capacity["kind"], resident("sun").name in capacity["label"]) == ("PROXY", True)
    assert (case["beneficiary"]["name"], case["channel"]) == (resident("sun").name, "FRIEND_PROXY")
    assert (case["filedBy"]["name"], case["filedBy"]["capacity"]) == (resident("sun-husband").name, "PROXY")
    assert (await filing.fills())["form"]["revision"] > 0
    assert (await stranger.phone.query(documents.CASE, {"id": case["id"]}))["case"] is None


@pytest.mark.row("C08", "F09")
async def test_while_somebody_decides_for_themselves_a_relative_needs_a_mandate_and_a_second_one_may_only_look(
    somebody: Somebody, outside: Outside
) -> None:
    father, daughter, son = await somebody(), await somebody(), await somebody()
    await registered(outside, father, "ALIVE")
    case = await father.opens(ITEMS)
    assert await capacities(daughter) == []

    first = await grants(father, daughter, "FILL", "SUBMIT")
    refused = await told(grants(father, son, "FILL"))
    second = await grants(father, son, "VIEW")
    for relative, given in ((daughter, first), (son, second)):
        await acts_by(relative, await relative.phone.mutate(ACCEPT, {"id": given["id"], "code": given["acceptanceCode"]}))

    daughter.case = son.case = case
    await daughter.fills({"key": "email", "value": "a@b.cn"})
    await son.rereads()
    by_the_son = await problem(son.fills({"key": "email", "value": "c@d.cn"}))
    assert (refused, by_the_son.answer["refusalCode"]) == ("STEP_NOT_ALLOWED", "NOT_PERMITTED")
    assert son.question("email")["value"] == "a@b.cn"


@pytest.mark.row("C08")
async def test_when_capacity_is_lost_the_mandate_ends_and_the_guardian_begins(somebody: Somebody, outside: Outside, show: Show) -> None:
    father, daughter, neighbour = await somebody(), await somebody(), await somebody()
    case = await father.opens(ITEMS)
    given, waiting = await grants(father, daughter, "FILL", "SUBMIT"), await grants(father, neighbour, "VIEW")
    taken = await daughter.phone.mutate(ACCEPT, {"id": given["id"], "code": given["acceptanceCode"]})
    await acts_by(daughter, taken)

    await registered(outside, father, "INCAPACITATED", guardian="li-daughter")
    await a_day_later(show, given["id"])

    async with asyncio.timeout(STOPS_WITHIN):
        with pytest.raises(SessionEnded):
            await asks_until_it_is_over(daughter)
    life = (await father.phone.query(ONE, {"id": given["id"]}))["mandate"]["history"]
    assert [step["kind"] for step in life][-1] == "INCAPACITATED"
    assert await told(neighbour.phone.mutate(ACCEPT, {"id": waiting["id"], "code": waiting["acceptanceCode"]})) == "NOT_PERMITTED"
    assert await told(grants(father, neighbour, "VIEW")) == "NOT_PERMITTED"
    filing = await guards(await somebody("li-daughter"), father.key)
    filing.case = case
    await filing.rereads()
    await filing.fills()
    assert (await filing.submits())["status"] == "SUBMITTED"
    (done,) = [step["by"] for step in filing.case["steps"] if step["kind"] == "submitted"]
    assert (done["name"], done["capacity"]) == (resident("li-daughter").name, "PROXY")
    assert await told(grants(filing, neighbour, "VIEW")) == "NOT_PERMITTED"
    await registered(outside, father, "ALIVE")
