"""The phone's largest page, `case(id)` with every item of the region, beside a bare endpoint that answers with the same JSON."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

import httpx2
import orjson

from api.children import Child, running
from api.ports import LOOPBACK, answers, free_port
from bench.crowd import REGION, Member, plant
from bench.figures import Figures, ratio
from bench.house import House, house
from bench.processes import cpu_seconds
from mocks import documents
from mocks.answers import Json

PEOPLE = 4
CLIENTS = 4
ROUNDS = 3
WARM_UP = 20
OURS, BARE = 60, 240
"""Requests in a round; nobody may ask more than 600 times a minute."""


@dataclass(slots=True)
class Server:
    """What is measured, and what it has used so far."""

    name: str
    url: str
    child: Child
    requests: int
    asked: int = 0
    cpu: float = 0.0
    seconds: float = 0.0

    @property
    def milliseconds(self) -> float:
        """Of the processor, for one request."""
        return 1000 * self.cpu / self.asked


async def measure() -> Figures:
    async with house() as home:
        crowd = await plant(home, PEOPLE, items=tuple(home.made.catalogues.in_force(REGION).items), due=False)
        ours = Server("掌办: case(id)", f"{home.url}/graphql", home.children["API"], OURS)
        pages = {member.case.id: await _page(ours.url, member) for member in crowd}
        async with _bare(home, pages) as (url, child):
            bare = Server("bare Starlette, same JSON", f"{url}/plain", child, BARE)
            opened = Server("bare, and the case opened", f"{url}/opened", child, BARE)
            await _compare((ours, bare, opened), crowd)
    return _figures((ours, bare, opened), pages[crowd[0].case.id])


@asynccontextmanager
async def _bare(home: House, pages: dict[str, Json]) -> AsyncIterator[tuple[str, Child]]:
    file, port = home.folder / "pages.json", free_port()
    file.write_bytes(orjson.dumps(pages))
    command = (sys.executable, "-m", "bench.bare", str(port), file)
    async with running("bare endpoint", *command, log=home.folder / "logs" / "bare.log", environment=home.environment) as child:
        await child.until(lambda: answers(port), within=30)
        yield f"http://{LOOPBACK}:{port}", child


async def _compare(servers: Sequence[Server], crowd: Sequence[Member]) -> None:
    """In turn, so that a machine that grows slower is so for all."""
    for server in servers:
        await _round(server, WARM_UP, crowd)
    for _ in range(ROUNDS):
        for server in servers:
            began, cpu = perf_counter(), cpu_seconds(server.child.pid)
            await _round(server, server.requests, crowd)
            server.seconds += perf_counter() - began
            server.cpu += cpu_seconds(server.child.pid) - cpu
            server.asked += server.requests


async def _round(server: Server, requests: int, crowd: Sequence[Member]) -> None:
    waiting = iter([member for member, _ in zip(cycle(crowd), range(requests), strict=False)])
    async with asyncio.TaskGroup() as clients:
        for _ in range(CLIENTS):
            clients.create_task(_client(server.url, waiting))


async def _client(url: str, waiting: Iterator[Member]) -> None:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        for member in waiting:
            (await http.post(url, content=_asked(member), headers=_headers(member))).raise_for_status()


async def _page(url: str, member: Member) -> Json:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        page: Json = (await http.post(url, content=_asked(member), headers=_headers(member))).raise_for_status().json()
    return page


def _asked(member: Member) -> bytes:
    return orjson.dumps({"query": documents.CASE, "variables": {"id": member.case.id}})


def _headers(member: Member) -> dict[str, str]:
    return {"Authorization": f"Bearer {member.token}", "Content-Type": "application/json"}


def _figures(servers: Sequence[Server], page: Json) -> Figures:
    bare = servers[1]
    rows = [
        (
            server.name,
            f"{server.milliseconds:.2f}",
            ratio(server.milliseconds, bare.milliseconds),
            f"{server.asked / server.seconds:.0f}",
            f"{server.asked}",
        )
        for server in servers
    ]
    case = page["data"]["case"]
    asked = [field for section in case["form"]["sections"] for entry in section["entries"] for field in entry["fields"]]
    size = f"{len(case['items'])} items, {len(asked)} form fields, {len(case['steps'])} steps, {_values(page)} values"
    notes = (
        f"The page: {size}, {len(orjson.dumps(page)) / 1000:.0f} kB. {CLIENTS} clients at a time; they and the store share the cores.",
    )
    return Figures("case(id), the largest page", ("server", "CPU ms/request", "ratio", "requests/s", "requests"), rows, notes)


def _values(json: object) -> int:
    if isinstance(json, dict):
        return sum(1 + _values(value) for value in json.values())
    return sum(_values(value) for value in json) if isinstance(json, list) else 0
