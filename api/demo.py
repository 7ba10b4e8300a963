"""`make demo`: stores, mock outside systems, worker and API on this machine, as children of one process.

Started in that order and stopped in the other. Nothing is started again silently: if one of them ends, so does the demonstration.
"""

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from api.children import CannotRun, Child, running
from api.development import PARTS, PORTS_FILE, environment, has_lost_its_store
from api.embedded import document_store, message_store
from api.ports import LOOPBACK, answers, is_free, is_ready, remembered
from api.settings import PREFIX, Settings

START_SECONDS = 60.0
SUPERVISORS = Path(__file__).parents[1] / "mocks" / "supervisors.toml"
IN_THE_WAY: Mapping[type[OSError], str] = {
    FileExistsError: "there is a file where a folder has to be",
    NotADirectoryError: "there is a file where a folder has to be",
    IsADirectoryError: "there is a folder where a file has to be",
}


def demo(*, port: int, data: Path) -> int:
    """The exit code."""
    try:
        return asyncio.run(_until_stopped(port, data.resolve()))
    except CannotRun as why:
        print(why, file=sys.stderr)
    except OSError as error:
        print(_told(error), file=sys.stderr)
    return 1


def _told(error: OSError) -> str:
    """Wherever in the data folder it happened: what is there is a person's to move."""
    why = IN_THE_WAY.get(type(error), error.strerror)
    if error.filename:
        return f"{error.filename} cannot be used: {why}. Move it away, or choose another folder (DATA=…)."
    return f"The demonstration cannot run: {why}."


async def _until_stopped(port: int, data: Path) -> int:
    _cancel_on_signals(asyncio.current_task())
    say = Console(highlight=False, soft_wrap=True)
    try:
        if not is_free(port):
            raise CannotRun(f"Port {port} is in use, or not ours to use; choose another one (PORT=…).")
        with sole_use(data):
            async with everything(port, data, say) as children:
                say.print(f"ready http://{LOOPBACK}:{port}")
                raise CannotRun(await first_to_end(children))
    except asyncio.CancelledError:
        say.print("stopped")
        return 0


def _cancel_on_signals(task: "asyncio.Task[int] | None") -> None:
    """The first signal cancels; later ones must not disturb the stopping."""
    loop = asyncio.get_running_loop()

    def cancel() -> None:
        for later in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(later, lambda: None)
        if task:
            task.cancel()

    for first in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(first, cancel)


@contextmanager
def sole_use(data: Path) -> Iterator[None]:
    """Two demonstrations must never share a folder. Raises CannotRun."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "lock").open("w", encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{data} cannot be used as a data folder: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(f"Another demonstration uses {data}; stop it, or choose another folder (DATA=…).") from None
        yield


@asynccontextmanager
async def everything(port: int, data: Path, say: Console) -> AsyncIterator[list[Child]]:
    """All of it, ready, each thing told in a line. Raises CannotRun, BadSettings, OSError."""
    url = f"http://{LOOPBACK}:{port}"
    ports, begins_anew = remembered(data / PORTS_FILE, PARTS), has_lost_its_store(data)
    settings = _without_ours(os.environ) | environment(data, port=port, ports=ports)
    Settings.from_environment(settings)  # what is damaged is told before anything is started
    if begins_anew:
        say.print(f"{escape(str(data / 'store'))} is empty: beginning anew.")
    async with AsyncExitStack() as stack:
        children: list[Child] = []

        def tell(child: Child, where: str) -> None:
            children.append(child)
            say.print(f"[bold]{child.name:<22}[/bold]{escape(where)}")

        async def started(name: str, *arguments: str) -> Child:
            log = data / "logs" / f"{name.lower().replace(' ', '-')}.log"
            return await stack.enter_async_context(running(name, sys.executable, "-u", "-m", *arguments, log=log, environment=settings))

        mocks = await started("mock outside systems", "mocks", "serve", *_mocks_arguments(port, data, ports["mocks"]))
        tell(await stack.enter_async_context(document_store(data, port=ports["store"])), f"mongodb://{LOOPBACK}:{ports['store']}")
        tell(await stack.enter_async_context(message_store(data, port=ports["valkey"])), f"redis://{LOOPBACK}:{ports['valkey']}")
        worker = await started("worker", "api", "worker")
        api = await started("API", "api", "serve")
        appointing = await started("first supervisors", "api", "appoint", str(SUPERVISORS))
        await mocks.until(lambda: answers(ports["mocks"]), within=START_SECONDS)
        tell(mocks, f"http://{LOOPBACK}:{ports['mocks']}")
        await worker.until(lambda: answers(ports["worker"]), within=START_SECONDS)
        tell(worker, f"http://{LOOPBACK}:{ports['worker']}/metrics")
        await api.until(lambda: is_ready(url), within=START_SECONDS)
        tell(api, f"{url}/graphql")
        if await appointing.process.wait():
            raise CannotRun(appointing.ended())
        if gone := [child for child in children if child.process.returncode is not None]:
            raise CannotRun(gone[0].ended())
        yield children


def _mocks_arguments(port: int, data: Path, at: int) -> tuple[str, ...]:
    """Departments call back to where the API is now, also for what was handed to them on another port."""
    return ("--port", str(at), "--data", str(data), "--callback-base", f"http://{LOOPBACK}:{port}")


def _without_ours(outer: "os._Environ[str]") -> dict[str, str]:
    """Settings of the terminal must not leak into the demonstration."""
    return {name: value for name, value in outer.items() if not name.startswith(PREFIX)}


async def first_to_end(children: list[Child]) -> str:
    ends = [asyncio.create_task(child.until_it_ends()) for child in children]
    done, others = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()
    return done.pop().result()
