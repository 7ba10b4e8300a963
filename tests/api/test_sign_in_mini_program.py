"""Mini-program login on a real store: an account of nobody, until its holder proves who they are and links it."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from domain.acting import Acting, Assurance
from domain.errors import AssuranceTooLow, Conflict, NotPermitted, Remedy, Unavailable
from domain.sessions.account import Account
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.mini_program import Wanted
from tests.sign_in import Clock
from tests.sign_in_house import VERIFIER, House, a_house, request_id


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def an_acting(house: House, person: str = "zhang", **asked: str) -> Acting:
    acting = await house.acting(await house.signed_in(person, **asked))
    assert acting is not None
    return acting


async def test_an_account_alone_names_nobody(house: House) -> None:
    signed_in = await house.with_mini_program("openid-1")

    acting = await house.acting(signed_in)

    assert acting is not None
    assert (acting.assurance, acting.person) == (Assurance.L1, None)
    assert signed_in.session.account == Account("wechat", "openid-1")


async def test_whoever_proves_who_they_are_raises_that_very_session(house: House) -> None:
    anonymous = await house.with_mini_program("openid-1")
    ticket = await house.ticket("zhang")

    raised = await house.desk.sign_in(request_id(), ticket=ticket, verifier=VERIFIER, by=await house.acting(anonymous))

    assert raised.session.id == anonymous.session.id
    assert raised.session.account == Account("wechat", "openid-1")
    assert raised.session.acting().known_person().name == "张守田"


async def test_an_account_that_is_linked_is_its_persons_at_l2(house: House) -> None:
    acting = await an_acting(house)
    await house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-1"), by=acting)

    later = await house.with_mini_program("openid-1")

    assert (later.session.proof.assurance, later.session.proof.person) == (Assurance.L2, acting.person)
    assert later.session.id != acting.session


async def test_another_account_is_still_nobodys(house: House) -> None:
    await house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-1"), by=await an_acting(house))

    assert (await house.with_mini_program("openid-2")).session.proof.person is None


async def test_an_account_follows_whoever_linked_it_last(house: House) -> None:
    """A telephone is handed on; its new holder has proved that it is theirs now."""
    for person in ("zhang", "li"):
        await house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-1"), by=await an_acting(house, person))

    assert (await house.with_mini_program("openid-1")).session.acting().known_person().name == "李秋岚"


@pytest.mark.parametrize("level", ["L1", "L2"])
async def test_linking_needs_the_person_themselves(house: House, level: str) -> None:
    acting = await an_acting(house, acr=level)

    with pytest.raises(AssuranceTooLow):
        await house.desk.link_mini_program(request_id(), host="wechat", code=house.code(), by=acting)


async def test_linking_needs_a_recent_proof(house: House) -> None:
    acting = await an_acting(house)
    house.clock.passes(minutes=21)

    with pytest.raises(AssuranceTooLow) as refused:
        await house.desk.link_mini_program(request_id(), host="wechat", code=house.code(), by=acting)

    assert refused.value.remedy is Remedy.STEP_UP


async def test_a_lost_answer_to_linking_is_given_again_without_a_new_code(house: House) -> None:
    acting, request, code = await an_acting(house), request_id(), house.code("openid-1")

    answers = [await house.desk.link_mini_program(request, host="wechat", code=code, by=acting) for _ in range(2)]

    assert answers[0] == answers[1]
    assert await house.count("mini_program_links") == 1


async def test_one_account_linked_many_times_at_once_is_linked(house: House) -> None:
    acting = await an_acting(house)

    await asyncio.gather(
        *(house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-1"), by=acting) for _ in range(20))
    )

    assert (await house.with_mini_program("openid-1")).session.proof.person == acting.person


async def test_a_lost_answer_to_a_login_is_given_again_without_a_new_code(house: House) -> None:
    request, code = request_id(), house.code()
    first = await house.desk.sign_in_with_mini_program(request, host="wechat", code=code)

    again = await house.desk.sign_in_with_mini_program(request, host="wechat", code=code)

    assert again.refresh_token == first.refresh_token
    assert await house.count("sessions") == 1


async def test_a_code_begins_one_session_and_a_used_one_says_what_to_do(house: House) -> None:
    code = house.code()
    await house.desk.sign_in_with_mini_program(request_id(), host="wechat", code=code)

    with pytest.raises(NotPermitted) as refused:
        await house.desk.sign_in_with_mini_program(request_id(), host="wechat", code=code)

    assert refused.value.remedy is Remedy.RETRY
    assert await house.count("sessions") == 1


async def test_the_same_request_id_with_another_code_is_a_conflict(house: House) -> None:
    request = request_id()
    await house.desk.sign_in_with_mini_program(request, host="wechat", code=house.code())

    with pytest.raises(Conflict):
        await house.desk.sign_in_with_mini_program(request, host="wechat", code=house.code())


async def test_a_host_that_is_busy_spoils_neither_code_nor_request(house: House) -> None:
    request, code = request_id(), house.host.code(Wanted("openid-1", busy=1))
    with pytest.raises(Unavailable):
        await house.desk.sign_in_with_mini_program(request, host="wechat", code=code)

    assert await house.desk.sign_in_with_mini_program(request, host="wechat", code=code)


async def test_the_same_login_twenty_times_at_once_begins_one_session(house: House) -> None:
    """A code is good once, so those that come while the first is still being asked are told to ask again, and then get its answer."""
    request, code = request_id(), house.code()

    async def login() -> str | None:
        try:
            return (await house.desk.sign_in_with_mini_program(request, host="wechat", code=code)).refresh_token
        except NotPermitted:
            return None

    at_once = await asyncio.gather(*(login() for _ in range(20)))

    assert len({token for token in at_once if token}) == 1
    assert await login() in at_once
    assert await house.count("sessions") == 1
