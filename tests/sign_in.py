"""What the tests of signing in share: a clock to turn, the platform's stand-in, and a browser that walks its redirects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
from starlette.types import ASGIApp

from domain.acting import Assurance
from domain.ports import Attempt, ProvenIdentity
from integrations.http import Limits, Wiring
from integrations.identity import OpenIdPlatform, identity_platform
from mocks.behave import Behaviour
from mocks.identity import identity_app
from mocks.provider import Client, Provider

ISSUER = "http://identity.test"
PUBLIC_URL = "http://ours.test"
CALLBACK = f"{PUBLIC_URL}/sign-in/callback"
SECRET = "secret of the test / with + signs"
ATTEMPT = Attempt(state="s" * 43, nonce="n" * 43, verifier="v" * 43)


@dataclass
class Clock:
    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


def a_provider(now: Callable[[], datetime], kind: type[Provider] = Provider) -> Provider:
    return kind(ISSUER, Client("zhangban", SECRET, (CALLBACK,)), now)


def wired_to(app: ASGIApp, *, seconds: float = 3.0) -> Wiring:
    return Wiring(limits=Limits(attempts=1, total=seconds, failures_to_open=100), transport=httpx2.ASGITransport(app))


def platform_of(provider: Provider, behaviour: Behaviour | None = None, *, seconds: float = 3.0) -> OpenIdPlatform:
    wiring = wired_to(identity_app(provider, behaviour), seconds=seconds)
    return identity_platform(
        ISSUER, client_id=provider.client.id, client_secret=SECRET, redirect_uri=CALLBACK, now=provider.now, wiring=wiring
    )


async def at_the_platform(provider: Provider, url: str) -> dict[str, str]:
    """What the platform sends the browser back with after it went to `url`."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(identity_app(provider))) as browser:
        answer = await browser.get(url)
    assert answer.status_code == 303, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def a_code(provider: Provider, platform: OpenIdPlatform, person: str = "zhang", assurance: Assurance | None = None) -> str:
    url = await platform.authorisation_url(ATTEMPT, login_hint=person, assurance=assurance)
    return (await at_the_platform(provider, url))["code"]


async def proven(provider: Provider, platform: OpenIdPlatform, person: str = "zhang", assurance: Assurance | None = None) -> ProvenIdentity:
    code = await a_code(provider, platform, person, assurance)
    return await platform.prove(ATTEMPT, code=code, issuer=ISSUER)
