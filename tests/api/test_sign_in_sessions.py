"""Sessions on a real store: refreshed and ended once in effect, however often and however many at once."""

import asyncio
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from domain.errors import Conflict, Expired, Refusal
from domain.sessions.session import SignedIn
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from integrations.token_keys import rotate
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, House, a_house, request_id


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def all_of(*asked: "asyncio.Future[SignedIn]") -> list[SignedIn | BaseException]:
    return await asyncio.gather(*asked, return_exceptions=True)


# ---------------------------------------------------------------- refreshing


async def test_a_refresh_token_gives_the_next_one(house: House) -> None:
    first = await house.signed_in()

    second = await house.desk.refresh(request_id(), token=first.refresh_token)
    third = await house.desk.refresh(request_id(), token=second.refresh_token)

    assert [signed_in.session.generation for signed_in in (first, second, third)] == [1, 2, 3]
    assert await house.acting(third)


async def test_a_session_that_is_refreshed_lives_on(house: House) -> None:
    signed_in = await house.signed_in()
    for _ in range(3):
        house.clock.passes(days=29)
        signed_in = await house.desk.refresh(request_id(), token=signed_in.refresh_token)

    assert await house.acting(signed_in)


async def test_a_lost_answer_to_a_refresh_is_given_again(house: House) -> None:
    first, request = await house.signed_in(), request_id()
    second = await house.desk.refresh(request, token=first.refresh_token)
    house.clock.passes(minutes=9)

    again = await house.desk.refresh(request, token=first.refresh_token)

    assert again.refresh_token == second.refresh_token


async def test_the_same_refresh_fifty_times_at_once_makes_one_generation(house: House) -> None:
    first, request = await house.signed_in(), request_id()

    answers = await asyncio.gather(*(house.desk.refresh(request, token=first.refresh_token) for _ in range(50)))

    assert len({answer.refresh_token for answer in answers}) == 1
    assert (await house.kept(first.session)).generation == 2
    assert await house.acting(answers[0])


async def test_a_stolen_token_used_beside_its_owner_ends_the_family(house: House) -> None:
    first = await house.signed_in()

    answers = await all_of(*(house.desk.refresh(request_id(), token=first.refresh_token) for _ in range(50)))

    assert Counter(type(answer) for answer in answers)[SignedIn] <= 1
    assert all(isinstance(answer, SignedIn | Expired) for answer in answers)
    assert (await house.kept(first.session)).ended_at


async def test_a_spent_token_ends_the_family_for_its_owner_too(house: House) -> None:
    first = await house.signed_in()
    second = await house.desk.refresh(request_id(), token=first.refresh_token)

    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=first.refresh_token)
    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=second.refresh_token)
    assert await house.acting(second) is None


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "AB"[token.endswith("A")], lambda token: "", lambda token: "a.1.b"])
async def test_a_made_up_refresh_token_ends_nothing(house: House, change: "type[str]") -> None:
    signed_in = await house.signed_in()

    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=change(signed_in.refresh_token))

    assert await house.kept(signed_in.session) == signed_in.session


async def test_nobody_is_logged_out_when_keys_change(house: House) -> None:
    before = await house.signed_in()
    rotate(house.keys, kid="test-2")

    assert await house.acting(before)
    assert await house.acting(await house.desk.refresh(request_id(), token=before.refresh_token))


# ---------------------------------------------------------------- signing out


async def test_signing_out_ends_the_session_here_at_once_and_elsewhere_within_five_seconds(house: House) -> None:
    signed_in, elsewhere = await house.signed_in(), house.another_process()
    acting = await elsewhere.acting_of(signed_in.access_token)

    ended = await house.desk.sign_out(request_id(), refresh_token=None, by=acting)

    assert ended.ended_at == house.clock.moment
    assert await house.acting(signed_in) is None
    assert await elsewhere.acting_in(signed_in.session.id)
    house.clock.passes(seconds=5)
    assert await elsewhere.acting_of(signed_in.access_token) is None
    assert await elsewhere.acting_in(signed_in.session.id) is None


async def test_whoevers_access_token_ran_out_signs_out_with_the_refresh_token(house: House) -> None:
    signed_in = await house.signed_in()
    house.clock.passes(minutes=10)
    assert await house.acting(signed_in) is None

    await house.desk.sign_out(request_id(), refresh_token=signed_in.refresh_token, by=None)

    with pytest.raises(Expired):
        await house.desk.refresh(request_id(), token=signed_in.refresh_token)


async def test_signing_out_twice_is_signing_out_once(house: House) -> None:
    signed_in, request = await house.signed_in(), request_id()
    acting = await house.acting(signed_in)
    first = await house.desk.sign_out(request, refresh_token=None, by=acting)
    house.clock.passes(minutes=1)

    for again in (request, request_id()):
        assert (await house.desk.sign_out(again, refresh_token=signed_in.refresh_token, by=None)).ended_at == first.ended_at


async def test_a_request_id_that_signed_somebody_else_out_signs_nobody_out(house: House) -> None:
    zhang, li, request = await house.signed_in("zhang"), await house.signed_in("li"), request_id()
    await house.desk.sign_out(request, refresh_token=None, by=await house.acting(zhang))

    with pytest.raises(Conflict):
        await house.desk.sign_out(request, refresh_token=None, by=await house.acting(li))

    assert await house.acting(li)


async def test_nobody_signs_out_without_saying_of_what(house: House) -> None:
    with pytest.raises(Refusal):
        await house.desk.sign_out(request_id(), refresh_token=None, by=None)


async def test_a_session_that_ended_a_moment_ago_elsewhere_leaves_nothing_behind(house: House) -> None:
    signed_in, elsewhere = await house.signed_in(), house.another_process()
    still_seen = await elsewhere.acting_of(signed_in.access_token)
    assert still_seen is not None
    await house.desk.sign_out(request_id(), refresh_token=signed_in.refresh_token, by=None)

    with pytest.raises(Expired):
        await house.desk.act_as(request_id(), capacity=still_seen.capacity_id, by=still_seen)
    with pytest.raises(Expired):
        await house.desk.link_mini_program(request_id(), host="wechat", code=house.code(), by=still_seen)
    with pytest.raises(Expired):
        await house.desk.sign_in(request_id(), ticket=await house.ticket(), verifier=VERIFIER, by=still_seen)

    assert (await house.count("sessions"), await house.count("mini_program_links")) == (1, 0)
