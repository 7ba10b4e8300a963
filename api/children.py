"""Child processes of the demonstration: each has a name and a log, none outlives us, and one that fails is told in a sentence."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")
GRACE_SECONDS = 15.0
LOOK_EVERY_SECONDS = 0.02
LONGEST_QUOTE = 300
_EXCEPTION = re.compile(r"^[\w.]*(Error|Exception): ")


class CannotRun(Exception):
    """Why the demonstration cannot start or go on, as one sentence for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: asyncio.subprocess.Process
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    async def until(self, ready: Callable[[], Awaitable[object]], *, within: float) -> None:
        """Wait until it is ready. Raises CannotRun once it has ended, or takes too long."""
        try:
            async with asyncio.timeout(within):
                while not await ready():
                    if self.process.returncode is not None:
                        raise CannotRun(self.ended())
                    await asyncio.sleep(LOOK_EVERY_SECONDS)
        except TimeoutError:
            raise CannotRun(f"The {self.name} was not ready within {within:g} seconds; what it said is in {self.log}.") from None

    async def until_it_ends(self) -> str:
        await self.process.wait()
        return self.ended()

    def ended(self) -> str:
        words = _last_words(self.log.read_text(encoding="utf-8", errors="replace"))
        where = f"its last words, in {self.log}: {words}" if words else f"what it said is in {self.log}."
        return f"The {self.name} stopped by itself (exit code {self.process.returncode}); {where}"

    async def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Ask it to stop; end it if it does not."""
        if self.process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), grace)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


def _last_words(said: str) -> str:
    """As a person would say them: neither a line of JSON nor the name of an exception. Both are in the log for whoever asks."""
    last = next((line.strip() for line in reversed(said.split("\n")) if line.strip()), "")
    return "" if last.startswith("{") else _EXCEPTION.sub("", last)[:LONGEST_QUOTE]


@asynccontextmanager
async def running(name: str, *command: str | Path, log: Path, environment: Mapping[str, str] | None = None) -> AsyncIterator[Child]:
    """The command as a child in a session of its own, so that Ctrl-C reaches us alone and we stop things in order."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", TETHER, str(os.getpid()), *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env=environment,
        )
    child = Child(name, process, log)
    try:
        yield child
    finally:
        await child.stop()
