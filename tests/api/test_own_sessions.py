"""People see their own sessions and sign-ins, and end them; nobody else's, and nobody else does."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.acting import Acting, Assurance, CapacityKind, Origin
from domain.errors import AssuranceTooLow, Conflict, InvalidForm, NotFound, NotPermitted
from domain.sessions.diary import SignInOutcome, SignInWay
from domain.sessions.session import SignedIn
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import STATION, a_mandate, a_post
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, ZHANG, House, a_house, request_id

PHONE = Origin("121.31.*.*", "address-1", "Mozilla/5.0 (Linux; Android 15; an old phone)")


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def acting(house: House, signed_in: SignedIn) -> Acting:
    found = await house.acting(signed_in)
    assert found
    return found


async def from_the_phone(house: House, person: str = "zhang") -> SignedIn:
    return await house.desk.sign_in(request_id(), ticket=await house.ticket(person), verifier=VERIFIER, by=None, origin=PHONE)


async def in_capacities(house: House, signed_in: SignedIn) -> tuple[SignedIn, SignedIn]:
    """By a mandate, and in a post."""
    by = await acting(house, signed_in)
    person = by.known_person()
    house.shelf.mandates["mandate-1"] = a_mandate(delegate=person)
    house.shelf.posts["post-1"] = a_post(person)
    proxy = await house.desk.act_as(request_id(), capacity="capacity-mandate-1", by=by)
    return proxy, await house.desk.act_as(request_id(), capacity="capacity-post-1", by=by)


@pytest.mark.row("F04")
async def test_people_see_their_own_sessions_in_every_capacity_the_newest_first(house: House) -> None:
    phone = await from_the_phone(house)
    await house.signed_in("wang")
    house.clock.passes(minutes=1)
    proxy, post = await in_capacities(house, phone)

    mine = await house.own.mine(await acting(house, phone))

    assert {own.session.id for own in mine[:2]} == {proxy.session.id, post.session.id}
    assert [(own.session.id, own.current, own.session.origin) for own in mine[2:]] == [(phone.session.id, True, PHONE)]
    assert {own.session.capacity: own.capacity and own.capacity.organisation for own in mine} == {
        CapacityKind.SELF: None,
        CapacityKind.PROXY: None,
        CapacityKind.HELPER: STATION,
    }


async def test_a_session_whose_mandate_has_ended_is_still_listed(house: House) -> None:
    phone = await from_the_phone(house)
    proxy, _ = await in_capacities(house, phone)
    house.shelf.mandates.clear()

    mine = await house.own.mine(await acting(house, phone))

    assert [own.capacity for own in mine if own.session.id == proxy.session.id] == [None]


@pytest.mark.row("F04")
async def test_a_person_ends_one_of_their_sessions(house: House) -> None:
    phone, lost = await from_the_phone(house), await house.signed_in()
    by = await acting(house, phone)

    ended = await house.own.end(request_id(), session=lost.session.id, by=by)

    assert ended.ended_at == house.clock.moment
    assert await house.acting(lost) is None
    assert [own.session.id for own in await house.own.mine(by)] == [phone.session.id]


async def test_ending_a_session_again_changes_nothing(house: House) -> None:
    phone, lost, request = await from_the_phone(house), await house.signed_in(), request_id()
    by = await acting(house, phone)
    first = await house.own.end(request, session=lost.session.id, by=by)
    house.clock.passes(minutes=1)

    assert (await house.own.end(request, session=lost.session.id, by=by)).ended_at == first.ended_at
    assert (await house.own.end(request_id(), session=lost.session.id, by=by)).ended_at == first.ended_at
    with pytest.raises(Conflict):
        await house.own.end(request, session=phone.session.id, by=by)
    assert await house.acting(phone)


@pytest.mark.row("F04")
async def test_anothers_session_and_one_that_is_not_there_are_the_same(house: House) -> None:
    phone, other = await from_the_phone(house), await house.signed_in("wang")
    by = await acting(house, phone)

    told = []
    for session in (other.session.id, "session-99999999"):
        with pytest.raises(NotFound) as refused:
            await house.own.end(request_id(), session=session, by=by)
        told.append(refused.value.text)

    assert told[0] == told[1]
    assert await house.acting(other)


@pytest.mark.row("F04")
async def test_all_others_are_ended_at_once_and_this_one_goes_on(house: House) -> None:
    phone, other = await from_the_phone(house), await house.signed_in("wang")
    sessions = [*await in_capacities(house, phone), *[await house.signed_in() for _ in range(3)]]
    by = await acting(house, phone)

    left = (await house.own.end_others(request_id(), by=by)).left

    assert [own.session.id for own in left] == [phone.session.id]
    assert [await house.acting(one) for one in sessions] == [None] * 5
    assert await house.acting(other)


async def test_ending_all_others_again_with_the_same_id_spares_what_was_begun_since(house: House) -> None:
    phone, request = await from_the_phone(house), request_id()
    by = await acting(house, phone)
    await house.own.end_others(request, by=by)
    since = await house.signed_in()

    left = (await house.own.end_others(request, by=by)).left

    assert {own.session.id for own in left} == {phone.session.id, since.session.id}


async def test_a_request_needs_a_proper_id(house: House) -> None:
    by = await acting(house, await from_the_phone(house))

    with pytest.raises(InvalidForm):
        await house.own.end_others("short", by=by)


@pytest.mark.row("F04")
async def test_nobody_who_acts_for_another_or_on_anothers_device_sees_or_ends_sessions(house: House) -> None:
    phone = await from_the_phone(house)
    proxy, post = await in_capacities(house, phone)
    oneself = await acting(house, phone)
    assisted, nobody = replace(oneself, assisted_by="person-9"), replace(oneself, person=None)

    for by in (await acting(house, proxy), await acting(house, post), assisted, nobody):
        assert await house.own.mine(by) == ()
        assert (await house.own.sign_ins(by, first=10, after=None)).entries == ()
        with pytest.raises((NotPermitted, AssuranceTooLow)):
            await house.own.end(request_id(), session=phone.session.id, by=by)
        with pytest.raises((NotPermitted, AssuranceTooLow)):
            await house.own.end_others(request_id(), by=by)
    assert await house.own.mine(None) == ()
    assert (await house.own.sign_ins(None, first=10, after=None)).entries == ()
    assert await house.acting(phone)


# ---------------------------------------------------------------- the diary


@pytest.mark.row("F04")
async def test_every_sign_in_is_written_down_with_how_from_where_and_its_outcome(house: House) -> None:
    begun = house.clock.moment
    phone = await from_the_phone(house)
    by = await acting(house, phone)
    await house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-of-zhang"), by=by)
    house.clock.passes(minutes=1)
    await house.with_mini_program("openid-of-zhang")
    house.clock.passes(minutes=1)
    await house.desk.sign_in(request_id(), ticket=await house.ticket(acr="L4"), verifier=VERIFIER, by=by, origin=PHONE)
    await house.signed_in("wang")

    entries = (await house.own.sign_ins(by, first=10, after=None)).entries

    assert [(entry.at - begun, entry.way, entry.assurance, entry.outcome, entry.origin.place) for entry in entries] == [
        (timedelta(minutes=2), SignInWay.IDENTITY_PLATFORM, Assurance.L4, SignInOutcome.RAISED, PHONE.place),
        (timedelta(minutes=1), SignInWay.MINI_PROGRAM, Assurance.L2, SignInOutcome.SIGNED_IN, None),
        (timedelta(0), SignInWay.IDENTITY_PLATFORM, Assurance.L3, SignInOutcome.SIGNED_IN, PHONE.place),
    ]


async def test_a_lost_answer_to_a_sign_in_is_one_entry(house: House) -> None:
    ticket, request = await house.ticket(), request_id()
    for _ in range(2):
        signed_in = await house.desk.sign_in(request, ticket=ticket, verifier=VERIFIER, by=None)

    assert len((await house.own.sign_ins(await acting(house, signed_in), first=10, after=None)).entries) == 1


async def test_a_refusal_while_suspended_is_written_down_too(house: House) -> None:
    phone = await from_the_phone(house)
    by = await acting(house, phone)
    ticket = await house.ticket()
    house.clock.passes(seconds=1)
    await house.identities.tell(ZHANG, suspended=True, at=house.clock.moment)
    with pytest.raises(NotPermitted):
        await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=None)

    entries = (await house.own.sign_ins(by, first=10, after=None)).entries

    assert [entry.outcome for entry in entries] == [SignInOutcome.REFUSED, SignInOutcome.SIGNED_IN]


@pytest.mark.row("F04")
async def test_the_diary_is_read_page_by_page_and_outlasts_the_sessions(house: House) -> None:
    for _ in range(5):
        await house.signed_in()
        house.clock.passes(days=31)
    by = await acting(house, await from_the_phone(house))

    whole = await house.own.sign_ins(by, first=100, after=None)
    first = await house.own.sign_ins(by, first=4, after=None)
    second = await house.own.sign_ins(by, first=4, after=first.entries[-1].order)

    assert [*first.entries, *second.entries] == list(whole.entries)
    assert (len(whole.entries), first.more, second.more, second.later) == (6, True, False, True)
    assert len(await house.own.mine(by)) == 1
