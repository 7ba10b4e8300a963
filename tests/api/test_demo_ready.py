"""`ready` is said when the API answers that it can work, and not when its port merely takes connections."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from api.children import CannotRun, running
from api.ports import LOOPBACK, free_port, is_ready

ROOT = Path(__file__).parents[2]
LISTENS_AND_ENDS = """
import os, socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listening:
    while not listening.accept()[0].recv(1024):
        pass
print("no hands", flush=True)
os._exit(3)
"""
"""Whoever only connects is let go again; whoever asks something sees it end."""


@asynccontextmanager
async def server(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Its URL, and what it was asked."""
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(talk, LOOPBACK, 0) as listening:
        yield f"http://{LOOPBACK}:{listening.sockets[0].getsockname()[1]}", asked


async def test_it_is_asked_by_the_name_that_it_lets_in() -> None:
    async with server(b"HTTP/1.1 200 OK\r\n\r\n") as (url, asked):
        assert await is_ready(url)

    assert asked == [f"GET /readyz HTTP/1.1\r\nHost: {url.removeprefix('http://')}\r\nConnection: close\r\n\r\n".encode()]


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 503 Service Unavailable\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9\r\n", b""]
)
async def test_anything_but_200_is_not_ready(answer: bytes) -> None:
    async with server(answer) as (url, _):
        assert not await is_ready(url)


async def test_where_nothing_listens_nothing_is_ready() -> None:
    assert not await is_ready(f"http://{LOOPBACK}:{free_port()}")


async def test_a_child_that_takes_connections_and_ends_was_never_ready(tmp_path: Path) -> None:
    port = free_port()

    async with running("API", sys.executable, "-c", LISTENS_AND_ENDS, str(port), log=tmp_path / "log") as child:
        with pytest.raises(CannotRun, match=r"The API stopped by itself \(exit code 3\); its last words, in .*: no hands$"):
            await child.until(partial(is_ready, f"http://{LOOPBACK}:{port}"), within=60)


async def told_until_ready_or_over(*command: str, **environment: str) -> tuple[list[str], str, int | None]:
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | environment, stdout=PIPE, stderr=PIPE)
    lines: list[str] = []
    while line := (await process.stdout.readline()).decode():
        lines.append(line)
        if line.startswith("ready"):
            process.terminate()
    return lines, (await process.stderr.read()).decode(), await process.wait()


async def test_a_demonstration_whose_api_never_answers_does_not_say_that_it_is_ready(tmp_path: Path) -> None:
    impostor = (
        "import os, sys\nif sys.orig_argv[-2:] == ['api', 'serve']:\n    sys.argv = ['', os.environ['ZHANGBAN_PORT']]\n    exec(SCRIPT)\n"
    )
    (tmp_path / "sitecustomize.py").write_text(f"SCRIPT = {LISTENS_AND_ENDS!r}\n{impostor}", encoding="utf-8")
    port, data = free_port(), tmp_path / "data"

    command = (sys.executable, "-m", "api", "demo", "--port", str(port), "--data", str(data))
    said, complained, code = await told_until_ready_or_over(*command, PYTHONPATH=str(tmp_path))

    assert [line.split("  ")[0] for line in said] == ["document store", "Valkey", "mock outside systems", "worker"]
    assert complained == f"The API stopped by itself (exit code 3); its last words, in {data / 'logs' / 'api.log'}: no hands\n"
    assert code == 1
