"""Sessions die with the identity: the platform's stand-in tells, over its wire format, and everything that rests on it ends."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from domain.acting import CapacityKind
from domain.errors import Expired, NotPermitted, Remedy
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.provider import SUSPENDED
from tests.identity_signals import acting_as_proxy, changed, happens, linked, posted
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, ZHANG, House, a_house, request_id


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


# ---------------------------------------------------------------- signing out there


@pytest.mark.row("F03")
async def test_signing_out_at_the_platform_ends_what_was_begun_in_that_session_in_every_capacity(house: House) -> None:
    elsewhere, here, other = await house.signed_in(), await house.signed_in(), await house.signed_in("wang")
    proxy = await acting_as_proxy(house, here)

    await happens(house, "_logout", session="last")

    assert [bool(await house.acting(one)) for one in (here, proxy, elsewhere, other)] == [False, False, True, True]


@pytest.mark.row("F03")
async def test_signing_out_there_everywhere_ends_all_sessions_of_that_person(house: House) -> None:
    sessions = [await house.signed_in() for _ in range(3)]
    await linked(house, sessions[0])
    sessions.append(await house.with_mini_program("openid-of-zhang"))
    sessions.append(await acting_as_proxy(house, sessions[0]))
    other = await house.signed_in("wang")

    await happens(house, "_logout")

    assert [await house.acting(one) for one in sessions] == [None] * 5
    assert await house.acting(other)


async def test_in_another_process_they_end_within_five_seconds(house: House) -> None:
    signed_in, elsewhere = await house.signed_in(), house.another_process()
    assert await elsewhere.acting_of(signed_in.access_token)

    await happens(house, "_logout")
    house.clock.passes(seconds=3)

    assert await elsewhere.acting_in(signed_in.session.id) is None


async def test_a_session_that_was_stepped_up_ends_with_either_of_its_platform_sessions(house: House) -> None:
    signed_in = await house.signed_in(acr="L2")
    ticket = await house.ticket(acr="L3")
    await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=await house.acting(signed_in))
    first = house.provider.sessions[ZHANG][0]

    await posted(house, house.provider.logout_token({"sid": first}))

    assert await house.acting(signed_in) is None


async def test_what_was_proved_before_signing_out_there_becomes_no_session_afterwards(house: House) -> None:
    ticket = await house.ticket()
    await happens(house, "_logout")

    with pytest.raises(Expired):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)

    assert await house.database["sessions"].count_documents({"ended_at": None}) == 0


async def test_who_signed_out_there_can_sign_in_again(house: House) -> None:
    await house.signed_in()
    await happens(house, "_logout")
    house.clock.passes(seconds=1)

    assert await house.acting(await house.signed_in())


async def test_a_session_whose_person_nobody_has_checked_ends_too(house: House) -> None:
    signed_in = await house.signed_in(acr="L1")

    await happens(house, "_logout")

    assert await house.acting(signed_in) is None


# ---------------------------------------------------------------- suspension


@pytest.mark.row("F03")
async def test_a_suspended_identity_has_no_session_and_begins_none_by_any_way(house: House) -> None:
    signed_in, ticket = await house.signed_in(), await house.ticket()
    await linked(house, signed_in)
    acting = await house.acting(signed_in)
    assert acting
    assert acting.person

    await happens(house, "_suspend")

    assert await house.acting(signed_in) is None
    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=signed_in.refresh_token)
    with pytest.raises(Expired):
        await house.desk.act_as(request_id(), capacity=acting.capacity_id, by=acting)
    for begin in (house.with_mini_program("openid-of-zhang"), house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)):
        with pytest.raises(NotPermitted) as refused:
            await begin
        assert (refused.value.text.key, refused.value.remedy) == ("sign-in.suspended", Remedy.ASK_A_PERSON)
    async with house.browser() as browser:
        assert "error=access_denied" in await house.away(browser)
    assert await house.database["sessions"].count_documents({"ended_at": None}) == 0


@pytest.mark.row("F03")
async def test_a_suspension_ends_sessions_that_act_for_others_and_those_on_their_device(house: House) -> None:
    signed_in = await house.signed_in()
    proxy = await acting_as_proxy(house, signed_in)
    assert (await house.kept(proxy.session)).capacity is CapacityKind.PROXY

    await happens(house, "_suspend")

    assert (await house.kept(proxy.session)).ended_at


async def test_a_restored_identity_signs_in_again(house: House) -> None:
    signed_in = await house.signed_in()
    await linked(house, signed_in)
    await happens(house, "_suspend")
    house.clock.passes(seconds=10)
    await happens(house, "_restore")

    assert await house.acting(await house.with_mini_program("openid-of-zhang"))
    assert await house.acting(await house.signed_in())
    assert await house.acting(signed_in) is None


async def test_a_fresh_sign_in_at_the_platform_says_that_the_suspension_is_over(house: House) -> None:
    await house.signed_in()
    await happens(house, "_suspend")
    house.provider.suspended.clear()
    house.clock.passes(seconds=1)

    assert await house.acting(await house.signed_in())


async def test_a_suspension_that_arrives_after_its_end_suspends_nobody(house: House) -> None:
    signed_in = await house.signed_in()
    late = house.provider.logout_token({"sub": ZHANG}, SUSPENDED)
    await linked(house, signed_in)
    house.clock.passes(seconds=10)
    await happens(house, "_restore")

    assert (await posted(house, late)).status_code == 200
    assert await house.acting(await house.with_mini_program("openid-of-zhang"))


# ---------------------------------------------------------------- at the same moment


@pytest.mark.row("F03")
async def test_of_many_sign_ins_and_a_suspension_at_once_nothing_lives_on(house: House) -> None:
    """Whichever is kept first, the other sees it."""
    first = await house.signed_in()
    await linked(house, first)
    tickets = [await house.ticket() for _ in range(4)]
    house.clock.passes(seconds=1)
    begun = [house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None) for ticket in tickets]
    begun += [house.with_mini_program("openid-of-zhang") for _ in range(4)]

    await asyncio.gather(
        *begun, house.desk.refresh(request_id(), token=first.refresh_token), happens(house, "_suspend"), return_exceptions=True
    )

    assert await house.database["sessions"].count_documents({"ended_at": None}) == 0


async def test_the_same_token_many_times_at_once_does_what_it_does_once(house: House) -> None:
    signed_in, token = await house.signed_in(), changed(house)

    answers = await asyncio.gather(*(posted(house, token) for _ in range(10)))

    assert {answer.status_code for answer in answers} <= {200, 400}
    assert await house.acting(signed_in) is None
    assert await house.count("identity_signals") == 2
