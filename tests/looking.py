"""What a stored log holds; and a process in which many look at once, until it is killed: `python -m tests.looking MONGO_URL DATABASE`.

Prints the second of each look once it is said to be kept: whoever asked would have been answered.
"""

import asyncio
import sys
from collections.abc import Callable
from itertools import count

from api.history import faults_in_looks
from api.names import new_name
from integrations.mongo.database import connect, database
from integrations.mongo.looks import MongoLookLog, MongoLooks
from integrations.sealing import FixedKeys, Keys, Sealing
from tests.cases import MONDAY
from tests.looks import KEPT, a_look

SEALING = Sealing(FixedKeys(Keys({"test-1": bytes(range(32))}, "test-1")), hash_key=bytes(range(32, 64)))
ASKING = 20

Named = Callable[[], str]


def chain_names() -> Named:
    """looks-1, looks-2 …"""
    numbers = count(1)
    return lambda: f"looks-{next(numbers)}"


async def kept(log: MongoLookLog, chain: str) -> list[int]:
    """The seconds of its looks, in their order."""
    return [int((entry.look.at - MONDAY).total_seconds()) async for _, entry in log.entries(chain) if entry]


async def faults(log: MongoLookLog) -> list[str]:
    return [fault async for fault in faults_in_looks(log, now=MONDAY)]


async def look_on(looks: MongoLooks, first: int) -> None:
    for second in range(first, 1_000_000, ASKING):
        await looks.note([a_look(second)])
        print(second, flush=True)


async def main(url: str, name: str) -> None:
    looks = MongoLooks(database(connect(url), name), SEALING, new_name("looks"), lambda at: at + KEPT)
    await asyncio.gather(*(look_on(looks, first) for first in range(ASKING)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
