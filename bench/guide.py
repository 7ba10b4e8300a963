"""What the guide costs through the API: questions, items and reasons of one person, beside a bare endpoint with the same JSON.

Asked for the first time, by a person whom nobody was like in the last minute, it is worked out; asked again, it is remembered.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from time import perf_counter

import httpx2
import orjson

from api.children import Child, running
from api.ports import LOOPBACK, answers, free_port
from bench.figures import Figures, ratio
from bench.house import House, house
from bench.page import Server
from bench.processes import cpu_seconds
from mocks.answers import Json

REGION = "guangxi"
CLIENTS = 4
ROUNDS = 3
WARM_UP = 20
OURS, BARE = 60, 240
"""Requests in a round; nobody may ask more than 600 times a minute."""
NEVER_ASKED = count(181)
"""Months of contributions, each of another person."""

QUESTION = """query ($region: String!, $answers: [AnswerInput!]!) { guide(region: $region, answers: $answers) {
  __typename
  ... on Guide {
    questions { key label spoken help required kind format options { value label } optionList decides value values }
    items { item { id code title department { name } } recommended reasons { ...Why } }
    eligible reasons { ...Why }
  }
} }
fragment Why on Reason { rule verdict text spoken facts { label value } figures { key label value since source } }"""

ANSWERS = {
    "retired-already": "NO",
    "sex": "MALE",
    "birth-date": "1966-06-15",
    "employment": "EMPLOYEE",
    "contribution-months": "412",
    "deemed-months": "38",
    "special-post": "NO",
    "fully-incapacitated": "NO",
    "veteran": "NO",
    "has-housing-fund": "YES",
    "only-child": "YES",
    "public-funding": "NO",
}


@dataclass(slots=True)
class Asked(Server):
    """`anew`: by another person each time."""

    anew: bool = False


async def measure() -> Figures:
    async with house() as home:
        first = Asked("掌办: guide, for the first time", f"{home.url}/graphql", home.children["API"], OURS, anew=True)
        again = Asked("掌办: guide, asked again", f"{home.url}/graphql", home.children["API"], OURS)
        page = await _page(again.url)
        async with _bare(home, page) as (url, child):
            bare = Asked("bare Starlette, same JSON", f"{url}/same", child, BARE)
            guided = Asked("bare, and the guide worked out", f"{url}/guided", child, BARE)
            servers = (bare, first, again, guided)
            for server in servers:
                await _round(server, WARM_UP)
            for server in servers * ROUNDS:
                await _measured(server)
    return _figures(servers, page)


@asynccontextmanager
async def _bare(home: House, page: Json) -> AsyncIterator[tuple[str, Child]]:
    file, port = home.folder / "guide.json", free_port()
    file.write_bytes(orjson.dumps({REGION: page}))
    command = (sys.executable, "-m", "bench.bare", str(port), file)
    async with running("bare endpoint", *command, log=home.folder / "logs" / "bare.log", environment=home.environment) as child:
        await child.until(lambda: answers(port), within=30)
        yield f"http://{LOOPBACK}:{port}", child


async def _measured(server: Asked) -> None:
    began, cpu = perf_counter(), cpu_seconds(server.child.pid)
    await _round(server, server.requests)
    server.seconds += perf_counter() - began
    server.cpu += cpu_seconds(server.child.pid) - cpu
    server.asked += server.requests


async def _round(server: Asked, requests: int) -> None:
    waiting = iter(range(requests))
    async with asyncio.TaskGroup() as clients:
        for _ in range(CLIENTS):
            clients.create_task(_client(server, waiting))


async def _client(server: Asked, waiting: Iterator[int]) -> None:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        for _ in waiting:
            (await http.post(server.url, content=_asked(anew=server.anew), headers={"Content-Type": "application/json"})).raise_for_status()


async def _page(url: str) -> Json:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        headers = {"Content-Type": "application/json"}
        page: Json = (await http.post(url, content=_asked(), headers=headers)).raise_for_status().json()
    assert page["data"]["guide"]["__typename"] == "Guide", page
    return page


def _asked(*, anew: bool = False) -> bytes:
    answers = ANSWERS | ({"contribution-months": str(next(NEVER_ASKED))} if anew else {})
    answered = [{"key": key, "value": value} for key, value in answers.items()]
    return orjson.dumps({"query": QUESTION, "variables": {"region": REGION, "answers": answered}})


def _figures(servers: Sequence[Asked], page: Json) -> Figures:
    bare = servers[0]
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
    guide = page["data"]["guide"]
    where = "First time: the law is what the last row has beyond the bare endpoint; the rest is variables and writing the page."
    size = f"{len(guide['questions'])} questions, {len(guide['items'])} items, {len(orjson.dumps(page)) / 1000:.0f} kB"
    return Figures("guide", ("server", "CPU ms/request", "ratio", "requests/s", "requests"), rows, (size, where))
