"""A session acts in one capacity: step-up and refresh keep it, nothing changes it, and it ends with what it rests on."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from domain.acting import Assurance, CapacityKind
from domain.errors import Expired, NotFound, NotPermitted
from domain.mandates.mandate import MandateEnd
from domain.organisations.post import PostStatus
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import a_mandate, a_post
from tests.cases import ZHANG as PRINCIPAL
from tests.sign_in import Clock
from tests.sign_in_asking import ACT_AS, LINK, REFRESH, SIGN_IN, VIEWER, Json, ask, signed_in
from tests.sign_in_house import VERIFIER, House, a_house, request_id

KINDS = {"capacity-mandate-1": CapacityKind.PROXY, "capacity-post-1": CapacityKind.HELPER}


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def acting_as(house: House, capacity: str, **asked: str) -> tuple[Json, Json]:
    """(as oneself, in that capacity)"""
    oneself = await signed_in(house, **asked)
    acting = await house.live.acting_of(str(oneself["accessToken"]))
    assert acting
    house.shelf.mandates["mandate-1"] = a_mandate(delegate=acting.known_person())
    house.shelf.posts["post-1"] = a_post(acting.known_person())
    house.shelf.wards[acting.known_person().id] = (replace(PRINCIPAL, id="person-ward"),)
    other = await ask(house, ACT_AS, by=oneself, id=capacity)
    return oneself, other


def who(session: Json) -> object:
    viewer = session.get("viewer", session)
    assert isinstance(viewer, dict)
    return viewer["capacity"]


@pytest.mark.row("F02")
async def test_what_needs_more_certainty_says_how_and_goes_on_afterwards_in_the_same_session(house: House) -> None:
    session, code = await signed_in(house, acr="L2"), house.code()
    refused = await ask(house, LINK, by=session, input={"code": code})
    assert (refused["refusalCode"], refused["remedy"]) == ("ASSURANCE_TOO_LOW", "STEP_UP")
    assert refused["stepUp"] == {"assurance": "L3", "maxAgeSeconds": 1200}

    async with house.browser() as browser:
        back = await browser.get(await house.away(browser, acr="L3", return_to="/cases/case-1?field=phone"))
        address = str(back.headers["location"])
    ticket = address.partition("#ticket=")[2]
    raised = await ask(house, SIGN_IN, by=session, input={"ticket": ticket, "verifier": VERIFIER})

    assert address.startswith("/cases/case-1?field=phone#ticket=")
    assert raised["refreshToken"] == session["refreshToken"]
    assert await ask(house, LINK, by=raised, input={"code": code}) == {"host": "wechat"}


@pytest.mark.row("F02")
async def test_a_proof_is_too_old_after_twenty_minutes(house: House) -> None:
    session, code = await signed_in(house), house.code()
    house.clock.passes(minutes=20, seconds=1)
    fresh = await ask(house, REFRESH, token=session["refreshToken"])

    refused = await ask(house, LINK, by=fresh, input={"code": code})

    assert refused["stepUp"] == {"assurance": "L3", "maxAgeSeconds": 1200}


@pytest.mark.row("F02")
@pytest.mark.parametrize("capacity", ["capacity-mandate-1", "capacity-ward-person-ward"])
async def test_a_step_up_keeps_the_capacity_of_a_session_that_acts_for_somebody(house: House, capacity: str) -> None:
    _, low = await acting_as(house, capacity, acr="L2")
    assert low["viewer"]["assurance"] == "L2"

    high = await ask(house, SIGN_IN, by=low, input={"ticket": await house.ticket(acr="L3"), "verifier": VERIFIER})

    assert high["viewer"]["assurance"] == "L3"
    assert who(high) == who(low) == who(await ask(house, VIEWER, by=high))
    assert who(high)["id"] == capacity
    assert high["refreshToken"] == low["refreshToken"]


@pytest.mark.parametrize("capacity", KINDS)
async def test_a_session_in_a_capacity_is_not_raised_by_anothers_proof(house: House, capacity: str) -> None:
    _, session = await acting_as(house, capacity)

    refused = await ask(house, SIGN_IN, by=session, input={"ticket": await house.ticket("wang", acr="L4"), "verifier": VERIFIER})

    assert refused["refusalCode"] == "NOT_PERMITTED"
    assert (await ask(house, VIEWER, by=session))["assurance"] == "L3"


@pytest.mark.row("F02")
async def test_nobody_acts_in_a_post_whom_only_a_phone_vouches_for(house: House) -> None:
    _, refused = await acting_as(house, "capacity-post-1", acr="L2")

    assert (refused["refusalCode"], refused["remedy"], refused["stepUp"]["assurance"]) == ("ASSURANCE_TOO_LOW", "STEP_UP", "L3")


@pytest.mark.parametrize("capacity", KINDS)
async def test_a_refresh_keeps_the_capacity(house: House, capacity: str) -> None:
    _, before = await acting_as(house, capacity)

    after = await ask(house, REFRESH, token=before["refreshToken"])

    assert who(after) == who(before)


async def test_acting_otherwise_is_another_session_and_this_one_stays_what_it_is(house: House) -> None:
    oneself, proxy = await acting_as(house, "capacity-mandate-1")

    helper = await ask(house, ACT_AS, by=proxy, id="capacity-post-1")
    again = await ask(house, ACT_AS, by=helper, id=who(oneself)["id"])

    assert len({one["refreshToken"] for one in (oneself, proxy, helper, again)}) == 4
    assert who(again) == who(oneself) == who(await ask(house, VIEWER, by=oneself))
    assert who(await ask(house, VIEWER, by=proxy)) == {
        "id": "capacity-mandate-1",
        "kind": "PROXY",
        "label": f"受{PRINCIPAL.name}委托办理",
        "onBehalfOf": {"id": PRINCIPAL.id, "name": PRINCIPAL.name},
        "organisation": None,
        "mandate": {"id": "mandate-1"},
    }
    assert who(await ask(house, VIEWER, by=helper))["kind"] == "HELPER"


@pytest.mark.parametrize("capacity", KINDS)
async def test_nobody_acts_by_what_is_anothers(house: House, capacity: str) -> None:
    await acting_as(house, capacity)

    refused = await ask(house, ACT_AS, by=await signed_in(house, "wang"), id=capacity)

    assert refused["refusalCode"] == "NOT_FOUND"


def revoked(house: House) -> None:
    mandate = house.shelf.mandates["mandate-1"]
    house.shelf.mandates["mandate-1"] = replace(mandate, ended_at=house.clock.moment, ended_because=MandateEnd.REVOKED)


def expired(house: House) -> None:
    house.clock.passes(days=29)  # within which its session would go on
    mandate = house.shelf.mandates["mandate-1"]
    house.shelf.mandates["mandate-1"] = replace(mandate, until=house.clock.moment.date())
    house.clock.passes(hours=23)


def left(house: House) -> None:
    house.shelf.posts["post-1"] = replace(house.shelf.posts["post-1"], status=PostStatus.ENDED)


def of_age(house: House) -> None:
    house.shelf.wards.clear()


ENDINGS = [
    pytest.param("capacity-mandate-1", revoked, id="a mandate revoked"),
    pytest.param("capacity-mandate-1", expired, id="a mandate expired"),
    pytest.param("capacity-post-1", left, id="a post given up"),
    pytest.param("capacity-ward-person-ward", of_age, id="a guardianship that is over"),
]


@pytest.mark.parametrize(("capacity", "ends"), ENDINGS)
async def test_a_session_whose_capacity_has_ended_is_nobodys_within_five_seconds_and_is_not_renewed(
    house: House, capacity: str, ends: "type[object]"
) -> None:
    oneself, session = await acting_as(house, capacity)
    assert await house.live.acting_of(str(session["accessToken"]))

    ends(house)
    house.clock.passes(seconds=3)

    assert await house.live.acting_of(str(session["accessToken"])) is None
    assert await house.live.acting_in(str(session["refreshToken"]).partition(".")[0]) is None
    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=str(session["refreshToken"]))
    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=str(session["refreshToken"]))
    assert (await ask(house, REFRESH, token=oneself["refreshToken"]))["viewer"]


# ---------------------------------------------------------------- on a helper's device


async def assisted(house: House) -> Json:
    session = await signed_in(house)
    id = str(session["refreshToken"]).partition(".")[0]
    kept = await house.sessions.one(id)
    assert kept
    await house.sessions.save(replace(kept, assisted_by="person-helper"))
    house.live.forget(id)
    return session


async def test_on_a_helpers_device_nobody_changes_capacity_or_links_an_account(house: House) -> None:
    session = await assisted(house)
    acting = await house.live.acting_of(str(session["accessToken"]))
    assert acting

    with pytest.raises(NotFound):
        await house.desk.act_as(request_id(), capacity=acting.capacity_id, by=acting)
    with pytest.raises(NotPermitted):
        await house.desk.link_mini_program(request_id(), host="wechat", code=house.code(), by=acting)


async def test_a_session_on_a_helpers_device_is_renewed_and_does_not_live_longer(house: House) -> None:
    session = await assisted(house)
    before = await house.sessions.one(str(session["refreshToken"]).partition(".")[0])
    house.clock.passes(minutes=5)

    after = (await house.desk.refresh(request_id(), token=str(session["refreshToken"]))).session

    assert before
    assert (after.expires_at, after.proof.assurance) == (before.expires_at, Assurance.L3)
