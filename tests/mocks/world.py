"""The stand-ins, our real clients to them, and our door at which departments call back: all in one process, without a port."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.identifiers import DocumentKind
from domain.ports import ConsentProof, Decided, Handoff, Licence, Working
from integrations.departments import BadCallback, HttpDepartments, departments
from integrations.http import Limits, Wiring
from integrations.licences import HttpLicenceExchange, licence_exchange
from integrations.messages import HttpMessenger, messenger
from integrations.registers import HttpRegisters, registers
from mocks.client_credentials import CLIENT_ID
from mocks.decisions import DEPARTMENTS
from mocks.licences import CLIENT_SECRET
from mocks.people import PEOPLE, Resident
from mocks.registers import CLIENT_SECRET as REGISTERS_SECRET
from mocks.serve import Outside, outside, wall_clock
from mocks.webhooks import development_secret

URL = "http://outside.test"
SECRETS = {code: development_secret(code) for code in DEPARTMENTS}
CALLBACK = "http://ours.test/callbacks/departments/{department}"
LIMITS = Limits(total=5.0, wait=0.001, failures_to_open=100)
SILENT = 0.05
"""Seconds that a test waits for an answer which never comes; whatever is to be answered has LIMITS."""
CONSENT = ConsentProof(consent="consent-1", purpose="identity", version="1", given_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC))


@dataclass
class Door:
    """Keeps what departments tell us. `refuse`: so many callbacks are answered 503 first; `meanwhile`: what happens before that."""

    clients: HttpDepartments | None = None
    refuse: int = 0
    meanwhile: Callable[[], Awaitable[object]] | None = None
    heard: list[tuple[str, Decided | Working]] = field(default_factory=list)
    letters: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/callbacks/departments/{code}", self.called, methods=["POST"])])

    async def called(self, request: Request) -> Response:
        if self.refuse:
            if self.meanwhile:
                await self.meanwhile()
            self.refuse -= 1
            return Response(status_code=503)
        letter = (request.path_params["code"], dict(request.headers), await request.body())
        self.letters.append(letter)
        try:
            self.heard.append(self.clients.verify_callback(*letter))
        except BadCallback:
            return Response(status_code=401)
        return Response(status_code=202)


@dataclass(frozen=True)
class World:
    outside: Outside
    door: Door
    wiring: Wiring
    now: Callable[[], datetime]

    def departments(self, **differently: Any) -> HttpDepartments:
        usual = {"secrets": SECRETS, "callback": CALLBACK, "now": self.now, "wiring": self.wiring}
        return departments(f"{URL}/departments/{{department}}", **{**usual, **differently})

    def licences(self, **differently: Any) -> HttpLicenceExchange:
        usual = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "now": self.now, "wiring": self.wiring}
        return licence_exchange(f"{URL}/licences", **{**usual, **differently})

    def registers(self, **differently: Any) -> HttpRegisters:
        usual = {"client_id": CLIENT_ID, "client_secret": REGISTERS_SECRET, "now": self.now, "wiring": self.wiring}
        return registers(f"{URL}/registers", **{**usual, **differently})

    def messenger(self) -> HttpMessenger:
        return messenger(f"{URL}/messages", self.wiring)

    def with_limits(self, **limits: Any) -> Wiring:
        return replace(self.wiring, limits=replace(LIMITS, **limits))

    async def ask(self, method: str, path: str, **content: Any) -> httpx2.Response:
        """As anybody on the network could."""
        async with httpx2.AsyncClient(transport=self.wiring.transport, base_url=URL) as anybody:
            return await anybody.request(method, path, **content)

    async def behave(self, where: str, **manner: Any) -> None:
        assert (await self.ask("POST", f"{where}/_behave", json=manner)).status_code == 200

    async def ledger(self, department: str) -> list[dict[str, Any]]:
        return (await self.ask("GET", f"/departments/{department}/_ledger")).json()["handoffs"]


@asynccontextmanager
async def a_world(*, data: Path | None = None, now: Callable[[], datetime] = wall_clock) -> AsyncIterator[World]:
    door = Door()
    stand_ins = outside(URL, data=data, now=now, transport=httpx2.ASGITransport(door.app))
    world = World(stand_ins, door, Wiring(limits=LIMITS, transport=httpx2.ASGITransport(stand_ins.app)), now)
    door.clients = world.departments()
    async with stand_ins.living():
        yield world


def a_handoff(key: str = "case-1.pension.1", *, item: str = "pension", department: str = "hrss", **more: Any) -> Handoff:
    person: Resident = more.pop("person", PEOPLE["zhang"])
    usual = {
        "case_number": "GX-2026-000001",
        "region": "guangxi",
        "applicant": {"name": person.name, "document-kind": person.document_kind, "document-number": person.document_number},
        "answers": {"retirement-date": "2026-11-15", "deemed-grounds": ["STATE_SERVICE"]},
        "materials": [{"code": "bank-card", "sha256": "0" * 64}],
    }
    return Handoff(key=key, department=department, item=item, **{**usual, **more})


async def asked(exchange: HttpLicenceExchange, kind: str, person: Resident = PEOPLE["zhang"]) -> Licence | None:
    return await exchange.licence(
        kind, holder_kind=DocumentKind(person.document_kind), holder_number=person.document_number, consent=CONSENT
    )


async def until(condition: Callable[[], bool], *, within: float = 30.0) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  # what it waits for happens in the stand-ins, which tell nobody
            await asyncio.sleep(0.005)
