"""Sessions die with the identity: the platform's stand-in tells, over its wire format, and everything that rests on it ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx2
import pytest

from domain.acting import CapacityKind
from domain.errors import Expired, NotPermitted, Remedy
from domain.sessions.session import SignedIn
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.behave import Manner
from mocks.identity import identity_app
from mocks.provider import RESTORED, SIGNED_OUT, SUSPENDED, Provider
from tests.capacities import a_mandate
from tests.sign_in import ISSUER, Clock
from tests.sign_in_house import VERIFIER, ZHANG, House, a_house, request_id


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


@asynccontextmanager
async def told(house: House) -> AsyncIterator[httpx2.AsyncClient]:
    """At the platform, whose words reach our door."""
    async with (
        httpx2.AsyncClient(transport=httpx2.ASGITransport(house.app)) as to_us,
        httpx2.AsyncClient(transport=httpx2.ASGITransport(identity_app(house.provider, http=to_us)), base_url=ISSUER) as platform,
    ):
        yield platform


async def happens(house: House, what: str, **about: str) -> None:
    async with told(house) as platform:
        answer = await platform.post(f"/{what}", json={"person": "zhang", **about})
    assert answer.json() == {"status": 200}


async def posted(house: House, token: str) -> httpx2.Response:
    async with house.browser() as browser:
        return await browser.post("/sign-in/back-channel-logout", data={"logout_token": token})


async def linked(house: House, signed_in: SignedIn, openid: str = "openid-of-zhang") -> None:
    acting = await house.acting(signed_in)
    assert acting
    await house.desk.link_mini_program(request_id(), host="wechat", code=house.code(openid), by=acting)


async def acting_as_proxy(house: House, signed_in: SignedIn) -> SignedIn:
    """Of somebody whose mandate the shelf holds."""
    acting = await house.acting(signed_in)
    assert acting
    assert acting.person
    mandate = a_mandate(id=f"mandate-of-{acting.person.id}", delegate=acting.person)
    house.shelf.mandates[mandate.id] = mandate
    return await house.desk.act_as(request_id(), capacity=f"capacity-{mandate.id}", by=acting)


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


# ---------------------------------------------------------------- what is not believed


def of_another_provider(house: House) -> str:
    return Provider(ISSUER, house.provider.client, house.clock).logout_token({"sub": ZHANG})


def changed(house: House, typ: str = "logout+jwt", **claims: object) -> str:
    now = int(house.clock().timestamp())
    usual: dict[str, object] = {
        "iss": ISSUER,
        "aud": "zhangban",
        "iat": now,
        "exp": now + 120,
        "jti": "signal-1",
        "sub": ZHANG,
        "events": {SIGNED_OUT: {}},
    }
    return house.provider.signed({name: value for name, value in (usual | claims).items() if value is not None}, typ)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(lambda house: "", id="nothing"),
        pytest.param(lambda house: "a.b.c", id="no token"),
        pytest.param(lambda house: "é" * 20, id="no text of a token"),
        pytest.param(lambda house: "a" * 9_000, id="too long"),
        pytest.param(of_another_provider, id="signed with another key"),
        pytest.param(lambda house: changed(house) + "AA", id="a broken signature"),
        pytest.param(lambda house: changed(house, iss="https://elsewhere.test"), id="another issuer"),
        pytest.param(lambda house: changed(house, aud="another"), id="for somebody else"),
        pytest.param(lambda house: changed(house, aud=["another"]), id="for several others"),
        pytest.param(lambda house: changed(house, typ="JWT"), id="an ID token"),
        pytest.param(lambda house: changed(house, nonce="n"), id="with a nonce"),
        pytest.param(lambda house: changed(house, sub=None), id="about nobody"),
        pytest.param(lambda house: changed(house, events={}), id="no event"),
        pytest.param(lambda house: changed(house, events=None), id="no events"),
        pytest.param(lambda house: changed(house, events={RESTORED: {}}), id="another event"),
        pytest.param(lambda house: changed(house, typ="secevent+jwt"), id="another type"),
        pytest.param(lambda house: changed(house, events={SIGNED_OUT: {}, SUSPENDED: {}}, sub=None, sid="s"), id="a session suspended"),
        pytest.param(lambda house: changed(house, jti=None), id="no id"),
        pytest.param(lambda house: changed(house, iat=int(house.clock().timestamp()) - 600), id="old"),
        pytest.param(lambda house: changed(house, iat=int(house.clock().timestamp()) + 600), id="of the future"),
        pytest.param(lambda house: changed(house, exp=int(house.clock().timestamp()) - 120), id="run out"),
        pytest.param(lambda house: changed(house, exp=None), id="without end"),
    ],
)
@pytest.mark.row("F03")
async def test_a_token_that_cannot_be_believed_ends_nothing(house: House, token: "type[str]") -> None:
    signed_in = await house.signed_in()

    answer = await posted(house, token(house))

    assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
    assert await house.acting(signed_in)


async def test_a_token_is_good_once(house: House) -> None:
    await house.signed_in()
    token = changed(house)
    house.clock.passes(seconds=1)

    first = await posted(house, token)
    since = await house.signed_in()
    again = await posted(house, token)

    assert (first.status_code, first.headers["cache-control"], again.status_code) == (200, "no-store", 400)
    assert await house.acting(since)


async def test_while_the_platform_does_not_show_its_keys_it_is_asked_to_come_again(house: House) -> None:
    house.identity.set(Manner(outage="503"))

    answer = await posted(house, changed(house))

    assert answer.status_code == 503
    assert answer.headers["retry-after"]


async def test_without_a_form_nothing_happens(house: House) -> None:
    async with house.browser() as browser:
        answers = [
            await browser.post("/sign-in/back-channel-logout"),
            await browser.post("/sign-in/back-channel-logout", json={}),
            await browser.post("/sign-in/back-channel-logout", content=b"--x", headers={"content-type": "multipart/form-data; boundary=x"}),
            await browser.get("/sign-in/back-channel-logout"),
        ]

    assert [answer.status_code for answer in answers] == [400, 400, 400, 405]
