"""The parts that the API and the worker are both assembled from: stores, clients of outside systems, catalogue, the desks of a case."""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from redis.asyncio import Redis

from api.capacities import capacities_of
from api.collections import COLLECTIONS
from api.keys import demand_department_secrets
from api.keys import sealing as read_sealing
from api.names import new_name
from api.settings import Settings
from domain.cases.authority import CaseAuthority
from domain.cases.book import CaseBook
from domain.cases.callbacks import CallbackDesk
from domain.cases.case import Case
from domain.cases.doing_tasks import departments_in
from domain.cases.errands import Awaited, awaited
from domain.cases.patience import PATIENCE
from domain.cases.queues import Queues
from domain.cases.worklist import Work, work_of
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.clock import day_in_china, system_now
from domain.days.calendars import Calendars
from domain.looks.look import kept_until
from domain.places.held import RecentCounties
from domain.places.places import Places
from domain.wording import Wording
from integrations import departments, http, licences, messages, registers
from integrations.calendar_files import shipped_years
from integrations.catalogue_files import load
from integrations.division_files import shipped
from integrations.mongo.calendars import MongoCalendars
from integrations.mongo.callbacks import MongoCallbacks
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import MongoCases
from integrations.mongo.catalogues import MongoCatalogues
from integrations.mongo.collections import apply
from integrations.mongo.database import Database, connect, database
from integrations.mongo.divisions import MongoDivisions
from integrations.mongo.looks import MongoLooks
from integrations.mongo.worklist import MongoWork
from integrations.redis import RedisBells
from integrations.sealing import Sealing


def seed() -> bytes:
    return secrets.token_bytes(32)


async def rest(seconds: float) -> None:
    await asyncio.sleep(seconds * random.uniform(0.5, 1.5))


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    database: Database
    redis: Redis
    sealing: Sealing
    catalogues: Catalogues
    places: Places
    calendars: Calendars
    wording: Wording
    bells: RedisBells
    cases: MongoCases
    book: CaseBook
    callbacks: CallbackDesk
    departments: departments.HttpDepartments
    registers: registers.HttpRegisters
    looks: MongoLooks


@asynccontextmanager
async def parts(settings: Settings, observe: http.Observe) -> AsyncIterator[Parts]:
    """Connected and checked; everything is closed at the end. Raises CatalogueFaults, BadSettings."""
    async with AsyncExitStack() as stack:
        client = connect(settings.mongo_url)
        stack.callback(client.close)
        store = database(client, settings.mongo_database)
        await apply(store, COLLECTIONS)
        redis = await stack.enter_async_context(Redis.from_url(settings.redis_url))
        sealed = read_sealing(settings.sealing_keys)
        loaded = load(today=day_in_china(system_now()), archive=MongoCatalogues(store))
        known = loaded.catalogues
        await known.keep(at=system_now())
        places = Places(shipped(loaded.hant), RecentCounties(MongoDivisions(store, loaded.hant), system_now))
        calendars = Calendars(shipped_years(), MongoCalendars(store))
        await calendars.refresh()
        bells = RedisBells(redis)
        kept = MongoCases(store, CaseCodec(sealed), partial(_awaited, known), partial(_departments_of, known), system_now)
        await _bring_open_versions(kept, known)
        demand_department_secrets(settings.department_secrets, _all_loaded(known))
        wiring = http.Wiring(observe=observe)
        line, asked = _departments(settings, wiring), _registers(settings, wiring)
        looks = MongoLooks(store, sealed, new_name("looks"), partial(_looks_kept_until, known))
        for closed_at_the_end in (looks, line, asked):
            stack.push_async_callback(closed_at_the_end.close)
        authority = CaseAuthority(capacities_of(store, sealed, known, asked))
        book = CaseBook(kept, bells, authority, Queues(MongoWork(store), partial(_work_of, known)), system_now, rest)
        desk = CallbackDesk(MongoCallbacks(store, sealed, system_now), book, known, departments.read_callback, PATIENCE, seed, system_now)
        at_hand = (settings, store, redis, sealed, known, places, calendars, loaded.wording)
        yield Parts(*at_hand, bells, kept, book, desk, line, asked, looks)


def _looks_kept_until(known: Catalogues, at: datetime) -> datetime:
    return kept_until(at, known.law(None, day_in_china(at)))


def _departments_of(known: Catalogues, case: Case) -> Sequence[str]:
    return departments_in(case, known.version(case.region, case.catalogue_version))


def _awaited(known: Catalogues, case: Case) -> Sequence[Awaited]:
    return awaited(case, known.version(case.region, case.catalogue_version))


def _work_of(known: Catalogues, case: Case) -> Sequence[Work]:
    return work_of(case, known.version(case.region, case.catalogue_version))


def _all_loaded(known: Catalogues) -> tuple[Catalogue, ...]:
    """In force, and those that open cases began with."""
    return *known.built.catalogues.values(), *known.earlier.values()


async def _bring_open_versions(kept: MongoCases, known: Catalogues) -> None:
    """Start is refused if a rule that an open case's version names is gone (CatalogueFaults)."""
    for region, version in await kept.versions_in_use():
        await known.bring(region, version)


def _departments(settings: Settings, wiring: http.Wiring) -> departments.HttpDepartments:
    return departments.departments(
        settings.departments_url,
        secrets=settings.department_secrets,
        callback=f"{settings.public_url}/callbacks/departments/{{department}}",
        now=system_now,
        wiring=wiring,
    )


def _registers(settings: Settings, wiring: http.Wiring) -> registers.HttpRegisters:
    account = settings.registers
    return registers.registers(account.url, client_id=account.client_id, client_secret=account.secret, now=system_now, wiring=wiring)


def outside(settings: Settings, wiring: http.Wiring) -> tuple[licences.HttpLicenceExchange, messages.HttpMessenger]:
    account = settings.licences
    exchange = licences.licence_exchange(
        account.url, client_id=account.client_id, client_secret=account.secret, now=system_now, wiring=wiring
    )
    return exchange, messages.messenger(settings.messages_url, wiring)
