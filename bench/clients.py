"""A helper's search among 10,000 clients: how many reads it takes, and how long beside the bare reading of one document by its id."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from api.embedded import document_store
from api.ports import LOOPBACK, free_port
from bench.figures import Figures, ratio
from domain.acting import Acting, Assurance, CapacityKind
from domain.clock import day_in_china, system_now
from domain.identifiers import DocumentKind
from domain.looks.look import Look
from domain.organisations.client import Sought, client_id
from domain.organisations.client_desk import ClientDesk
from domain.people import Person
from integrations.catalogue_files import load
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.clients import CLIENTS, MongoClients
from integrations.mongo.collections import apply
from integrations.mongo.database import Database, database
from integrations.mongo.helped import MongoCasesThere
from integrations.sealing import FixedKeys, Keys, Sealing

SIZE, AT_ONCE, TIMES = 10_000, 200, 50
STATION = "org-guangxi-ferry"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
FIRST_BIRTHDAY = date(1950, 1, 1)
SEALING = Sealing(FixedKeys(Keys({"bench": bytes(32)}, "bench")), hash_key=bytes(32))


@dataclass
class Counted(CommandListener):
    """The collections that were read, one after another."""

    reads: list[str] = field(default_factory=list)

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name in {"find", "getMore", "aggregate"}:
            self.reads.append(str(event.command.get(event.command_name)))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        pass

    def failed(self, event: CommandFailedEvent) -> None:
        pass


class _Unkept:
    """Who looked is measured in bench/looks.py."""

    async def note(self, looks: Sequence[Look]) -> None:
        pass


def _person(place: int) -> Person:
    """Fifty surnames, and given names that nobody shares."""
    given = chr(0x4E00 + place // len(SURNAMES)) + chr(0x6000 + place // len(SURNAMES))
    return Person(f"person-{place:020}", SURNAMES[place % len(SURNAMES)] + given, DocumentKind.PASSPORT, f"E{place:08}")


SOUGHT = {
    "the whole name": Sought(name=_person(SIZE // 2).name),
    "a birth date": Sought(birth_date=FIRST_BIRTHDAY + timedelta(days=SIZE // 4)),
    f"a surname, of {SIZE // len(SURNAMES)} people": Sought(surname=SURNAMES[7]),
}


async def measure() -> Figures:
    counted = Counted()
    async with _store(counted) as store:
        desk = ClientDesk(
            MongoClients(store, SEALING),
            MongoCasesThere(store, CaseCodec(SEALING)),
            load(today=day_in_china(system_now())).catalogues,
            SEALING,
            _Unkept(),
            system_now,
        )
        await _fill(store, desk)
        bare = await _milliseconds(lambda: store[CLIENTS.name].find_one({"_id": client_id(STATION, _person(1).id, SEALING)}))
        rows = [("one document by its id, bare", "1", f"{bare:.1f}", "1.0×")]
        for what, sought in SOUGHT.items():
            rows.append(await _row(desk, what, sought, counted, bare))
    notes = (
        f"{SIZE:,} clients, none of whom has filed; pages of 20; medians of {TIMES}, without GraphQL and the log of looks.",
        "The embedded store reads all that an index finds before it cuts the page: a surname costs as much as it has people.",
    )
    return Figures("A helper's search", ("search", "reads", "ms", "beside the bare reading"), rows, notes)


async def _row(desk: ClientDesk, what: str, sought: Sought, counted: Counted, bare: float) -> tuple[str, str, str, str]:
    by = _helper()
    counted.reads.clear()
    page = await desk.page(sought, first=20, after=None, by=by)
    assert page.clients, what
    reads = len(counted.reads)
    taken = await _milliseconds(lambda: desk.page(sought, first=20, after=None, by=by))
    return f"by {what}", str(reads), f"{taken:.1f}", ratio(taken, bare)


def _helper() -> Acting:
    person = Person("person-helper", "卢敏芝", DocumentKind.PASSPORT, "E99999999")
    return Acting("session-bench", Assurance.L3, system_now(), person, CapacityKind.HELPER, organisation=STATION, post="post-bench")


@asynccontextmanager
async def _store(counted: Counted) -> AsyncIterator[Database]:
    with TemporaryDirectory(prefix="zhangban-bench-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        async with document_store(Path(folder), port=port) as child:
            client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(
                f"mongodb://{LOOPBACK}:{port}", tz_aware=True, event_listeners=[counted]
            )
            yield database(client, "clients")
            client.close()
            await child.kill()  # its polite stop takes its time, and the folder is thrown away


async def _fill(store: Database, desk: ClientDesk) -> None:
    """Two people have each birth date."""
    await apply(store, [CASES, CLIENTS])
    for first in range(0, SIZE, AT_ONCE):
        born = ((place, FIRST_BIRTHDAY + timedelta(days=place // 2)) for place in range(first, first + AT_ONCE))
        await asyncio.gather(*[desk.put(STATION, _person(place), by="person-helper", birth_date=day) for place, day in born])


async def _milliseconds(ask: Callable[[], Awaitable[object]]) -> float:
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        await ask()
        taken.append(1000 * (perf_counter() - began))
    return median(taken)
