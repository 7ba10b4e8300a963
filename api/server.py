"""uvicorn, made impatient.

By itself it waits for ever for the head of a request, and for a reader who does not read: a few hundred such connections lock everybody
out. Bodies have their deadline in api/bodies.py.
"""

import asyncio
import gc
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from api.children import CannotRun
from api.settings import Settings

BIGGEST_MESSAGE = 256 * 1024
BIGGEST_HEAD = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds; and how many connections may be open, and how many of them without a whole request's head."""

    head: float = 10
    write: float = 60
    keep_alive: int = 20
    shutdown: int = 10
    connections: int = 4_000
    headless: int = 500


class _Config(uvicorn.Config):
    def __init__(self, app: ASGIApp, *, patience: Patience, trusted_proxies: str | None) -> None:
        super().__init__(
            app,
            http=_Http,
            ws=_WebSocket,
            ws_max_size=BIGGEST_MESSAGE,
            ws_per_message_deflate=False,
            h11_max_incomplete_event_size=BIGGEST_HEAD,
            limit_concurrency=patience.connections,
            timeout_keep_alive=patience.keep_alive,
            timeout_graceful_shutdown=patience.shutdown,
            proxy_headers=trusted_proxies is not None,
            forwarded_allow_ips=trusted_proxies,
            server_header=False,
            access_log=False,
            log_config=None,
        )
        self.patience = patience
        self.headless: dict[_Http, asyncio.TimerHandle] = {}


class _Http(H11Protocol):
    """The head's deadline runs from the first byte to the last, however they drip. If too many wait, whoever has waited longest goes."""

    config: _Config
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unwatch()
        _cancel(self._unread)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.config.patience.write, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        _cancel(self._unread)

    def _watch(self) -> None:
        if not self._is_headless():
            self._unwatch()
        elif self not in self.config.headless:
            self.config.headless[self] = self.loop.call_later(self.config.patience.head, self._drop)
            if len(self.config.headless) > self.config.patience.headless:
                next(iter(self.config.headless))._drop()

    def _is_headless(self) -> bool:
        """Nothing is being answered on this connection. After an upgrade it is another protocol's."""
        ours = self.transport.get_protocol() is self and not self.transport.is_closing()
        return ours and (self.cycle is None or self.cycle.response_complete)  # type: ignore[redundant-expr]  # None before the first

    def _unwatch(self) -> None:
        _cancel(self.config.headless.pop(self, None))

    def _drop(self) -> None:
        self._unwatch()
        self.transport.abort()


class _WebSocket(WebSocketsSansIOProtocol):
    """A peer who reads nothing cannot be told good-bye either: what is written to them would lie there for ever."""

    config: _Config
    _unread: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.config.patience.write, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        _cancel(self._unread)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        _cancel(self._unread)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        if self.transport.get_write_buffer_size():
            self._unread = self.loop.call_later(self.close_timeout, self.transport.abort)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()


def _nobody(_: int) -> None:
    pass


class Server(uvicorn.Server):
    """`should_exit` stops it, as SIGINT and SIGTERM do: every socket is closed with 1012, and what is under way is finished.

    `ready` is told the port once requests are answered; `trusted_proxies`: whose X-Forwarded-For counts, as uvicorn has it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        patience: Patience = Patience(),
        trusted_proxies: str | None = None,
        ready: Callable[[int], None] = _nobody,
    ) -> None:
        super().__init__(_Config(app, patience=patience, trusted_proxies=trusted_proxies))
        self._ready = ready

    async def listen(self, *, host: str, port: int) -> None:
        """Until it is stopped. Raises OSError at once if the port is taken; port 0 finds a free one."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with closing(socket.create_server((host, port), family=family, backlog=self.config.backlog)) as listening:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio sets it only on sockets that it made itself
            await self.serve(sockets=[listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._ready(sockets[0].getsockname()[1])


def serve_until_stopped(app: ASGIApp, settings: Settings) -> None:
    """Raises CannotRun if the port is taken."""
    server = Server(app, trusted_proxies=settings.trusted_proxies, ready=_settled)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(server.listen(host=settings.host, port=settings.port))
    except OSError as why:
        raise CannotRun(f"The API cannot listen on {settings.host}:{settings.port}: {why.strerror}.") from None


def _settled(_: int) -> None:
    """What was loaded stays as long as the process; looking for garbage in it held up requests for a tenth of a second."""
    gc.collect()
    gc.freeze()
