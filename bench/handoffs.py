"""What one worker hands over in a second, when many cases are due at once and every department decides on the spot."""

import asyncio
import os
import signal
from datetime import datetime

from bench.crowd import Member, plant
from bench.figures import Figures
from bench.house import House, house
from bench.processes import cpu_seconds
from domain.cases.case import Case
from domain.clock import system_now
from integrations.mongo.cases import CASES
from integrations.mongo.leases import LONG_AGO

CROWD = 60
ITEMS = ("normal-retirement", "deemed-years", "medical-deemed-years", "household-check")
"""Without the pension: its certificate takes half a second of a core, which is another matter."""
LOOKS, LOOK_SECONDS = 60, 1.5
ERRANDS = frozenset({"item-decided", "notice-sent"})


async def measure() -> Figures:
    async with house() as home:
        worker, store = home.children["worker"].pid, home.children["document store"].pid
        os.kill(worker, signal.SIGSTOP)
        crowd = await plant(home, CROWD, items=ITEMS, due=True)
        before = [cpu_seconds(pid) for pid in (worker, store)]
        let_go = system_now()
        os.kill(worker, signal.SIGCONT)
        cases = await _finished(home, crowd)
        used = [cpu_seconds(pid) - earlier for pid, earlier in zip((worker, store), before, strict=True)]
    return _figures(cases, let_go, worker_cpu=used[0], store_cpu=used[1])


async def _finished(home: House, crowd: list[Member]) -> list[Case]:
    """Looked at now and then only: the store is what the worker waits for most."""
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_SECONDS)
        if await home.made.database[CASES.name].find_one({"next_due": {"$gt": LONG_AGO}}, {"_id": 1}) is None:
            break
    found = [await home.made.cases.one(member.case.id) for member in crowd]
    return [case for case in found if case]


def _figures(cases: list[Case], let_go: datetime, *, worker_cpu: float, store_cpu: float) -> Figures:
    done = sorted(step.at for case in cases for step in case.history if step.kind in ERRANDS)
    handed = sum(step.kind == "item-decided" for case in cases for step in case.history)
    seconds = (done[-1] - let_go).total_seconds()
    rows = [
        (what, f"{count}", f"{count / seconds:.0f}", f"{1000 * worker_cpu / count:.1f}", f"{1000 * store_cpu / count:.1f}")
        for what, count in (("hand-offs", handed), ("with messages", len(done)))
    ]
    notes = (
        f"{len(cases)} cases of {len(ITEMS)} items due at once, one worker, the embedded store; done {seconds:.1f} s after it was let go.",
    )
    return Figures("One worker", ("", "done", "per second", "worker CPU ms", "store CPU ms"), rows, notes)
