"""A small country on real parts: a man with a case in every state, all who may act for him, all who decide about him, and a stranger."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import httpx2
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from api.app import routes_of
from api.desks import Offices, offices
from api.development import PARTS, environment
from api.gate import SessionGate
from api.graphql.counters import ActionCounters
from api.graphql.declining import declined
from api.graphql.engine import Engine
from api.graphql.gate import Caller
from api.graphql.limits import Limits
from api.logs import RequestLog, new_id
from api.metrics import Metrics
from api.parts import Parts, parts
from api.ports import free_port
from api.settings import PREFIX, Settings
from api.sign_in_office import diary_of
from domain.acting import Acting, Origin
from domain.cases.authority import CaseAuthority
from domain.cases.case import Case
from domain.cases.naming import check_digit
from domain.cases.parts import FileRef
from domain.certificates.certificate import Certificate, new_certificate
from domain.certificates.identifier import PLACEHOLDER_CODES
from domain.certificates.showing import verifier_at
from domain.clock import system_now
from domain.employers.stores import StaffSheet
from domain.looks.look import Purpose, look_of
from domain.mandates.mandate import Mandate
from domain.organisations.client import client_id
from domain.organisations.organisation import Enterprise, Organisation
from domain.organisations.post import Post
from domain.sessions.diary import SignInEntry, SignInOutcome, SignInWay
from integrations.mongo.database import AWAY
from integrations.mongo.mandates import MongoMandates
from integrations.mongo.organisations import MongoOrganisations
from integrations.mongo.posts import MongoPosts
from integrations.mongo.sessions import MongoSessions
from integrations.mongo.staff_sheets import MongoStaffSheets
from integrations.mongo.visits import MongoVisits
from schema import schema
from tests.access import things
from tests.access.callers import FERRY, PEOPLE, POSTS, PRINCIPAL, STRANGER, mandates, posts, session_id, sessions
from tests.access.things import Known, case_id
from tests.capacities import MemoryWards, Shelf
from tests.cases import ACCOUNT
from tests.certificates import issuance
from tests.printed import png

Json = dict[str, object]
ROOMY = Limits(characters=400_000, tokens=60_000, depth=30, aliases=10_000, root_fields=50, fields=20_000, introspection=True)
"""To ask for everything at once; what the edge allows is tests/security's affair."""
_ACCOUNT = "622848000000000002" + check_digit("622848000000000002")
_THERE = Origin("121.31.*.*", "address", "a phone")
HIS = Known(PRINCIPAL, "13977310526", "广西壮族自治区甲市乙区丙路77号", ACCOUNT, "甲市无名机械厂")
THEIRS = Known(STRANGER, "13855420999", "广西壮族自治区丁市戊区己路88号", _ACCOUNT, "丁市有名纺织厂")
ADDRESS = "121.31.7.9"


@dataclass(repr=False, eq=False)
class World:
    made: Parts
    office: Offices
    engine: Engine
    gate: SessionGate
    cases: dict[str, Case]
    mandates: dict[str, Mandate]
    posts: dict[str, Post]
    acting: dict[str, Acting | None]
    certificates: dict[str, Certificate]
    files: dict[str, str]
    sheet: str
    client: str
    visit: str
    http: httpx2.AsyncClient
    routes: Sequence[BaseRoute]

    @property
    def logged(self) -> httpx2.AsyncClient:
        """With the log around it, as the product has it."""
        app = RequestLog(Starlette(routes=self.routes))
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app, client=(ADDRESS, 1)), base_url=self.made.settings.public_url)

    async def ask(self, who: str, query: str, *, language: str = "zh-Hans", **variables: object) -> Json:
        """As the edge answers it."""
        caller = Caller(languages=language, address=ADDRESS, browser="a test")
        asked: Json = {"query": query, "variables": variables}
        operation = self.engine.read(asked)
        prepared = await self.engine.admit(operation, key=who)
        async for answer in self.engine.stream(prepared, operation, lambda: self.gate.context(caller, self.acting[who])):
            return answer
        raise AssertionError("nothing was answered")

    def token(self, who: str) -> str:
        return self.office.sign_in.live.access.issue(session_id(who), now=system_now())

    async def get(self, who: str, path: str) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.token(who)}"} if who != "nobody" else {}
        return await self.http.get(path, headers=headers)


def settings(folder: Path, mongo_url: str, redis_url: str) -> Settings:
    made = environment(folder, port=free_port(), ports={part: free_port() for part in PARTS})
    stores = {"MONGO_URL": mongo_url, "MONGO_DATABASE": f"test_{uuid4().hex}", "REDIS_URL": redis_url}
    return Settings.from_environment(made | {f"{PREFIX}{name}": value for name, value in stores.items()})


async def never(*_: object) -> int:
    return 1


@asynccontextmanager
async def a_world(settings: Settings) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        made = _with_a_guardian(await stack.enter_async_context(parts(settings, lambda *_: None)))
        office = await stack.enter_async_context(offices(made, lambda *_: None))
        metrics = Metrics()
        routes = routes_of(made, office, metrics)
        app = Starlette(routes=routes)
        transport = httpx2.ASGITransport(app, client=(ADDRESS, 1))
        http = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url=settings.public_url))
        yield await _peopled(made, office, http, routes)


def _with_a_guardian(made: Parts) -> Parts:
    """As the register would say it."""
    known = made.book.authority.capacities
    wards = MemoryWards(Shelf(wards={PEOPLE["guardian"].id: (PRINCIPAL,)}))
    return replace(made, book=replace(made.book, authority=CaseAuthority(replace(known, wards=wards))))


