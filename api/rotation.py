"""`rotate-keys`: everything sealed under former keys sealed under the current one, while API and workers run."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from api.collections import COLLECTIONS
from api.keys import add_sealing_key, sealing
from api.settings import Settings
from domain.ports import NoAnswer
from integrations.mongo.collections import Collection
from integrations.mongo.database import FAULTS, Database, connect, database
from integrations.mongo.resealing import Pass, Resealing
from integrations.sealing import Sealing

TOLD_EVERY = 5_000


@dataclass(slots=True)
class Rotation:
    """What was found in the last way through everything."""

    sealed_anew: int = 0
    by_key: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def add(self, done: Pass) -> None:
        self.sealed_anew += done.sealed_anew
        self.by_key += done.by_key
        self.lost += [f"{done.collection} {id}" for id in done.lost]


def rotate_keys(settings: Settings, *, new_key: bool, pause: float, today: date) -> int:
    """The exit code: 1 if something does not open. Raises NoAnswer, BadSettings."""
    if new_key:
        print(f"Key {add_sealing_key(settings.sealing_keys, today=today)} stands in front and seals from now on.")
    return asyncio.run(_rotate(settings, pause))


async def _rotate(settings: Settings, pause: float) -> int:
    client, sealed = connect(settings.mongo_url), sealing(settings.sealing_keys)
    try:
        found = await until_nothing_is_left(database(client, settings.mongo_database), sealed, pause=pause)
    except FAULTS as lost:
        raise NoAnswer("store", type(lost).__name__) from lost
    finally:
        client.close()
    return tell(found, sealed)


async def until_nothing_is_left(store: Database, sealed: Sealing, *, pause: float) -> Rotation:
    """Again and again through everything, until a way through finds nothing more to do: what was being saved meanwhile is found then."""
    for way in count(1):
        print(f"Way {way} through {sum(bool(one.sealed) for one in COLLECTIONS)} collections; it may be broken off and begun again.")
        found = await once_through(store, sealed)
        if not found.sealed_anew:
            return found
        await asyncio.sleep(pause)
    raise AssertionError("counting never ends")


async def once_through(store: Database, sealed: Sealing) -> Rotation:
    found, resealing = Rotation(), Resealing(store, sealed)
    for collection in COLLECTIONS:
        if collection.sealed:
            found.add(await _through(collection, resealing))
    return found


async def _through(collection: Collection, resealing: Resealing) -> Pass:
    told, done = 0, Pass(collection.name)
    async for done in resealing.through(collection):
        if done.read - told >= TOLD_EVERY:
            told = done.read
            print(f"  {done.collection}: {done.read} read, {done.sealed_anew} sealed anew")
    print(f"  {done.collection}: {done.read} read, {done.sealed_anew} sealed anew, done")
    return done


def tell(found: Rotation, sealed: Sealing) -> int:
    keys = sealed.ring.now()
    for id in found.lost:
        print(f"Does not open with any key of the file: {id}")
    for key in sorted(keys.by_id.keys() - {keys.current}):
        still = found.by_key[key]
        print(f"Key {key} still seals {still} values." if still else f"Nothing is under key {key} any more.")
    print(f"Current: {keys.current}, {found.by_key[keys.current]} values. A key that seals nothing may be taken out of the file")
    print("once every machine has this file, and backups made under it are not needed any more.")
    return 1 if found.lost else 0
