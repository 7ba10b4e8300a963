"""The identity platform tells us something: its stand-in does, or a test signs what it likes with its key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from domain.sessions.session import SignedIn
from mocks.identity import identity_app
from mocks.provider import SIGNED_OUT
from tests.capacities import a_mandate
from tests.sign_in import ISSUER
from tests.sign_in_house import ZHANG, House, request_id


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
