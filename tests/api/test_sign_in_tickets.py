"""Tickets on a real store: exchanged once in effect, by whoever asked for them, for a new session or a raised one."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.acting import Assurance
from domain.errors import Conflict, Expired, InvalidForm, NotPermitted
from domain.sessions.session import SignedIn
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, House, a_house, request_id


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def all_of(*asked: "asyncio.Future[SignedIn]") -> list[SignedIn | BaseException]:
    return await asyncio.gather(*asked, return_exceptions=True)


# ---------------------------------------------------------------- tickets


async def test_a_ticket_begins_one_session(house: House) -> None:
    ticket = await house.ticket()
    await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)

    with pytest.raises(Expired):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)

    assert await house.count("sessions") == 1


async def test_a_ticket_of_another_app_begins_none_and_stays_good(house: House) -> None:
    ticket = await house.ticket()

    with pytest.raises(NotPermitted):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier="w" * 43, by=None)

    assert await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)


async def test_a_ticket_lives_two_minutes(house: House) -> None:
    ticket = await house.ticket()
    house.clock.passes(minutes=2)

    with pytest.raises(Expired):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)


async def test_a_made_up_ticket_begins_none(house: House) -> None:
    with pytest.raises(Expired):
        await house.desk.sign_in(request_id(), ticket="x" * 43, verifier=VERIFIER, by=None)


async def test_a_lost_answer_to_a_sign_in_is_given_again(house: House) -> None:
    request, ticket = request_id(), await house.ticket()
    first = await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)
    house.clock.passes(minutes=9)

    again = await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)

    assert (again.session, again.refresh_token) == (first.session, first.refresh_token)
    assert await house.count("sessions") == 1


async def test_the_same_sign_in_fifty_times_at_once_begins_one_session(house: House) -> None:
    request, ticket = request_id(), await house.ticket()

    answers = await asyncio.gather(*(house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None) for _ in range(50)))

    assert len({answer.refresh_token for answer in answers}) == 1
    assert await house.count("sessions") == 1


async def test_fifty_requests_for_one_ticket_begin_one_session(house: House) -> None:
    ticket = await house.ticket()

    answers = await all_of(*(house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None) for _ in range(50)))

    assert Counter(type(answer) for answer in answers) == {SignedIn: 1, Expired: 49}
    assert await house.count("sessions") == 1


async def test_a_request_that_was_refused_is_judged_afresh(house: House) -> None:
    request, ticket, better = request_id(), await house.ticket(), await house.ticket()
    await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)
    with pytest.raises(Expired):
        await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)

    assert await house.desk.sign_in(request, ticket=better, verifier=VERIFIER, by=None)


async def test_of_several_who_raced_for_one_ticket_each_may_come_again_with_another(house: House) -> None:
    ticket, requests = await house.ticket(), [request_id() for _ in range(4)]
    raced = await all_of(*(house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None) for request in requests))
    refused = [request for request, answer in zip(requests, raced, strict=True) if isinstance(answer, Expired)]

    again = [await house.desk.sign_in(request, ticket=await house.ticket(), verifier=VERIFIER, by=None) for request in refused]

    assert (len(again), await house.count("sessions")) == (3, 4)


async def test_a_ticket_that_is_shown_again_after_all_its_time_begins_no_second_session(house: House) -> None:
    request, ticket = request_id(), await house.ticket()
    house.clock.passes(minutes=1)
    first = await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)

    house.clock.passes(minutes=10, seconds=30)
    again = await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)
    house.clock.passes(minutes=1)
    with pytest.raises(Expired):
        await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)

    assert again.session.id == first.session.id
    note = await house.database["session_requests"].find_one({"_id": request})
    assert note["expires_at"] > house.clock.moment - timedelta(minutes=1), "or it could have gone before the ticket"


async def test_one_person_met_ten_times_at_once_is_one_person(house: House) -> None:
    tickets = await asyncio.gather(*(house.ticket("gao") for _ in range(10)))

    answers = await asyncio.gather(*(house.desk.sign_in(request_id(), ticket=one, verifier=VERIFIER, by=None) for one in tickets))

    assert len({answer.session.proof.person for answer in answers}) == 1
    assert await house.count("persons") == 1


async def test_the_same_request_id_for_something_else_is_a_conflict(house: House) -> None:
    request = request_id()
    signed_in = await house.desk.sign_in(request, ticket=await house.ticket(), verifier=VERIFIER, by=None)

    with pytest.raises(Conflict):
        await house.desk.sign_in(request, ticket=await house.ticket(), verifier=VERIFIER, by=None)
    with pytest.raises(Conflict):
        await house.desk.refresh(request, token=signed_in.refresh_token)
    with pytest.raises(Conflict):
        await house.desk.sign_out(request, refresh_token=signed_in.refresh_token, by=None)

    assert await house.kept(signed_in.session) == signed_in.session


@pytest.mark.parametrize("bad", ["", "x" * 15, "x" * 65])
async def test_a_request_id_has_16_to_64_characters(house: House, bad: str) -> None:
    with pytest.raises(InvalidForm):
        await house.desk.refresh(bad, token="x")


# ---------------------------------------------------------------- step-up


async def test_a_step_up_raises_the_same_session(house: House) -> None:
    low = await house.signed_in("zhang", acr="L2")
    house.clock.passes(minutes=5)
    ticket = await house.ticket("zhang", acr="L4")

    raised = await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=await house.acting(low))

    assert raised.session.id == low.session.id
    assert (raised.session.proof.assurance, raised.session.proof.proved_at) == (Assurance.L4, house.clock.moment)
    assert await house.count("sessions") == 1


async def test_a_step_up_counts_at_once_in_every_process(house: House) -> None:
    elsewhere = house.another_process()
    low = await house.signed_in("zhang", acr="L2")
    acting = await elsewhere.acting_of(low.access_token)
    raised = await house.desk.sign_in(request_id(), ticket=await house.ticket("zhang", acr="L3"), verifier=VERIFIER, by=acting)

    now_acting = await elsewhere.acting_of(raised.access_token)

    assert now_acting is not None
    assert now_acting.assurance is Assurance.L3


async def test_another_persons_ticket_raises_nothing_and_stays_good(house: House) -> None:
    zhang = await house.signed_in("zhang", acr="L2")
    ticket = await house.ticket("li")

    with pytest.raises(NotPermitted):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=await house.acting(zhang))

    assert await house.kept(zhang.session) == zhang.session
    assert (await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)).session.id != zhang.session.id


async def test_a_lost_answer_to_a_step_up_is_given_again(house: House) -> None:
    low = await house.signed_in("zhang", acr="L2")
    acting, request, ticket = await house.acting(low), request_id(), await house.ticket("zhang")

    first, again = [await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=acting) for _ in range(2)]

    assert again.refresh_token == first.refresh_token
    assert await house.kept(low.session) == replace(first.session, version=1)
