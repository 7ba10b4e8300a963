"""The demonstration itself: one command, everything there, everything gone again."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Sequence
from pathlib import Path

import httpx2
import pytest

from api.ports import free_port
from mocks.phone import Phone
from tests.demonstration import ROOT, demonstration
from tests.processes import children, ends_within

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc, and ends children with their parent")


async def status(url: str) -> int:
    async with httpx2.AsyncClient(trust_env=False) as client:
        return (await client.get(url)).status_code


async def told_by(*command: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "api", *command, cwd=ROOT, stdout=PIPE)
    told, _ = await process.communicate()
    return process.returncode, told.decode()


async def ended(command: Sequence[str], *, within: float) -> tuple[int | None, str]:
    """(exit code, what it said)."""
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=STDOUT)
    try:
        told, _ = await asyncio.wait_for(process.communicate(), within)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.wait()
    return process.returncode, told.decode()


def left_of(parts: list[int], *, within: float = 0) -> list[int]:
    return [pid for pid in parts if not ends_within(within, pid)]


@pytest.mark.row("B20")
async def test_one_command_starts_everything_and_if_one_part_ends_so_do_all(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as show:
        parts = children(show.process.pid)
        assert [line.split("  ")[0] for line in show.said[:-1]] == ["document store", "Valkey", "mock outside systems", "worker", "API"]
        assert await status(f"{show.url}/readyz") == 200

        os.kill(show.child("api", "worker"), signal.SIGKILL)

        assert await asyncio.wait_for(show.process.wait(), 30) == 1
        assert (await show.process.stderr.read()).startswith(b"The worker stopped by itself (exit code -9)")
        assert left_of(parts) == []


LOOPBACK_ONLY = """import errno, fcntl, os, socket, struct, sys
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sH14x", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP
assert socket.socket(type=socket.SOCK_DGRAM).connect_ex(("192.0.2.1", 9)) == errno.ENETUNREACH
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"""
WITHOUT_NETWORK = ("unshare", "--net", "--map-root-user", sys.executable, "-c", LOOPBACK_ONLY)
"""Python in a network namespace of its own, in which there is a loopback and no way out."""


@pytest.mark.row("B20")
@pytest.mark.skipif(shutil.which("unshare") is None, reason="there is no program unshare on this machine")
async def test_without_a_network_it_starts_and_a_person_retires(tmp_path: Path) -> None:
    code, why = await ended([*WITHOUT_NETWORK, "-c", "pass"], within=30)
    if code != 0:
        pytest.skip(f"this machine gives us no network namespace of our own: {why}")

    code, told = await ended(
        [*WITHOUT_NETWORK, "-m", "mocks", "journey", "--port", str(free_port()), "--folder", str(tmp_path)], within=120
    )

    assert code == 0, told
    assert "张守田退休了" in told
    assert (tmp_path / "certificate-zhang.pdf").is_file()


async def test_killed_it_leaves_nothing_behind_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as show, Phone(show.url) as phone:
        parts = children(show.process.pid)
        await phone.sign_in("zhang")

        await show.stopped(signal.SIGKILL)

        assert left_of(parts, within=10) == []

    async with demonstration(tmp_path) as again, Phone(again.url) as later:
        parts = children(again.process.pid)
        later.refresh_token = phone.refresh_token
        await later.refresh()
        assert await told_by("verify-history", "--data", str(tmp_path)) == (0, "Every history is whole.\n")

        assert await again.stopped(signal.SIGTERM) == 0
        assert left_of(parts) == []
