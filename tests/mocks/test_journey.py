"""Is the story told rightly, and does it say which step did not happen?"""

import asyncio
import fcntl
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import segno
from rich.console import Console

from api.ports import free_port
from mocks.journey import main
from mocks.journey.pictures import item_tree, paper, scannable
from mocks.journey.story import Journey
from mocks.journey.submitting import submit
from mocks.journey.travellers import LATER, CannotBeTold, traveller
from mocks.journey.voice import Voice
from mocks.people import RETIREES
from tests.mocks.scripted import Scripted
from tests.processes import children, ends_within
from tests.security.live import serving

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
WAYS = {"gao": "SPECIAL_POST", "sun": "DISABILITY"}


def test_everybody_of_the_ten_is_told_and_says_what_is_told_later() -> None:
    assert LATER.keys() == RETIREES.keys()
    assert [key for key in RETIREES if traveller(key).later != LATER[key]] == []


@pytest.mark.parametrize("key", ["nobody-of-that-name", "", "anyone", "anyone-8-DOG_TAG"])
def test_a_story_of_nobody_cannot_be_told(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--person", key])

    assert code == 2
    with pytest.raises(CannotBeTold) as why:
        traveller(key)
    assert str(why.value) in capsys.readouterr().out


@pytest.mark.parametrize("key", [*RETIREES, "anyone-8", "anyone-9"])
def test_whoever_is_named_instead_can_be_told(key: str) -> None:
    with pytest.raises(CannotBeTold) as why:
        traveller("nobody")

    assert key in str(why.value)
    assert traveller(key).answers["retirement-kind"] == WAYS.get(key, "NORMAL")


async def test_the_step_that_did_not_happen_is_named_and_the_journey_fails(capsys: pytest.CaptureFixture[str]) -> None:
    server = Scripted(good_tokens={""}, identity="/nowhere")

    async with serving(server.app) as (_, port):
        code = await asyncio.to_thread(main, ["--port", str(port)])

    told = capsys.readouterr().out
    assert code == 1
    assert "这一步没有做成：登录" in told
    assert "the way to the ticket ended" in told


def test_the_drawn_code_is_the_code() -> None:
    url = "http://127.0.0.1:8000/check/ABCD-EFGH"
    modules = [[bool(module) for module in row] for row in segno.make(url, error="m", micro=False).matrix_iter(border=2)]

    lines = scannable(url).plain.split("\n")

    drawn = [[letter in bright for letter in line] for line in lines for bright in ("█▀", "█▄")]
    assert drawn[: len(modules)] == modules


def test_an_item_stands_below_what_it_waits_for() -> None:
    tree = item_tree({"statusText": "办理中", "items": [item("medical", "pension"), item("pension", "age"), item("age"), item("police")]})

    assert [str(child.label)[2:5] for child in tree.children] == ["age", "pol"]
    assert str(tree.children[0].children[0].children[0].label)[2:9] == "medical"


def item(code: str, *waits_for: str) -> Json:
    waited = [{"id": each} for each in waits_for]
    return {"id": code, "title": code, "status": "WAITING", "statusText": "等待", "department": {"name": "人社"}, "waitsFor": waited}


def test_the_paper_is_a_picture() -> None:
    assert paper("招工登记表").startswith(b"\x89PNG")


# ---------------------------------------------------------------- waiting


def case(turn: str, **of_medical: str) -> Json:
    items = [{**item("pension"), "status": "DONE"}, {**item("medical"), **of_medical}]
    return {"id": "case-1", "status": "DONE", "statusText": "办理中", "turn": turn, "items": items}


class Terminal(StringIO):
    """`asked`: once it was told what is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    def write(self, text: str) -> int:
        if "还在等" in text:
            self.asked.set()
        return super().write(text)


class SlowPhone:
    """It hears of the case as it is at first; when it `may`, as it is at last; and then nothing more, unless that was the end."""

    def __init__(self, first: Json, last: Json, *, may: asyncio.Event, ends: bool) -> None:
        self.first, self.last = first, last
        self.may = may
        self.ends = ends

    async def watch(self, id: str, *, after: int) -> AsyncGenerator[Json, None]:
        yield {"steps": [], "case": self.first}
        yield {"steps": [], "case": self.first}
        await self.may.wait()
        yield {"steps": [], "case": self.last}
        if not self.ends:
            await asyncio.Event().wait()

    async def query(self, document: str, variables: Json) -> Json:
        return {"case": self.last}


def watching(phone: SlowPhone, out: Terminal) -> Journey:
    return Journey(phone, Voice(Console(file=out, width=200)), traveller("zhang"), Path(), case=phone.first)


async def test_when_nothing_happens_it_says_what_it_waits_for() -> None:
    out = Terminal()
    phone = SlowPhone(case("OURS", status="HANDED_OFF"), case("OVER"), may=out.asked, ends=True)

    await submit(watching(phone, out), quiet=0.05, notices=3600)

    assert "0.05 秒没有新的一步，还在等：人社的“medical”。" in out.getvalue()


async def test_nobody_waits_for_a_notice_that_does_not_arrive() -> None:
    out = Terminal()
    out.asked.set()

    await submit(watching(SlowPhone(case("OURS"), case("OVER"), may=out.asked, ends=False), out), quiet=3600, notices=0.05)

    assert "还有通知没有送达" in out.getvalue()


async def test_what_goes_on_is_not_commented() -> None:
    out = Terminal()
    out.asked.set()

    await submit(watching(SlowPhone(case("OURS"), case("OVER"), may=out.asked, ends=True), out), quiet=3600, notices=3600)

    assert "还在等" not in out.getvalue()
    assert "没有送达" not in out.getvalue()


# ---------------------------------------------------------------- stopping


async def setting_out(folder: Path) -> tuple[Process, BinaryIO]:
    """A journey with a demonstration of its own, and what it says: it cannot go on for long while nobody listens."""
    (folder / "tmp").mkdir()
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    command = (sys.executable, "-u", "-m", "mocks", "journey", "--port", str(free_port()), "--folder", str(folder))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | {"TMPDIR": str(folder / "tmp")}, stdout=writing)
    os.close(writing)
    return process, os.fdopen(reading, "rb", buffering=0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc, small pipes, and ends children with their parent")
@pytest.mark.parametrize(("how", "code", "left"), [(signal.SIGTERM, 143, 0), (signal.SIGKILL, -9, 1)])
async def test_its_own_demonstration_never_outlives_it(tmp_path: Path, how: signal.Signals, code: int, left: int) -> None:
    process, said = await setting_out(tmp_path)
    with said:
        while "在 http" not in (line := (await asyncio.to_thread(said.readline)).decode()):
            assert line, "it ended before it had a demonstration"
        demonstration = children(process.pid)
        parts = [*demonstration, *(part for pid in demonstration for part in children(pid))]

        process.send_signal(how)
        await asyncio.to_thread(said.read)

    assert await process.wait() == code
    assert len(parts) == 6
    assert [pid for pid in parts if not ends_within(10, pid)] == []
    assert len(list((tmp_path / "tmp").iterdir())) == left


STOPS_SLOWLY = """
import asyncio, sys
from mocks.journey.stopping import until_stopped
async def journey():
    try:
        print("under way", flush=True)
        await asyncio.Event().wait()
    finally:
        print("stopping", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        print("stopped", flush=True)
sys.exit(asyncio.run(until_stopped(journey())))
"""


@pytest.mark.parametrize(("first", "second", "code"), [(signal.SIGINT, signal.SIGTERM, 130), (signal.SIGTERM, signal.SIGINT, 143)])
async def test_a_second_signal_does_not_disturb_the_stopping(first: signal.Signals, second: signal.Signals, code: int) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STOPS_SLOWLY, cwd=ROOT, stdin=PIPE, stdout=PIPE)

    assert await process.stdout.readline() == b"under way\n"
    process.send_signal(first)
    assert await process.stdout.readline() == b"stopping\n"
    process.send_signal(second)
    rest, _ = await process.communicate(b"\n")

    assert (rest, process.returncode) == (b"stopped\n", code)
