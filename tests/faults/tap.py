"""Between one process and the store: every command passes here, so that a blow can fall at exactly the n-th of them.

Only what MongoDB's wire protocol needs is read: the length of each message, what it answers to, and the name of its command.
"""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from api.ports import LOOPBACK

HEADER = struct.Struct("<iiii")
OP_MSG = 2013
NAME_AT = HEADER.size + 4 + 1 + 4 + 1
"""Behind flags, kind of section, length of the document, and type of its first field, which is named after the command."""
ABOUT_THE_LINE = frozenset({b"hello", b"ismaster", b"isMaster", b"ping", b"endSessions"})


class When(StrEnum):
    """BEFORE: the store never sees the command. AFTER: it has obeyed, and nobody hears its answer."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Fuse:
    """One blow, at the n-th command of all that pass where it lies."""

    nth: int
    when: When
    blow: Callable[[], None]
    counted: int = 0
    blown: asyncio.Event = field(default_factory=asyncio.Event)

    def burns_down(self) -> bool:
        """One more command: is it the one?"""
        self.counted += 1
        return self.counted == self.nth

    def go_off(self) -> None:
        self.blow()
        self.blown.set()


@dataclass(slots=True)
class Tap:
    """One process's way to the store."""

    port: int
    store: int
    fuse: Fuse | None = None
    _doomed: int | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._join, LOOPBACK, self.port)
        try:
            yield
        finally:
            server.close()

    async def _join(self, process: asyncio.StreamReader, to_process: asyncio.StreamWriter) -> None:
        try:
            store, to_store = await asyncio.open_connection(LOOPBACK, self.store)
        except OSError:
            to_process.close()
            return
        ways = [asyncio.create_task(self._commands(process, to_store)), asyncio.create_task(self._answers(store, to_process))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        for end in (to_store, to_process):
            end.close()
        await asyncio.gather(*ways, return_exceptions=True)

    async def _commands(self, process: asyncio.StreamReader, to_store: asyncio.StreamWriter) -> None:
        async for message in _messages(process):
            fuse = self.fuse
            if fuse and _is_counted(message) and fuse.burns_down():
                if fuse.when is When.BEFORE:
                    fuse.go_off()
                    return
                self._doomed = HEADER.unpack_from(message)[1]
            to_store.write(message)

    async def _answers(self, store: asyncio.StreamReader, to_process: asyncio.StreamWriter) -> None:
        async for message in _messages(store):
            if self.fuse and self._doomed is not None and HEADER.unpack_from(message)[2] == self._doomed:
                self._doomed = None
                self.fuse.go_off()
                return
            to_process.write(message)


async def _messages(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Until the line is cut, on whichever side."""
    with suppress(OSError, asyncio.IncompleteReadError):
        while True:
            head = await stream.readexactly(HEADER.size)
            yield head + await stream.readexactly(HEADER.unpack(head)[0] - HEADER.size)


def _is_counted(message: bytes) -> bool:
    name = message[NAME_AT : message.find(b"\0", NAME_AT)]
    return HEADER.unpack_from(message)[3] == OP_MSG and name not in ABOUT_THE_LINE
