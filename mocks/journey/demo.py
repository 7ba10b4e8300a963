"""Somewhere to travel: the demonstration that is running already, or one of our own for as long as the journey lasts."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from mocks import documents

ROOT = Path(__file__).parents[2]
TETHER = ROOT / "api" / "tether.py"
ANSWER_SECONDS = 15.0
START_SECONDS = 90.0
STOP_SECONDS = 20.0


class CannotStart(Exception):
    """The demonstration did not come up; its own words say why."""


async def answers(url: str) -> bool:
    """Whether a 掌办 is there, and not something else on its port."""
    async with httpx2.AsyncClient(base_url=url, timeout=ANSWER_SECONDS, trust_env=False) as client:
        try:
            told = (await client.post("/graphql", json={"query": documents.NOW})).json()
        except (httpx2.HTTPError, ValueError):
            return False
    return isinstance(told, dict) and "now" in (told.get("data") or {})


@asynccontextmanager
async def own_demo() -> AsyncIterator[str]:
    """The base URL of a fresh one, which ends with us, however we do. Raises CannotStart."""
    with TemporaryDirectory(prefix="zhangban-", ignore_cleanup_errors=True) as data:
        command = (sys.executable, "-m", "api", "demo", "--port", str(_free_port()), "--data", data)
        tethered = (sys.executable, "-I", "-S", TETHER, str(os.getpid()), *command)
        child = await asyncio.create_subprocess_exec(*tethered, cwd=ROOT, stdout=PIPE, stderr=STDOUT)
        try:
            url = await _ready(child)
            draining = asyncio.create_task(_drain(child))
            yield url
            draining.cancel()
        finally:
            await _stop(child)


async def _ready(child: Process) -> str:
    said: list[str] = []
    try:
        async with asyncio.timeout(START_SECONDS):
            while line := await _line(child):
                said.append(line)
                if line.startswith("ready "):
                    return line.removeprefix("ready ")
    except TimeoutError:
        said.append(f"(nothing was ready after {START_SECONDS:.0f} seconds)")
    raise CannotStart("\n".join(said[-5:]))


async def _line(child: Process) -> str:
    return (await child.stdout.readline()).decode(errors="replace").rstrip() if child.stdout else ""


async def _drain(child: Process) -> None:
    while child.stdout and await child.stdout.read(65536):
        pass


async def _stop(child: Process) -> None:
    if child.returncode is not None:
        return
    child.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
