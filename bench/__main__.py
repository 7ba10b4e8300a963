"""`python -m bench` runs every measurement, `python -m bench NAME…` those; `make bench`."""

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from time import monotonic

from api.children import CannotRun
from bench.figures import Figures, console, show

MEASUREMENTS = {
    "page": "CPU and requests/s of the largest page, beside a bare endpoint",
    "guide": "the guide's questions, items and reasons, beside a bare endpoint",
    "policy": "forecast and estimate in a second, and the catalogues at start",
    "progress": "from a department's callback to the subscriber's socket; memory of a subscription",
    "start": "the demonstration, from the command to ready",
    "handoffs": "what one worker hands over in a second",
    "due": "what finding a due case reads and takes, among 1,000 and among 100,000",
    "looks": "keeping who looked: beside a bare insertion, and as a share of the request",
    "access": "knowing who acts in which capacity, and keeping who looked, as a share of the request",
    "spreadsheets": "reading and importing a list of 1,000 employees, and refusing one of 100,000",
    "clients": "a helper's search among 10,000 clients: reads, and time beside one bare reading",
    "places": "memory of the divisions, an import of all of them, and a drop-down",
}

Measure = Callable[[], Awaitable[Figures]]


def main(arguments: Sequence[str] | None = None) -> int:
    listed = "\n".join(f"  {name:<14}{what}" for name, what in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, epilog=listed, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; without any, all")
    names = parser.parse_args(arguments).names or list(MEASUREMENTS)
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        parser.error(f"there is no measurement called {', '.join(unknown)}")
    try:
        asyncio.run(_run(names))
    except CannotRun as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


async def _run(names: Sequence[str]) -> None:
    on = console()
    on.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before we began")
    for name in names:
        began, measure = monotonic(), _measure(name)
        figures = await measure()
        show(figures, on)
        on.print(f"  took {monotonic() - began:.0f} s", style="dim")


def _measure(name: str) -> Measure:
    found: Measure = import_module(f"bench.{name}").measure
    return found


if __name__ == "__main__":
    sys.exit(main())
