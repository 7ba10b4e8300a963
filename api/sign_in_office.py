"""Signing in as it is assembled: the pages, the desks, and what the identity platform tells us."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from secrets import token_urlsafe

from api.names import new_name
from api.parts import Parts
from api.people import persons_of
from api.sign_in import CALLBACK
from domain.access.capacities import Capacities
from domain.access.recent import Recently
from domain.clock import day_in_china, system_now
from domain.organisations.organisation import Enterprise
from domain.people import Person
from domain.sessions.browser import SignInPages
from domain.sessions.desk import SignInDesk
from domain.sessions.diary import kept_until
from domain.sessions.ending import Guard, SessionEnds, SignalDesk
from domain.sessions.live import LiveSessions
from domain.sessions.own import OwnSessionsDesk
from domain.sessions.refresh import RefreshTokens
from integrations import http
from integrations.identity import OpenIdPlatform, identity_platform
from integrations.identity_signals import PlatformSignals
from integrations.mini_program import Code2Session, mini_program_login
from integrations.mongo.identities import MongoIdentities, MongoSignals
from integrations.mongo.persons import MongoLinks
from integrations.mongo.sessions import MongoRequests, MongoSessions
from integrations.mongo.sign_ins import MongoAttempts, MongoDiary, MongoTickets
from integrations.token_keys import KeyFile
from integrations.tokens import JwtAccessTokens

Represent = Callable[[Enterprise, Person], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class SignInOffice:
    """`platform`: what it publishes proves card readings too."""

    desk: SignInDesk
    own: OwnSessionsDesk
    pages: SignInPages
    signals: SignalDesk
    live: LiveSessions
    platform: OpenIdPlatform
    public_keys: Callable[[], Mapping[str, object]]


@asynccontextmanager
async def sign_in_office(made: Parts, capacities: Capacities, *, represent: Represent, wiring: http.Wiring) -> AsyncIterator[SignInOffice]:
    async with AsyncExitStack() as stack:
        platform = _platform(made, wiring)
        stack.push_async_callback(platform.close)
        account = made.settings.mini_program
        mini = mini_program_login(account.url, host="wechat", app_id=account.client_id, secret=account.secret, wiring=wiring)
        stack.push_async_callback(mini.close)
        yield _assembled(made, capacities, platform, mini, represent)


def _platform(made: Parts, wiring: http.Wiring) -> OpenIdPlatform:
    account = made.settings.identity
    return identity_platform(
        account.url,
        client_id=account.client_id,
        client_secret=account.secret,
        redirect_uri=f"{made.settings.public_url}{CALLBACK}",
        now=system_now,
        wiring=wiring,
    )


def _assembled(made: Parts, capacities: Capacities, platform: OpenIdPlatform, mini: Code2Session, represent: Represent) -> SignInOffice:
    store, sealing, key_file = made.database, made.sealing, KeyFile(made.settings.token_keys)
    sessions, requests, diary = MongoSessions(store, sealing), MongoRequests(store), diary_of(made)
    persons, tickets = persons_of(store, sealing), MongoTickets(store, sealing)
    identities, signals = MongoIdentities(store, sealing), MongoSignals(store, sealing)
    access = JwtAccessTokens(key_file, made.settings.public_url)
    live = LiveSessions(sessions, access, capacities, system_now)
    ends = SessionEnds(sessions, live.forget, system_now)
    desk = SignInDesk(
        sessions=sessions,
        requests=requests,
        tickets=tickets,
        links=MongoLinks(store, sealing, persons),
        mini_program=mini,
        access=access,
        refresh_tokens=RefreshTokens(key_file.refresh_keys),
        capacities=capacities,
        guard=Guard(identities, signals, ends),
        diary=diary,
        now=system_now,
        new_id=new_name("session"),
        changed=live.forget,
        recent=Recently(made.catalogues, system_now),
    )
    return SignInOffice(
        desk=desk,
        own=OwnSessionsDesk(sessions, requests, ends, diary, capacities, system_now),
        pages=SignInPages(
            MongoAttempts(store, sealing), tickets, persons, identities, platform, represent, system_now, partial(token_urlsafe, 32)
        ),
        signals=SignalDesk(PlatformSignals(platform.published, platform.client_id, system_now), identities, signals, ends),
        live=live,
        platform=platform,
        public_keys=lambda: key_file.keys().public(),
    )


def diary_of(made: Parts) -> MongoDiary:
    def until(at: datetime) -> datetime:
        return kept_until(at, made.catalogues.law(None, day_in_china(at)))

    return MongoDiary(made.database, made.sealing, until)
