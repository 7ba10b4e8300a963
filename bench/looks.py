"""What it costs to keep who looked: beside a bare insertion, and beside the request that is looked with, at 200 requests a second.

Both are kept by the same driver in the same store, and nobody is answered before it is durable. The processor's time is that of the process
that notes, as in the API; what goes round in the same pace without noting anything is taken off.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter, process_time

import httpx2
import orjson

from bench.crowd import REGION, Member, plant
from bench.figures import Figures, ratio
from bench.house import House, house
from bench.processes import cpu_seconds
from domain.acting import CapacityKind, Origin
from domain.clock import system_now
from domain.looks.look import Look, Purpose
from domain.words import Words
from integrations.mongo.database import Database, Document
from integrations.mongo.looks import ACCESS_LOG, MongoLooks
from mocks import documents

RATE, SECONDS, ROUNDS = 200, 5, 3
AIM = 5
"""Per cent of a request's processor time."""
REQUESTS, WARM_UP, BURST = 60, 20, 200
BARE = "bench_bare"
OFFICE = Words("甲市社会保险事业中心", "甲市社會保險事業中心", "Social insurance centre of Jia city")

Keep = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of keeping one: milliseconds of the processor, and how long whoever looks waits."""

    cpu: float
    waits: Sequence[float]

    @property
    def told(self) -> tuple[str, str, str]:
        cuts = quantiles(self.waits, n=100, method="inclusive")
        return f"{self.cpu:.3f}", f"{cuts[49]:.1f}", f"{cuts[98]:.1f}"


async def measure() -> Figures:
    async with house() as home:
        members = await plant(home, 1, items=tuple(home.made.catalogues.in_force(REGION).items), due=False)
        request = await _request(home, members[0])
        ways = {"bare insertion": _barely(home.made.database), "the access log": noting(home.made.looks)}
        costs = {way: await paced(keep) for way, keep in ways.items()}
        bursts = {way: await _at_once(keep) for way, keep in ways.items()}
    return _figures(costs, bursts, request)


def noting(looks: MongoLooks) -> Keep:
    return lambda number: looks.note([_look(number)])


def _barely(database: Database) -> Keep:
    """A document of the same size, without chain, seal or gathering."""
    size = 900

    async def keep(number: int) -> None:
        document: Document = {"person": f"person-{number}", "order": number, "until": system_now(), "entry": bytes(size)}
        await database[BARE].insert_one(document)

    return keep


def _look(number: int) -> Look:
    return Look(
        person=f"person-{number:020}",
        by="person-01234567890123456789",
        name="韦明",
        capacity=CapacityKind.OFFICER,
        purpose=Purpose.READ_CASE,
        at=system_now(),
        session="session-01234567890123456789",
        post="post-01234567890123456789",
        organisation="organisation-guangxi-hrss",
        organisation_name=OFFICE,
        case=f"case-{number:020}",
        case_number="ZB2026112300000017",
        origin=Origin("121.31.*.*", "0" * 64, "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"),
    )


async def paced(keep: Keep, *, rounds: int = ROUNDS) -> Cost:
    """At the given rate, one after the other is begun, whether the former is done or not."""
    await _round(keep, [])
    waits: list[float] = []
    spent = [await _round(keep, waits) - await _round(_nothing, []) for _ in range(rounds)]
    return Cost(1000 * sum(spent) / len(waits), waits)


async def _round(keep: Keep, waits: list[float]) -> float:
    """Seconds of this process's processor time."""
    used, began = process_time(), perf_counter()
    async with asyncio.TaskGroup() as looking:
        for number in range(RATE * SECONDS):
            await asyncio.sleep(began + number / RATE - perf_counter())
            looking.create_task(_timed(keep, number, waits))
    return process_time() - used


async def _timed(keep: Keep, number: int, waits: list[float]) -> None:
    began = perf_counter()
    await keep(number)
    waits.append(1000 * (perf_counter() - began))


async def _nothing(_: int) -> None:
    return


async def _at_once(keep: Keep) -> Cost:
    waits: list[float] = []
    used = process_time()
    await asyncio.gather(*(_timed(keep, number, waits) for number in range(BURST)))
    return Cost(1000 * (process_time() - used) / BURST, waits)


async def _request(home: House, member: Member) -> float:
    """Milliseconds of the API's processor time for the page that an officer looks at."""
    pid = home.children["API"].pid
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        await _ask(http, home, member, WARM_UP)
        used = cpu_seconds(pid)
        await _ask(http, home, member, REQUESTS)
        return 1000 * (cpu_seconds(pid) - used) / REQUESTS


async def _ask(http: httpx2.AsyncClient, home: House, member: Member, times: int) -> None:
    asked = orjson.dumps({"query": documents.CASE, "variables": {"id": member.case.id}})
    headers = {"Authorization": f"Bearer {member.token}", "Content-Type": "application/json"}
    for _ in range(times):
        (await http.post(f"{home.url}/graphql", content=asked, headers=headers)).raise_for_status()


def _figures(costs: dict[str, Cost], bursts: dict[str, Cost], request: float) -> Figures:
    bare, kept = costs["bare insertion"], costs["the access log"]
    rows = [(f"{way}, {RATE}/s", *cost.told, ratio(cost.cpu, bare.cpu)) for way, cost in costs.items()]
    rows += [(f"{way}, {BURST} at once", *cost.told, ratio(cost.cpu, bursts["bare insertion"].cpu)) for way, cost in bursts.items()]
    share = 100 * kept.cpu / request
    notes = (
        f"case(id), the largest page, costs {request:.1f} ms of the API's processor: at {RATE} a second the log is {share:.1f} % of it.",
        f"Aim: at most {AIM} %. {len(kept.waits)} looks in {ROUNDS} rounds, the embedded store, collection {ACCESS_LOG.name}.",
    )
    return Figures("Who looked", ("kept by", "CPU ms/look", "waits ms", "99 % within", "ratio"), rows, notes)
