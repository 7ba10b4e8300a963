"""A whole sign-in on real parts: our routes, desks and stores, both stand-ins, a browser and an app."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2
from starlette.applications import Starlette
from starlette.types import ASGIApp

from api.sign_in import BACK_CHANNEL, sign_in_routes
from domain.acting import Acting
from domain.sessions.attempt import challenge_of
from domain.sessions.browser import SignInPages
from domain.sessions.desk import SignInDesk
from domain.sessions.ending import Guard, SessionEnds, SignalDesk
from domain.sessions.live import LiveSessions
from domain.sessions.own import OwnSessionsDesk
from domain.sessions.refresh import RefreshTokens
from domain.sessions.session import Session, SignedIn
from domain.wording import Wording
from integrations.catalogue_files import load
from integrations.identity import identity_platform
from integrations.identity_signals import PlatformSignals
from integrations.mini_program import mini_program_login
from integrations.mongo import identities, persons, sessions, sign_ins
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.organisations import ENTERPRISES
from integrations.mongo.posts import POSTS
from integrations.sealing import Sealing
from integrations.token_keys import KeyFile, fresh_keys
from integrations.tokens import JwtAccessTokens
from mocks.behave import Behaviour
from mocks.identity import identity_app
from mocks.mini_program import Host, Wanted, mini_program_app
from mocks.people import PEOPLE
from mocks.provider import Client, Provider, subject_of
from tests.capacities import Shelf, capacities
from tests.organisations import a_post_desk
from tests.sign_in import ISSUER, SECRET, Clock, wired_to

COLLECTIONS = (ENTERPRISES, POSTS, *identities.COLLECTIONS, *sessions.COLLECTIONS, *sign_ins.COLLECTIONS, *persons.COLLECTIONS)
VERIFIER = "v" * 43
ZHANG = subject_of(PEOPLE["zhang"])
"""What the platform calls him."""


@cache
def wording() -> Wording:
    return load(today=date(2026, 11, 23)).wording


def request_id() -> str:
    return secrets.token_hex(16)


@dataclass
class House:
    """`identity` misbehaves on demand; `numbers` makes ids that a test can predict."""

    database: Database
    sealing: Sealing
    clock: Clock
    keys: Path
    url: str = "http://ours.test"
    identity: Behaviour = field(default_factory=Behaviour)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.keys.write_text(fresh_keys("test-1"), encoding="utf-8")
        file = KeyFile(self.keys)
        self.provider = Provider(
            ISSUER, Client("zhangban", SECRET, (f"{self.url}/sign-in/callback",), f"{self.url}{BACK_CHANNEL}"), self.clock
        )
        self.host = Host("app-1", "secret", self.clock)
        self.sessions = sessions.MongoSessions(self.database, self.sealing)
        self.persons = persons.MongoPersons(self.database, self.sealing, lambda: self.new_id("person"))
        self.posts = a_post_desk(self.persons, self.clock)
        self.access = JwtAccessTokens(file, self.url)
        self.shelf = Shelf()
        self.live = self.another_process()
        self.identities = identities.MongoIdentities(self.database, self.sealing)
        signals, ends = identities.MongoSignals(self.database, self.sealing), SessionEnds(self.sessions, self.live.forget, self.clock)
        guard = Guard(self.identities, signals, ends)
        self.diary = sign_ins.MongoDiary(self.database, self.sealing, lambda at: at + timedelta(days=400))
        self.desk = SignInDesk(
            sessions=self.sessions,
            requests=sessions.MongoRequests(self.database),
            tickets=sign_ins.MongoTickets(self.database, self.sealing),
            links=persons.MongoLinks(self.database, self.sealing, self.persons),
            mini_program=mini_program_login(
                "http://host.test", host="wechat", app_id="app-1", secret="secret", wiring=wired_to(mini_program_app(self.host))
            ),
            access=self.access,
            refresh_tokens=RefreshTokens(file.refresh_keys),
            capacities=capacities(self.shelf, now=self.clock),
            guard=guard,
            diary=self.diary,
            now=self.clock,
            new_id=lambda: self.new_id("session"),
            changed=self.live.forget,
            recent=lambda: timedelta(minutes=20),
        )
        self.own = OwnSessionsDesk(self.sessions, self.desk.requests, ends, self.diary, self.desk.capacities, self.clock)
        platform = identity_platform(
            ISSUER,
            client_id="zhangban",
            client_secret=SECRET,
            redirect_uri=f"{self.url}/sign-in/callback",
            now=self.clock,
            wiring=wired_to(identity_app(self.provider, self.identity)),
        )
        self.signals = SignalDesk(PlatformSignals(platform.published, "zhangban", self.clock), self.identities, signals, ends)
        self.pages = SignInPages(
            attempts=sign_ins.MongoAttempts(self.database, self.sealing),
            tickets=self.desk.tickets,
            persons=self.persons,
            identities=self.identities,
            identity=platform,
            represent=self.posts.represent,
            now=self.clock,
            secret=lambda: secrets.token_urlsafe(32),
        )
        routes = sign_in_routes(
            self.pages, signals=self.signals, wording=wording(), public_url=self.url, public_keys=lambda: dict(file.keys().public())
        )
        self.app: ASGIApp = Starlette(routes=routes)

    def new_id(self, kind: str) -> str:
        return f"{kind}-{next(self.numbers):08}"

    def another_process(self) -> LiveSessions:
        return LiveSessions(self.sessions, self.access, capacities(self.shelf, now=self.clock), self.clock)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx2.AsyncClient]:
        """A fresh one, with cookies of its own, that follows no redirect by itself."""
        mounts = {self.url: httpx2.ASGITransport(self.app), ISSUER: httpx2.ASGITransport(identity_app(self.provider))}
        async with httpx2.AsyncClient(mounts=mounts, base_url=self.url) as browser:
            yield browser

    async def away(self, browser: httpx2.AsyncClient, person: str = "zhang", **asked: str) -> str:
        """Where the platform sends the browser back to."""
        params = {"return_to": "/home", "challenge": challenge_of(VERIFIER), "login_hint": person, **asked}
        begun = await browser.get("/sign-in", params=params)
        assert begun.status_code == 303, begun.text
        return str((await browser.get(begun.headers["location"])).headers["location"])

    async def ticket(self, person: str = "zhang", **asked: str) -> str:
        async with self.browser() as browser:
            back = await browser.get(await self.away(browser, person, **asked))
            return ticket_in(back)

    async def signed_in(self, person: str = "zhang", **asked: str) -> SignedIn:
        return await self.desk.sign_in(request_id(), ticket=await self.ticket(person, **asked), verifier=VERIFIER, by=None)

    async def acting(self, signed_in: SignedIn) -> Acting | None:
        return await self.live.acting_of(signed_in.access_token)

    async def kept(self, session: Session) -> Session:
        found = await self.sessions.one(session.id)
        assert found is not None
        return found

    async def count(self, collection: str) -> int:
        return await self.database[collection].count_documents({})

    def code(self, openid: str = "openid-1") -> str:
        return self.host.code(Wanted(openid))

    async def with_mini_program(self, openid: str = "openid-1") -> SignedIn:
        return await self.desk.sign_in_with_mini_program(request_id(), host="wechat", code=self.code(openid))


def ticket_in(answer: httpx2.Response) -> str:
    assert answer.status_code == 303, answer.text
    return urlsplit(urljoin("http://ours.test", answer.headers["location"])).fragment.removeprefix("ticket=")


async def a_house(database: Database, sealing: Sealing, clock: Clock, folder: Path, **differences: str) -> House:
    await apply(database, COLLECTIONS)
    return House(database, sealing, clock, folder / "tokens.json", **differences)  # type: ignore[arg-type]


async def everything_done(house: House) -> None:
    """Each collection holds something of Zhang afterwards."""
    signed_in = await house.signed_in("zhang")
    acting = await house.acting(signed_in)
    assert acting is not None
    await house.desk.link_mini_program(request_id(), host="wechat", code=house.code("openid-of-zhang"), by=acting)
    await house.with_mini_program("openid-of-zhang")
    await house.ticket("zhang")
    await house.ticket("boss@furnace")
    async with house.browser() as browser:
        await house.away(browser, "zhang")
    signal = house.provider.logout_token({"sub": ZHANG, "sid": secrets.token_hex(16)})
    await house.signals.obey(signal)
