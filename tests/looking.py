"""A process in which many look at once, until it is killed: `python -m tests.looking MONGO_URL DATABASE`.

Prints the second of each look once it is said to be kept: whoever asked would have been answered.
"""

import asyncio
import sys

from api.names import new_name
from integrations.mongo.database import connect, database
from integrations.mongo.looks import MongoLooks
from integrations.sealing import FixedKeys, Keys, Sealing
from tests.looks import KEPT, a_look

SEALING = Sealing(FixedKeys(Keys({"test-1": bytes(range(32))}, "test-1")), hash_key=bytes(range(32, 64)))
ASKING = 20


async def look_on(looks: MongoLooks, first: int) -> None:
    for second in range(first, 1_000_000, ASKING):
        await looks.note([a_look(second)])
        print(second, flush=True)


async def main(url: str, name: str) -> None:
    looks = MongoLooks(database(connect(url), name), SEALING, new_name("looks"), lambda at: at + KEPT)
    await asyncio.gather(*(look_on(looks, first) for first in range(ASKING)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
