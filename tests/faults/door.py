"""In front of the API processes, as a load balancer is in production: each new connection goes to any of those that take it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from random import Random

from api.ports import LOOPBACK

AT_ONCE = 64 * 1024
SEED = 1


@dataclass(slots=True)
class Door:
    port: int
    behind: Sequence[int]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        chance = Random(SEED)

        async def join(caller: asyncio.StreamReader, to_caller: asyncio.StreamWriter) -> None:
            line = await _line(chance.sample(self.behind, len(self.behind)))
            if line:
                await _joined((caller, line[1]), (line[0], to_caller))
            to_caller.close()

        server = await asyncio.start_server(join, LOOPBACK, self.port)
        try:
            yield
        finally:
            server.close()


async def _line(ports: Sequence[int]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    for port in ports:
        with suppress(OSError):
            return await asyncio.open_connection(LOOPBACK, port)
    return None


async def _joined(*ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    passing = [asyncio.create_task(_pass_on(*way)) for way in ways]
    await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
    for way in passing:
        way.cancel()
    await asyncio.gather(*passing, return_exceptions=True)
    for _, end in ways:
        end.close()


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(AT_ONCE):
            target.write(data)
            await target.drain()
