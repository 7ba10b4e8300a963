"""The embedded store, without its sweep of what has expired: tests live on a day of their own, and by the real clock that is past.

`python -m tests.store PORT FOLDER`.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from secantus.server import SecantusDBServer

from api.children import Child, running
from api.ports import LOOPBACK, answers

START_SECONDS = 60.0
NEVER = 10.0**8
"""Seconds; some three years."""


@asynccontextmanager
async def unswept_store(folder: Path, *, port: int) -> AsyncIterator[Child]:
    command = (sys.executable, "-m", "tests.store", str(port), folder / "store")
    async with running("document store", *command, log=folder / "logs" / "store.log") as child:
        await child.until(lambda: answers(port), within=START_SECONDS)
        yield child


def main(port: int, folder: str) -> None:
    server = SecantusDBServer(LOOPBACK, port, folder, sync_on_commit=True, enable_test_commands=False, ttl_sweep_seconds=NEVER)
    server.start()
    server.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