async def _peopled(made: Parts, office: Offices, http: httpx2.AsyncClient, routes: Sequence[BaseRoute]) -> World:
    now, store, sealing = system_now(), made.database, made.sealing
    where = await _organisations(made)
    held = posts(where, now)
    ids = {name: case_id(PRINCIPAL, number) for number, name in enumerate(("draft", "done", "withdrawn", "helped"), 1)}
    given = mandates(ids, now)
    begun = sessions(held, given, now)
    kept_posts = MongoPosts(store, sealing, MongoOrganisations(store, sealing, made.catalogues))
    assert all([await kept_posts.add(post) for post in held.values()])
    for mandate in given.values():
        await MongoMandates(store, sealing).add(mandate)
    for session in begun.values():
        await MongoSessions(store, sealing).add(session)
    acting: dict[str, Acting | None] = {who: await office.sign_in.live.acting_in(session.id) for who, session in begun.items()}
    acting["nobody"] = None
    engine = Engine(
        schema, new_error_id=new_id, counters=ActionCounters(), observe=lambda *_: None, limits=ROOMY, away=AWAY, declined=declined
    )
    gate = SessionGate(office.sign_in.live, office.desks, made.catalogues, made.wording, office.certificates, sealing, system_now)
    world = World(
        made,
        office,
        engine,
        gate,
        {},
        given,
        held,
        acting,
        {},
        {},
        "staff-sheet-1",
        client_id(FERRY, PRINCIPAL.id, sealing),
        "visit-00000001",
        http,
        routes,
    )
    await _fill(world)
    return world


async def _organisations(made: Parts) -> dict[str, Organisation]:
    """Those that are posts' by their ids, and two enterprises."""
    kept = MongoOrganisations(made.database, made.sealing, made.catalogues)
    works = await kept.enterprise(Enterprise("91450100MA5L0AAA0X", "甲市无名机械厂"))
    mill = await kept.enterprise(Enterprise("91450100MA5L0BBB0X", "丁市有名纺织厂"))
    stated = {id: await kept.one(id) for id in {*(id for id, _ in POSTS.values()), "org-guangxi-neighbours"} - {"works", "mill"}}
    return {id: found for id, found in stated.items() if found} | {"works": works, "mill": mill}


async def _fill(world: World) -> None:
    made, office, now = world.made, world.office, system_now()
    files = office.desks.applicant.files
    who = {name: acting for name, acting in world.acting.items() if acting}
    for name, person, case in (("his", PRINCIPAL, case_id(PRINCIPAL, 2)), ("theirs", STRANGER, case_id(STRANGER, 9))):
        certificate = new_certificate(issuance(case=case, holder=person), PLACEHOLDER_CODES, at=now)
        world.certificates[name] = await office.certificates.add(certificate, portrait=None)
        await office.certificates.keep_pdf(world.certificates[name], b"%PDF-1.7 of " + name.encode())
    for name, by in (("his", "applicant"), ("theirs", "stranger")):
        photograph = png(9, 9 if name == "his" else 8)
        world.files[name] = (await files.put(photograph, request=f"file-{name}-0123456789", by=who[by])).id
    paper = await _reference(world, "his", who["applicant"])
    world.cases.update(things.cases(HIS, THEIRS, who, paper=paper, certificate=world.certificates["his"].id))
    for name, case in world.cases.items():
        await made.book.queues.announce(case, before=None)
        world.cases[name] = await made.cases.add(case, opening=f"open-{name}")
        await made.book.queues.follow(world.cases[name], before=None)
    await office.desks.clients.put(FERRY, PRINCIPAL, by=PEOPLE["helper"].id)
    await _traces(world, who)


async def _reference(world: World, name: str, by: Acting) -> FileRef:
    """As the case holds it, which keeps it from now on."""
    store, ids, person = world.office.desks.applicant.files.store, [world.files[name]], by.known_person().id
    (file,) = await store.find(ids, person=person)
    assert await store.attach(ids, person=person, case=case_id(PRINCIPAL, 1))
    return FileRef(file.id, file.content_type, file.size, file.sha256, file.at, file.by)


async def _traces(world: World, who: Mapping[str, Acting]) -> None:
    """What stays of things done: a look, a shown certificate, a sign-in, an employer's list."""
    made, desks, now = world.made, world.office.desks, system_now()
    look = look_of(
        replace(who["officer who took it"], origin=_THERE),
        person=PRINCIPAL.id,
        purpose=Purpose.READ_CASE,
        at=now,
        case=world.cases["helped"],
    )
    await made.looks.note([look] if look else [])
    shown = await desks.certificates.present(world.certificates["his"].id, by=who["applicant"], request="present-0123456789")
    await desks.certificates.checks.check(
        shown.code, by=verifier_at(ADDRESS, "a bank", made.sealing), request="check-0123456789ab", purpose="办理贷款"
    )
    await diary_of(made).note(_sign_in(who["applicant"]))
    await MongoVisits(made.database, made.sealing).add(things.a_visit(world.visit, HIS, who["helper"], now))
    rows = (things.staff_row(HIS),)
    works = world.posts["agent"].organisation.id
    sheet = StaffSheet(world.sheet, works, PEOPLE["agent"].id, "request-of-the-sheet", now, "hash", rows, ())
    await MongoStaffSheets(made.database, made.sealing).add(sheet)


def _sign_in(by: Acting) -> SignInEntry:
    return SignInEntry(
        "sign-in-1", by.known_person().id, by.proved_at, by.assurance, SignInWay.IDENTITY_PLATFORM, SignInOutcome.SIGNED_IN, _THERE
    )
