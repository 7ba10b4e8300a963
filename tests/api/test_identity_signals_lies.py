"""What claims to be the identity platform and is not, or not for us, or not of now, ends nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.behave import Manner
from mocks.provider import RESTORED, SIGNED_OUT, SUSPENDED, Provider
from tests.identity_signals import changed, posted
from tests.sign_in import ISSUER, Clock
from tests.sign_in_house import ZHANG, House, a_house


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


def of_another_provider(house: House) -> str:
    return Provider(ISSUER, house.provider.client, house.clock).logout_token({"sub": ZHANG})


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
