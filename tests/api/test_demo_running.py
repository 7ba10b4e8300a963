"""The demonstration itself: one command, everything there, everything gone again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import httpx2
import pytest

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
