"""`python -m mocks serve` as a process: one line when ready, real sockets, kill -9, a clean end."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from domain.ports import Decided, NoAnswer, Working
from integrations.departments import HttpDepartments, departments
from integrations.http import Limits, Wiring
from mocks.serve import serve, wall_clock
from tests.mocks.world import SECRETS, URL, a_handoff, a_world

ROOT = Path(__file__).parents[2]
READY = b"mock outside systems ready "


@dataclass(frozen=True)
class Served:
    process: asyncio.subprocess.Process
    url: str

    def departments(self) -> HttpDepartments:
        wiring = Wiring(limits=Limits(attempts=1))
        callback = "http://127.0.0.1:9/callbacks/departments/{department}"
        return departments(f"{self.url}/departments/{{department}}", secrets=SECRETS, callback=callback, now=wall_clock, wiring=wiring)

    async def ended_by(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), 10)


@asynccontextmanager
async def served(data: Path) -> AsyncIterator[Served]:
    command = (sys.executable, "-m", "mocks", "serve", "--data", str(data))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        assert line.startswith(READY)
        yield Served(process, line.removeprefix(READY).decode().strip())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_ledger_survives_kill_9_and_the_server_ends_cleanly(tmp_path: Path) -> None:
    async with served(tmp_path) as first, httpx2.AsyncClient(base_url=first.url) as anybody:
        clients = first.departments()
        decided = await clients.hand_off(a_handoff())
        await anybody.post("/departments/police/_behave", json={"outage": "drop"})
        with pytest.raises(NoAnswer, match="broke off"):
            await clients.hand_off(a_handoff("case-1.household-check.1", item="household-check", department="police"))
        await anybody.post("/departments/hrss/_behave", json={"after_ms": 3_600_000})
        accepted = await clients.hand_off(a_handoff("case-2.pension.1"))
        await clients.close()
        assert await first.ended_by(signal.SIGKILL) == -signal.SIGKILL

    async with served(tmp_path) as second:
        clients = second.departments()
        answers = [await clients.hand_off(a_handoff(key)) for key in ("case-1.pension.1", "case-2.pension.1")]
        await clients.close()
        exit_code = await second.ended_by(signal.SIGTERM)

    assert isinstance(decided, Decided)
    assert accepted == Working(1)
    assert (answers, exit_code) == ([decided, accepted], 0)


@pytest.mark.parametrize(
    "where", ["identity", "mini-program", "licences", "registers", "messages", *(f"departments/{code}" for code in SECRETS)]
)
async def test_every_stand_in_is_there_and_can_be_told_how_to_behave(where: str) -> None:
    async with a_world() as world:
        assert (await world.ask("GET", f"/{where}/_behave")).json()["outage"] is None


async def test_the_identity_platform_knows_where_it_is_served() -> None:
    async with a_world() as world:
        found = (await world.ask("GET", "/identity/.well-known/openid-configuration")).json()

    assert found["issuer"] == f"{URL}/identity"


def test_a_port_in_use_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert serve(port=port, data=None, callback_base=None) == 1

    assert capsys.readouterr().err == f"The mock outside systems cannot listen on port {port}: Address already in use.\n"
