"""The real thing, as processes that can be killed: store, Valkey, the stand-ins, two API processes behind one door, two workers."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.children import Child, running
from api.development import PARTS, environment
from api.embedded import document_store, message_store
from api.ports import LOOPBACK, answers, free_port
from api.settings import PREFIX, Settings
from tests.faults.door import Door
from tests.faults.tap import Fuse, Tap, When

START_SECONDS = 120.0


@dataclass(slots=True)
class Part:
    """One process, in as many lives as it takes. `tap`: its way to the store."""

    name: str
    begin: Callable[[], AbstractAsyncContextManager[Child]]
    stack: AsyncExitStack
    tap: Tap | None = None
    child: Child | None = None

    async def start(self) -> None:
        self.child = await self.stack.enter_async_context(self.begin())

    def kill(self) -> None:
        assert self.child
        assert self.child.process.returncode is None, self.child.ended()
        os.kill(self.child.pid, signal.SIGKILL)

    async def come_back(self) -> None:
        """After a kill: a new life as soon as the old one has ended."""
        assert self.child
        await self.child.process.wait()
        await self.start()


@dataclass(frozen=True, slots=True)
class House:
    """`url`: where citizens and departments reach it, `api_urls`: each API process behind that; `outside`: where the stand-ins are."""

    url: str
    api_urls: Sequence[str]
    outside: str
    settings: Settings
    environment: dict[str, str]
    store: Part
    valkey: Part
    apis: Sequence[Part]
    workers: Sequence[Part]
    mocks: Part

    @property
    def parts(self) -> Sequence[Part]:
        return (self.store, self.valkey, self.mocks, *self.apis, *self.workers)

    async def mend(self) -> None:
        for part in self.parts:
            if part.tap:
                part.tap.fuse = None
            if part.child is None or part.child.process.returncode is not None:
                await part.start()

    def lay(self, nth: int, when: When, victims: Sequence[Part]) -> Fuse:
        """Kills the victims at the n-th command: of the victim alone, if it is one that speaks to the store; else of all that do."""

        def blow() -> None:
            for victim in victims:
                victim.kill()

        fuse = Fuse(nth, when, blow)
        own = victims[0].tap if len(victims) == 1 else None
        for tap in [own] if own else [part.tap for part in self.parts if part.tap]:
            tap.fuse = fuse
        return fuse


@asynccontextmanager
async def house(data: Path) -> AsyncIterator[House]:
    ports = {name: free_port() for name in (*PARTS, "door", "api-1", "api-2", "worker-1", "worker-2")}
    base = await asyncio.to_thread(environment, data, port=ports["door"], ports=ports)
    url, outside = f"http://{LOOPBACK}:{ports['door']}", f"http://{LOOPBACK}:{ports['mocks']}"
    async with AsyncExitStack() as stack:
        builder = _Builder(data, base, ports, stack)
        built = House(
            url=url,
            api_urls=[f"http://{LOOPBACK}:{ports[name]}" for name in ("api-1", "api-2")],
            outside=outside,
            settings=Settings.from_environment(base),
            environment=_without_ours() | base,
            store=Part("store", lambda: document_store(data, port=ports["store"]), stack),
            valkey=Part("valkey", lambda: message_store(data, port=ports["valkey"]), stack),
            mocks=builder.part("mocks", "mocks", "serve", "--port", str(ports["mocks"]), "--data", str(data), "--callback-base", url),
            apis=[await builder.tapped("api-1", "serve"), await builder.tapped("api-2", "serve")],
            workers=[await builder.tapped("worker-1", "worker"), await builder.tapped("worker-2", "worker")],
        )
        await stack.enter_async_context(Door(ports["door"], [ports["api-1"], ports["api-2"]]).open())
        await built.store.start()
        await asyncio.gather(*(part.start() for part in built.parts if part is not built.store))
        try:
            yield built
        finally:
            await asyncio.gather(*(part.child.kill() for part in built.parts if part.child))  # its politeness takes time; the folder goes


@dataclass(frozen=True, slots=True)
class _Builder:
    data: Path
    base: dict[str, str]
    ports: dict[str, int]
    stack: AsyncExitStack

    async def tapped(self, name: str, command: str) -> Part:
        """A process of ours: its own port, its own way to the store, and the door in front of it is believed about who calls."""
        tap = Tap(free_port(), self.ports["store"])
        await self.stack.enter_async_context(tap.open())
        own = {
            "WORKER_METRICS_PORT" if command == "worker" else "PORT": str(self.ports[name]),
            # Direct, or the driver would learn the store's own address from it and go there.
            "MONGO_URL": f"mongodb://{LOOPBACK}:{tap.port}/?directConnection=true",
            "TRUSTED_PROXIES": LOOPBACK,
        }
        made = self.part(name, "api", command, **{f"{PREFIX}{key}": value for key, value in own.items()})
        made.tap = tap
        return made

    def part(self, name: str, *module: str, **own: str) -> Part:
        lives = iter(range(1, 1000))

        @asynccontextmanager
        async def begin() -> AsyncIterator[Child]:
            log = self.data / "logs" / f"{name}-{next(lives)}.log"
            settings = _without_ours() | self.base | own
            async with running(name, sys.executable, "-u", "-m", *module, log=log, environment=settings) as child:
                await child.until(lambda: answers(self.ports[name]), within=START_SECONDS)
                yield child

        return Part(name, begin, self.stack)


def _without_ours() -> dict[str, str]:
    """Settings of the terminal must not leak in."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
