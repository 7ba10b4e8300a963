"""All stand-ins in one application, and the server for it on 127.0.0.1.

    /identity   /mini-program   /licences   /registers   /departments/{code}   /messages

Our accounts with them are those of api/development.py; every one has its /_behave.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from mocks.behave import Behaviour
from mocks.callbacks import Callbacks
from mocks.client_credentials import CLIENT_ID
from mocks.decisions import DEPARTMENTS, Decide
from mocks.departments import Department
from mocks.identity import identity_app
from mocks.ledger import Ledger
from mocks.licences import LicenceExchange
from mocks.messages import MessageProvider
from mocks.mini_program import Host, mini_program_app
from mocks.provider import Client, Provider
from mocks.registers import Registers
from mocks.webhooks import development_secret

LOOPBACK = "127.0.0.1"
SHUTDOWN_SECONDS = 1

Now = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outside:
    """One world of stand-ins that know the same people. `app` resumes and stops the departments' callbacks with the server's life."""

    identity: ASGIApp
    mini_program: ASGIApp
    licences: LicenceExchange
    registers: Registers
    departments: Mapping[str, Department]
    messages: MessageProvider
    http: httpx2.AsyncClient

    @property
    def app(self) -> Starlette:
        departments = [Mount(f"/{code}", app=department.app) for code, department in self.departments.items()]
        routes = [
            Mount("/identity", app=self.identity),
            Mount("/mini-program", app=self.mini_program),
            Mount("/licences", app=self.licences.app),
            Mount("/registers", app=self.registers.app),
            Mount("/departments", routes=departments),
            Mount("/messages", app=self.messages.app),
        ]
        return Starlette(routes=routes, lifespan=lambda app: self.living())

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        for department in self.departments.values():
            department.callbacks.resume()
        try:
            yield
        finally:
            for department in self.departments.values():
                await department.close()
            await self.http.aclose()


def outside(
    url: str,
    *,
    data: Path | None = None,
    callback_base: str | None = None,
    now: Now = wall_clock,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> Outside:
    """`url`: where it is served. `data`: the folder of the ledgers; None: in memory only. `transport` carries the callbacks in a test."""
    http = httpx2.AsyncClient(timeout=5.0, transport=transport, trust_env=False)

    def department(code: str, items: dict[str, Decide]) -> Department:
        ledger = Ledger(data / "departments" / f"{code}.jsonl" if data else None)
        behaviour, secret = Behaviour(), development_secret(code)
        callbacks = Callbacks(code, secret, ledger, behaviour, http, now, callback_base)
        return Department(code, secret, items, ledger, behaviour, callbacks, now)

    return Outside(
        identity=identity_app(_identity_provider(f"{url}/identity", now, callback_base), http=http),
        mini_program=mini_program_app(Host(CLIENT_ID, "development-mini_program", now)),
        licences=LicenceExchange(now, Behaviour()),
        registers=Registers(now, Behaviour()),
        departments={code: department(code, items) for code, items in DEPARTMENTS.items()},
        messages=MessageProvider(now, Behaviour()),
        http=http,
    )


def _identity_provider(issuer: str, now: Now, callback_base: str | None) -> Provider:
    told_at = f"{callback_base}/sign-in/back-channel-logout" if callback_base else None
    client = Client(CLIENT_ID, "development-identity", [f"http://{LOOPBACK}/sign-in/callback"], told_at)
    return Provider(issuer, client, now)


class _Server(uvicorn.Server):
    """Says one line when it is ready, and ends with exit code 0 when it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.ready, flush=True)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn's own raises the signal again once everything has stopped."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(*, port: int, data: Path | None, callback_base: str | None) -> int:
    """Until SIGTERM or SIGINT. Port 0: any free one. The exit code."""
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as error:
        print(f"The mock outside systems cannot listen on port {port}: {os.strerror(error.errno or 0)}.", file=sys.stderr)
        return 1
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio sets it only on sockets that it made itself
    url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    app = outside(url, data=data, callback_base=callback_base).app
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_keep_alive=30, timeout_graceful_shutdown=SHUTDOWN_SECONDS, lifespan="on"
    )
    asyncio.run(_Server(config, f"mock outside systems ready {url}").serve([listener]))
    return 0
