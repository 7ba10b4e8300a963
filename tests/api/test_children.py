"""Children have names, logs and last words, and never outlive us."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from api.children import CannotRun, running
from tests.processes import ends_within

ROOT = Path(__file__).parents[2]


async def never() -> bool:
    return False


async def test_one_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "child.log"

    async with running("clock", sys.executable, "-c", "raise SystemExit('no hands')", log=log) as child:
        with pytest.raises(CannotRun) as told:
            await child.until(never, within=20)

    assert str(told.value) == f"The clock stopped by itself (exit code 1); its last words, in {log}: no hands"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("raise ValueError('no hands')", "its last words, in {log}: no hands"),
        ("print('begun'); raise SystemExit('{\"event\": \"no hands\"}')", "what it said is in {log}."),
        ("raise SystemExit(1)", "what it said is in {log}."),
    ],
)
async def test_last_words_are_a_persons(tmp_path: Path, said: str, told: str) -> None:
    log = tmp_path / "log"

    async with running("clock", sys.executable, "-c", said, log=log) as child:
        assert await child.until_it_ends() == "The clock stopped by itself (exit code 1); " + told.format(log=log)


async def test_one_that_is_not_ready_in_time_is_told(tmp_path: Path) -> None:
    async with running("clock", sys.executable, "-c", "import time; time.sleep(60)", log=tmp_path / "log") as child:
        with pytest.raises(CannotRun, match=r"The clock was not ready within 0\.1 seconds"):
            await child.until(never, within=0.1)


async def test_one_that_will_not_stop_is_ended(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    log = tmp_path / "log"

    async with running("clock", sys.executable, "-c", deaf, log=log) as child:
        await child.until(lambda: asyncio.to_thread(log.read_text), within=20)
        await child.stop(grace=0.2)

    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
async def test_none_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = f"""
import asyncio, pathlib, sys
from api.children import running
async def main():
    async with running("clock", sys.executable, "-c", "import time; time.sleep(60)", log=pathlib.Path({str(tmp_path / "log")!r})) as child:
        print(child.pid, flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", parent, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    pid = int(await process.stdout.readline())

    process.kill()
    await process.wait()

    assert ends_within(10, pid)
