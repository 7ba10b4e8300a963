"""Redis or Valkey: rings between processes, and counters. It holds only what may be lost; away, everything works a little slower."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

CHANNEL = "zhangban:rings"
PAUSE_AFTER_FAILURE = 1.0
LONGEST_RING = 0.5

log = structlog.get_logger()


@dataclass(slots=True, eq=False)
class LocalBell:
    """Remembers one ring until it is asked."""

    event: asyncio.Event = field(default_factory=asyncio.Event)

    async def rung(self, within: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.event.wait()
        was_rung = self.event.is_set()
        self.event.clear()
        return was_rung


@dataclass(slots=True)
class RedisBells:
    """One channel for a whole installation, one subscription for a process: a ring is a few names, and only those hung here are looked at.

    A ring in the same process does not wait for Redis.
    """

    client: Redis
    hanging: defaultdict[str, set[LocalBell]] = field(default_factory=lambda: defaultdict(set))

    async def ring(self, *names: str) -> None:
        self.ring_here(*names)
        try:
            async with asyncio.timeout(LONGEST_RING):  # a store that hangs must not hold up what has been saved
                await self.client.publish(CHANNEL, "\n".join(names))
        except (RedisError, OSError) as error:
            log.warning("ring-lost", error=type(error).__name__)

    def ring_here(self, *names: str) -> None:
        for name in names:
            for bell in self.hanging.get(name, ()):
                bell.event.set()

    @contextlib.asynccontextmanager
    async def hang(self, *names: str) -> AsyncIterator[LocalBell]:
        bell = LocalBell()
        for name in names:
            self.hanging[name].add(bell)
        try:
            yield bell
        finally:
            self._take_down(bell, names)

    def _take_down(self, bell: LocalBell, names: tuple[str, ...]) -> None:
        for name in names:
            self.hanging[name].discard(bell)
            if not self.hanging[name]:
                del self.hanging[name]

    async def listen(self) -> None:
        """Passes on what other processes ring, until cancelled; comes back by itself when Redis was away."""
        while True:
            try:
                async with self.client.pubsub(ignore_subscribe_messages=True) as subscription:
                    await self._pass_on(subscription)
            except (RedisError, OSError) as error:
                log.warning("rings-away", error=type(error).__name__)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    async def _pass_on(self, subscription: PubSub) -> None:
        await subscription.subscribe(CHANNEL)
        self.ring_here(*list(self.hanging))  # what was rung while nobody listened
        async for message in subscription.listen():
            self.ring_here(*message["data"].decode().split("\n"))


_COUNT = """
local n = redis.call('INCRBY', KEYS[1], ARGV[2])
if n == tonumber(ARGV[2]) then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n
"""


@dataclass(frozen=True, slots=True)
class RedisCounters:
    """A script, because a client that repeats INCR by itself would count twice. Raises what the client raises: who counts decides."""

    client: Redis

    async def count(self, key: str, seconds: int) -> int:
        """Adds one to the counter of that key, which lives that many seconds, and says where it stands."""
        return await self.add(key, seconds, 1)

    async def add(self, key: str, seconds: int, many: int) -> int:
        """As `count`, so many at once."""
        return int(await self.client.eval(_COUNT, 1, f"zhangban:count:{key}", str(seconds), str(many)))
