"""Ports on this machine: which are free, which answer, and the ones a data folder had before, so that a restart goes on where it was."""

import asyncio
import json
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"


async def answers(port: int) -> bool:
    """Whether anything takes connections there."""
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


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
    return {name: port for name, port in found.items() if isinstance(port, int)} if isinstance(found, dict) else {}
