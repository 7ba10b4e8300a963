"""The divisions: what the tree takes in memory, as it is shipped and if everything were held; what an import takes, and a drop-down.

The full official table is not in this repository. One of its size is made up: real counties, each with as many towns and villages.
"""

import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from api.divisions import checked, imported
from api.embedded import document_store
from api.ports import LOOPBACK, free_port
from bench.figures import Figures
from domain.clock import day_in_china, system_now
from domain.places.divisions import COUNTY, Divisions, divisions
from domain.places.held import MOST, RecentCounties
from domain.places.places import Places
from domain.places.table import counties
from integrations.catalogue_files import load
from integrations.division_files import rows_of, shipped
from integrations.mongo.collections import apply
from integrations.mongo.database import Database, connect, database
from integrations.mongo.divisions import DIVISIONS, MongoDivisions

TOWNS, VILLAGES = 14, 15
"""Of each county: 41,720 and 625,800 in all; the official table of 2023 has 41,352 and 620,573."""
TIMES = 200
SAMPLE = "450103"

Hant = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Drawer:
    """One drop-down as a person opens it."""

    name: str
    parent: str | None = None
    search: str | None = None
    anew: bool = False
    """Nothing is held, so that the store is asked."""


DRAWERS = (
    Drawer("provinces"),
    Drawer("cities of a province", "45"),
    Drawer("counties of a city", "4501"),
    Drawer("towns of a county, from the store", SAMPLE, anew=True),
    Drawer("towns of a county, held", SAMPLE),
    Drawer("villages of a town, held", f"{SAMPLE}001"),
    Drawer("a name searched for everywhere", search="青秀"),
)


async def measure() -> Figures:
    hant = load(today=day_in_china(system_now())).hant
    began = perf_counter()
    tree = shipped(hant)
    loading = 1000 * (perf_counter() - began)
    with TemporaryDirectory(prefix="zhangban-bench-") as folder:
        file = _table(Path(folder), tree)
        memory = _memory(file, hant)
        async with _store() as store:
            took, total = await _imported(file, tree, MongoDivisions(store, hant))
            drawers = [(one.name, f"{await _milliseconds(one, tree, MongoDivisions(store, hant)):.2f} ms") for one in DRAWERS]
    rows = [("the shipped tree: loading it", f"{loading:.0f} ms"), *memory, *took, *drawers]
    notes = (
        f"An import of {total:,} rows; {TIMES} times each drop-down, medians, in process, without GraphQL.",
        f"Memory: as tracemalloc counts it; at most {MOST} counties are held, each for ten minutes.",
    )
    return Figures("Places", ("what", "takes"), rows, notes)


# ---------------------------------------------------------------- memory


def _memory(file: Path, hant: Hant) -> list[tuple[str, str]]:
    some = tuple(table for table, _ in zip(counties(rows_of(file)), range(MOST), strict=False))
    everything = [(row.code, row.name) for row in rows_of(file)]
    return [
        ("the shipped tree: memory", _megabytes(lambda: shipped(hant))),
        (f"{MOST} counties that are held: memory", _megabytes(lambda: [divisions(table.rows, hant) for table in some])),
        (f"all {len(everything):,} in one tree, which is not done: memory", _megabytes(lambda: divisions(everything, hant))),
    ]


def _megabytes(make: Callable[[], Divisions | list[Divisions]]) -> str:
    """Of what is made, once its children have been asked for."""
    tracemalloc.start()
    made = make()
    for tree in made if isinstance(made, list) else [made]:
        tree.children("")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{size / 1e6:.1f} MB"


# ---------------------------------------------------------------- an import


def _table(folder: Path, tree: Divisions) -> Path:
    file = folder / "divisions.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("code,name\n")
        out.writelines(f"{code},{name}\n" for code, name in _rows(tree))
    return file


def _rows(tree: Divisions) -> Iterator[tuple[str, str]]:
    for code in (code for code in tree.names if len(code) <= COUNTY):
        yield code, tree.names[code].hans
        for town in range(1, (TOWNS if len(code) == COUNTY else 0) + 1):
            yield f"{code}{town:03}", f"第{town}街道"
            yield from ((f"{code}{town:03}{village:03}", f"第{village}社区居民委员会") for village in range(1, VILLAGES + 1))


async def _imported(file: Path, tree: Divisions, store: MongoDivisions) -> tuple[list[tuple[str, str]], int]:
    began = perf_counter()
    total = sum(checked(file, tree).values())
    looked = perf_counter()
    tracemalloc.start()
    async for _ in imported(counties(rows_of(file)), store):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    written = perf_counter()
    return [
        ("an import: checking the file", f"{looked - began:.1f} s"),
        ("an import: writing it, its memory being watched", f"{written - looked:.1f} s"),
        ("an import: memory at most", f"{most / 1e6:.1f} MB"),
    ], total


# ---------------------------------------------------------------- drop-downs


async def _milliseconds(one: Drawer, tree: Divisions, store: MongoDivisions) -> float:
    taken, held = [], RecentCounties(store, system_now)
    for _ in range(TIMES):
        places = Places(tree, RecentCounties(store, system_now) if one.anew else held)
        began = perf_counter()
        page = await places.options(one.parent, one.search, first=50, after=None)
        taken.append(1000 * (perf_counter() - began))
        assert page.choices
    return median(taken)


@asynccontextmanager
async def _store() -> AsyncIterator[Database]:
    with TemporaryDirectory(prefix="zhangban-bench-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        async with document_store(Path(folder), port=port) as child:
            client = connect(f"mongodb://{LOOPBACK}:{port}")
            store = database(client, "places")
            await apply(store, (DIVISIONS,))
            yield store
            client.close()
            await child.kill()  # its polite stop takes its time, and the folder is thrown away
