"""The demonstration, once set up: from the command to `ready`, and where the time goes."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from api.children import CannotRun
from api.ports import free_port
from bench.figures import Figures, spread

RUNS = 3
READY = "ready"
IMPORTS = {
    "document store": "secantus.__main__",
    "mock outside systems": "mocks.serve",
    "worker": "api.worker",
    "API": "api.app",
}
"""The module that holds most of what the part is waited for."""

Told = list[tuple[str, float]]
"""What was told to be there, and after how many seconds."""


async def measure() -> Figures:
    with TemporaryDirectory(prefix="zhangban-bench-", ignore_cleanup_errors=True) as folder:
        await _run(Path(folder))  # makes keys and collections; "once set up" begins after it
        runs = [await _run(Path(folder)) for _ in range(RUNS)]
    rows = [(name, *spread([told[place][1] for told in runs]), _step(runs, place)) for place, (name, _) in enumerate(runs[0])]
    imports = [f"{name} {await _import_seconds(module):.1f}" for name, module in IMPORTS.items()]
    notes = (
        f"{RUNS} runs in a folder that was there before. The stand-ins start beside the stores, then worker and API at once.",
        f"Seconds of one core that only importing takes: {', '.join(imports)}.",
    )
    return Figures("make demo, from the command to ready", ("seconds until", "least", "median", "most", "step"), rows, notes)


def _step(runs: list[Told], place: int) -> str:
    """The median of what this line took after the one before."""
    return f"+{median(told[place][1] - (told[place - 1][1] if place else 0.0) for told in runs):.1f}"


async def _run(folder: Path) -> Told:
    told: Told = []
    began = perf_counter()
    async with _demonstration(folder) as process:
        assert process.stdout
        while not told or told[-1][0] != READY:
            line = (await process.stdout.readline()).decode()
            if not line:
                raise CannotRun("The demonstration did not become ready.")
            told.append((line.split("  ")[0].split(" http")[0], perf_counter() - began))
    return told


@asynccontextmanager
async def _demonstration(folder: Path) -> AsyncIterator[Process]:
    command = (sys.executable, "-m", "api", "demo", "--port", str(free_port()), "--data", str(folder))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _import_seconds(module: str) -> float:
    before = os.times()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", f"import {module}")
    await process.wait()
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
