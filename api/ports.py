"""Ports on this machine: which are free, which answer, and the ones a data folder had before, so that a restart goes on where it was."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
HIGHEST = 65_535
READY_SECONDS = 5.0

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def answers(port: int) -> bool:
    """Whether anything takes connections there."""
    try:
        async with _line(LOOPBACK, port):
            return True
    except OSError:
        return False


async def is_ready(url: str) -> bool:
    """Whether it also says, on /readyz, that it can work: a server takes connections before it can answer them, and if it never will."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            return await _status(url, "/readyz") == b"200"
    except OSError:
        return False


async def _status(url: str, path: str) -> bytes:
    """Empty if the connection ended without an answer."""
    where = urlsplit(url)
    async with _line(where.hostname or LOOPBACK, where.port or 80) as (reader, writer):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n\r\n".encode())
        _, _, rest = (await reader.readline()).partition(b" ")
        return rest[:3]


@asynccontextmanager
async def _line(host: str, port: int) -> AsyncIterator[Line]:
    """Raises OSError."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def remembered(file: Path, names: Iterable[str]) -> dict[str, int]:
    """A port for each name: the one it had, unless something else has taken it since. Remembers the answer."""
    before = noted(file)
    ports = {name: before[name] if name in before and is_free(before[name]) else free_port() for name in names}
    file.write_text(json.dumps(ports), encoding="utf-8")
    return ports


def noted(file: Path) -> dict[str, int]:
    """What `remembered` answered last; nothing if there is no such file, or it is damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {name: port for name, port in found.items() if _is_port(port)} if isinstance(found, dict) else {}


def _is_port(found: object) -> bool:
    return isinstance(found, int) and 0 < found <= HIGHEST
