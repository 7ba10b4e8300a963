"""The worker: reads what is due, takes each thing with a lease, does it, gives it back. Any number may run; a killed one loses nothing."""

import asyncio
import random
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from prometheus_client import start_http_server

from api.history import anchor_of_today
from api.issuer import issuer
from api.logs import configure as configure_logs
from api.mandates import COLLECTION as MANDATES
from api.mandates import watching_mandates
from api.metrics import Metrics
from api.parts import Parts, outside, parts, seed
from api.settings import Settings
from domain.cases.back_office import BackOffice
from domain.cases.book import catalogue_of
from domain.cases.certifying import CaseCertificates
from domain.cases.patience import PATIENCE
from domain.cases.stores import WORK, Bells, Lease, LeaseLost
from domain.certificates.identifier import LicenceCodes
from domain.certificates.office import CertificateOffice
from domain.clock import system_now
from integrations import http
from integrations.anchor_files import AnchorFolder
from integrations.documents.renderer import TypstDocuments
from integrations.mongo.callbacks import CALLBACKS
from integrations.mongo.cases import CASES
from integrations.mongo.certificates import MongoCertificates
from integrations.mongo.files import MongoFiles
from integrations.mongo.histories import MongoHistories
from integrations.mongo.leases import Leases
from integrations.mongo.looks import MongoLookLog
from integrations.signing import Pkcs12Signer

AT_ONCE = 200
LOOK_EVERY = 0.5
"""Seconds: a ring is quicker; should all be lost, nothing waits longer than this."""
LOOK_AT_MOST_EVERY = 0.05
"""Seconds: in a busy hour one look answers many rings."""
HOUSEKEEPING = 60.0

