"""The whole product running, as `make demo` runs it, for tests that ask only what a phone could ask."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from api.ports import free_port
from tests.processes import children, command_line

ROOT = Path(__file__).parents[1]


class Show:
    """A demonstration that is ready, and what it said until then."""

    def __init__(self, process: Process, said: list[str], data: Path) -> None:
        self.process = process
        self.said = said
        self.data = data
        self.url = said[-1].removeprefix("ready ")
        self.outside = next(line.split()[-1] for line in said if line.startswith("mock outside systems"))

    def child(self, *words: str) -> int:
        """The process id of the child whose command line ends so."""
        return next(pid for pid in children(self.process.pid) if command_line(pid)[-len(words) :] == list(words))

    async def operator(self, command: str, *about: str) -> tuple[int, str]:
        """The exit code of a command of ours on this demonstration, and what it said."""
        asked = (sys.executable, "-m", "api", command, *about, "--data", str(self.data))
        process = await asyncio.create_subprocess_exec(*asked, cwd=ROOT, stdout=PIPE, stderr=STDOUT)
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode().strip()

    async def stopped(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 30)


@asynccontextmanager
async def demonstration(data: Path) -> AsyncIterator[Show]:
    command = (sys.executable, "-m", "api", "demo", "--port", str(free_port()), "--data", str(data))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE)
    try:
        yield Show(process, await asyncio.wait_for(_said_until_ready(process), 60), data)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _said_until_ready(process: Process) -> list[str]:
    said: list[str] = []
    while not said or not said[-1].startswith("ready "):
        line = await process.stdout.readline()
        assert line, f"{said}, then {(await process.stderr.read()).decode()}"
        said.append(line.decode().rstrip())
    return said
