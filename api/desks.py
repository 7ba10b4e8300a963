"""The desks that people stand at: signing in, cases, files, certificates."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_bytes, token_urlsafe

from api.parts import Parts, new_name, seed
from domain.cases.desk import ApplicantDesk
from domain.cases.feed import CaseFeed
from domain.cases.naming import CaseNames
from domain.cases.opening_desk import OpeningDesk
from domain.cases.requests import Marks
from domain.certificates.checking import CheckDesk
from domain.certificates.desk import CertificateDesk
from domain.clock import system_now
from domain.files import FileDesk
from domain.sessions.browser import SignInPages
from domain.sessions.desk import SignInDesk
from domain.sessions.live import LiveSessions
from domain.sessions.refresh import RefreshTokens
from integrations import http
from integrations.documents.renderer import TypstDocuments
from integrations.identity import identity_platform
from integrations.mini_program import Code2Session, mini_program_login
from integrations.mongo import showings, sign_ins
from integrations.mongo.certificates import MongoCertificates
from integrations.mongo.files import MongoFiles
from integrations.mongo.persons import MongoLinks, MongoPersons
from integrations.mongo.sessions import MongoRequests, MongoSessions
from integrations.token_keys import KeyFile
from integrations.tokens import JwtAccessTokens
from resolvers.context import Desks


@dataclass(frozen=True, slots=True)
class Offices:
    desks: Desks
    live: LiveSessions
    pages: SignInPages
    files: FileDesk
    certificates: MongoCertificates
    public_keys: Callable[[], Mapping[str, object]]


@asynccontextmanager
async def offices(made: Parts, observe: http.Observe) -> AsyncIterator[Offices]:
    async with AsyncExitStack() as stack:
        settings, wiring = made.settings, http.Wiring(observe=observe)
        platform = identity_platform(
            settings.identity.url,
            client_id=settings.identity.client_id,
            client_secret=settings.identity.secret,
            redirect_uri=f"{settings.public_url}/sign-in/callback",
            now=system_now,
            wiring=wiring,
        )
        account = settings.mini_program
        mini = mini_program_login(account.url, host="wechat", app_id=account.client_id, secret=account.secret, wiring=wiring)
        stack.push_async_callback(platform.close)
        stack.push_async_callback(mini.close)
        key_file = KeyFile(settings.token_keys)
        sessions = MongoSessions(made.database, made.sealing)
        access = JwtAccessTokens(key_file, settings.public_url)
        live = LiveSessions(sessions, access, system_now)
        persons = MongoPersons(made.database, made.sealing, new_name("person"))
        tickets = sign_ins.MongoTickets(made.database, made.sealing)
        attempts = sign_ins.MongoAttempts(made.database, made.sealing)
        pages = SignInPages(attempts, tickets, persons, platform, system_now, partial(token_urlsafe, 32))
        files = FileDesk(MongoFiles(made.database, made.sealing), system_now, new_name("file"))
        certificates = MongoCertificates(made.database, made.sealing)
        desks = Desks(
            sign_in=_sign_in(made, sessions, tickets, persons, mini, access, key_file, live),
            opening=OpeningDesk(
                made.book, made.catalogues, CaseNames(token_bytes), _marks(made), seed, system_now, asyncio.timeout, made.places
            ),
            applicant=ApplicantDesk(made.book, made.catalogues, files, _marks(made), seed, system_now, made.places),
            certificates=_certificates(made, certificates),
            feed=CaseFeed(made.cases, made.bells, made.catalogues),
            places=made.places,
            calendars=made.calendars,
        )
        yield Offices(desks, live, pages, files, certificates, lambda: key_file.keys().public())


def _marks(made: Parts) -> Marks:
    return Marks(lambda asked: made.sealing.fingerprint(asked.hex(), purpose="request"))


def _sign_in(
    made: Parts,
    sessions: MongoSessions,
    tickets: sign_ins.MongoTickets,
    persons: MongoPersons,
    mini: Code2Session,
    access: JwtAccessTokens,
    key_file: KeyFile,
    live: LiveSessions,
) -> SignInDesk:
    return SignInDesk(
        sessions=sessions,
        requests=MongoRequests(made.database),
        tickets=tickets,
        links=MongoLinks(made.database, made.sealing, persons),
        mini_program=mini,
        access=access,
        refresh_tokens=RefreshTokens(key_file.refresh_keys),
        now=system_now,
        new_id=new_name("session"),
        changed=live.forget,
    )


def _certificates(made: Parts, certificates: MongoCertificates) -> CertificateDesk:
    shown, looks = showings.MongoShowings(made.database), showings.MongoViews(made.database, made.sealing)
    checks = CheckDesk(certificates, shown, looks, showings.MongoAttempts(made.database), made.sealing, system_now)
    return CertificateDesk(certificates, shown, looks, checks, TypstDocuments(), made.sealing, made.settings.check_url, system_now)