log = structlog.stdlib.get_logger("worker")


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of document with an alarm clock, and what is done when it rings."""

    leases: Leases
    attend: Callable[[Lease], Awaitable[None]]


@dataclass(slots=True)
class Worker:
    """`concurrency`: how much it has in hand at once. What takes long keeps one place and leaves the others free."""

    duties: Sequence[Duty]
    bells: Bells
    concurrency: int
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _in_hand: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.concurrency)

    async def run(self) -> None:
        """Until `stopping` is set; what has been taken is finished."""
        async with self.bells.hang(WORK) as bell:
            while not self.stopping.is_set():
                due = await self._due()
                for duty, id in due:
                    await self._begin(duty, id)
                if len(due) < AT_ONCE:
                    await asyncio.sleep(LOOK_AT_MOST_EVERY)
                    await bell.rung(LOOK_EVERY)
        await asyncio.gather(*self._in_hand.values())

    async def _due(self) -> Sequence[tuple[Duty, str]]:
        """What is due and not in hand, in any order, so that two workers do not run for the same. A store that is away is waited for."""
        try:
            found = [(duty, id) for duty in self.duties for id in await duty.leases.due(AT_ONCE) if id not in self._in_hand]
        except Exception as away:
            log.warning("cannot see what is due", why=type(away).__name__)
            return []
        random.shuffle(found)
        return found

    async def _begin(self, duty: Duty, id: str) -> None:
        await self._places.acquire()
        task = self._in_hand[id] = asyncio.create_task(self._take(duty, id))
        task.add_done_callback(lambda _: self._out_of_hand(id))

    def _out_of_hand(self, id: str) -> None:
        del self._in_hand[id]
        self._places.release()

    async def _take(self, duty: Duty, id: str) -> None:
        if self.stopping.is_set():
            return
        try:
            lease = await duty.leases.take(id)
            if lease:
                await self._attend(duty, lease)
                self.bells.ring_here(WORK)  # what became due while it had the lease was not seen
        except Exception as away:
            log.warning("left for later", id=id, why=type(away).__name__)

    async def _attend(self, duty: Duty, lease: Lease) -> None:
        """One bad case never holds up the others: it is put off, and listed."""
        try:
            async with duty.leases.held(lease):
                await duty.attend(lease)
        except Exception as fault:
            if not _lease_lost(fault):
                error_id = secrets.token_hex(8)
                log.error("put off", id=lease.case, error_id=error_id, exc_info=fault)
                await duty.leases.put_off(lease, error_id=error_id)
        else:
            await duty.leases.give_back(lease)


def _lease_lost(fault: Exception) -> bool:
    group = fault if isinstance(fault, ExceptionGroup) else ExceptionGroup("", [fault])
    return group.subgroup(LeaseLost) is not None


def run_worker(settings: Settings) -> None:
    configure_logs()
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    metrics = Metrics()
    signer, anchors = issuer(settings, now=system_now())
    async with parts(settings, metrics.observe) as made, _worker(made, signer, metrics) as worker:
        for stop in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(stop, worker.stopping.set)
        listening = asyncio.create_task(made.bells.listen())
        keeping = asyncio.create_task(_keep_house(made, anchors))
        if settings.worker_metrics_port:
            start_http_server(settings.worker_metrics_port, addr=settings.host, registry=metrics.registry)
        log.info("working", concurrency=worker.concurrency)
        await worker.run()
        listening.cancel()
        keeping.cancel()


@asynccontextmanager
async def _worker(made: Parts, signer: Pkcs12Signer, metrics: Metrics) -> AsyncIterator[Worker]:
    async with AsyncExitStack() as stack:
        exchange, messenger = outside(made.settings, http.Wiring(observe=metrics.observe))
        documents = TypstDocuments()
        stack.push_async_callback(exchange.close)
        stack.push_async_callback(messenger.close)
        stack.callback(documents.close)
        certificates = CertificateOffice(
            MongoCertificates(made.database, made.sealing),
            documents,
            signer,
            made.wording,
            LicenceCodes(made.settings.licence_type_code, made.settings.licence_issuer_code),
            made.settings.check_url,
            system_now,
        )
        office = BackOffice(
            book=made.book,
            licences=exchange,
            departments=made.departments,
            certificates=CaseCertificates(certificates),
            messenger=messenger,
            files=MongoFiles(made.database, made.sealing),
            wording=made.wording,
            operators="operators",
            patience=PATIENCE,
            seed=seed,
            now=system_now,
            observe=metrics.count_errand,
        )
        owner = secrets.token_hex(8)
        duties = [
            Duty(Leases(made.database, CASES.name, owner, system_now), _cases(made, office)),
            Duty(Leases(made.database, CALLBACKS.name, owner, system_now), _callbacks(made)),
            Duty(Leases(made.database, MANDATES, owner, system_now), watching_mandates(made)),
        ]
        yield Worker(duties, made.bells, made.settings.worker_concurrency)


def _cases(made: Parts, office: BackOffice) -> Callable[[Lease], Awaitable[None]]:
    async def attend(lease: Lease) -> None:
        case = await made.cases.one(lease.case)
        if case:
            await office.attend(case, await catalogue_of(case, made.catalogues), lease)

    return attend


def _callbacks(made: Parts) -> Callable[[Lease], Awaitable[None]]:
    async def attend(lease: Lease) -> None:
        callback = await made.callbacks.store.one(lease.case)
        if callback:
            await made.callbacks.fold_in(callback)

    return attend


async def _keep_house(made: Parts, anchors: AnchorFolder) -> None:
    """What has no hurry: unattached files whose day is over, and the day's anchor of all histories."""
    files, histories = MongoFiles(made.database, made.sealing), MongoHistories(made.database, made.cases.codec)
    log_of_looks = MongoLookLog(made.database, made.sealing)
    while True:
        await _later_if_away(files.purge(due=system_now(), limit=AT_ONCE))
        await _later_if_away(anchor_of_today(histories, log_of_looks, anchors, system_now))
        await asyncio.sleep(HOUSEKEEPING)


async def _later_if_away(chore: Awaitable[object]) -> None:
    try:
        await chore
    except Exception as away:
        log.warning("housekeeping left for later", why=type(away).__name__)
