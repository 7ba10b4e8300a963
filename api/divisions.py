"""`import-divisions`: an official table of towns and villages into the store, county by county; again whenever there is a newer one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from pathlib import Path

from api.children import CannotRun
from api.settings import Settings
from domain.clock import day_in_china, system_now
from domain.places.divisions import COUNTY, LENGTHS, Divisions
from domain.places.table import CountyTable, Row, counties, faults_in
from integrations.catalogue_files import load
from integrations.division_files import NotATable, rows_of, shipped
from integrations.mongo.collections import apply
from integrations.mongo.database import connect, database
from integrations.mongo.divisions import DIVISIONS, MongoDivisions

FAULTS_TOLD = 20
BATCH = 100
"""Counties written together; then a line tells how far it is."""

LEVELS = dict(zip(LENGTHS, ("provinces", "cities", "counties", "towns", "villages"), strict=True))


def import_divisions(settings: Settings, file: Path) -> int:
    """Raises CannotRun, before anything is written, with what is wrong with the file; NoAnswer if the store is away."""
    hant = load(today=day_in_china(system_now())).hant
    try:
        found = checked(file, shipped(hant))
        print(f"{file}: " + ", ".join(f"{found[length]:,} {level}" for length, level in LEVELS.items()), flush=True)
        asyncio.run(_import(settings, file, hant, total=sum(found[length] for length in LENGTHS if length > COUNTY)))
    except NotATable as why:
        raise CannotRun(str(why)) from why
    return 0


def checked(file: Path, known: Divisions) -> Counter[int]:
    """How many divisions there are of each length of code. Raises NotATable; CannotRun with the first twenty faults."""
    found: Counter[int] = Counter()
    faults = list(islice(faults_in(_counted(rows_of(file), found), known), FAULTS_TOLD))
    if faults:
        told = [f"{file} line {fault.line}: {fault.what}" for fault in faults]
        raise CannotRun(
            "\n".join([*told, "Nothing was imported." if len(told) < FAULTS_TOLD else "There may be more. Nothing was imported."])
        )
    if not any(found[length] for length in LENGTHS if length > COUNTY):
        raise CannotRun(f"{file} has no town and no village. Nothing was imported.")
    return found


def _counted(rows: Iterator[Row], found: Counter[int]) -> Iterator[Row]:
    for row in rows:
        found[len(row.code)] += 1
        yield row


async def _import(settings: Settings, file: Path, hant: Callable[[str], str], *, total: int) -> None:
    client = connect(settings.mongo_url)
    try:
        store = database(client, settings.mongo_database)
        await apply(store, (DIVISIONS,))
        async for kept, rows in imported(counties(rows_of(file)), MongoDivisions(store, hant)):
            print(f"  {kept:,} counties, {rows:,} of {total:,} towns and villages", flush=True)
    finally:
        client.close()


async def imported(tables: Iterator[CountyTable], store: MongoDivisions) -> AsyncIterator[tuple[int, int]]:
    """Batch by batch: how many counties, and how many towns and villages, are in the store by now."""
    kept = rows = 0
    while batch := list(islice(tables, BATCH)):
        await store.keep(batch)
        kept, rows = kept + len(batch), rows + sum(len(table.rows) for table in batch)
        yield kept, rows
