"""How often one caller may act in a minute (F68). The counters may be lost: then nobody is held back, and everything works."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from api.graphql.errors import Overloaded

Count = Callable[[str, int], Awaitable[int]]
"""Adds one to the counter of that key, which lives that many seconds, and says where it stands."""

Add = Callable[[str, int, int], Awaitable[int]]
"""As Count, so many at once."""

WINDOW = 60
LOT = 20
PATIENCE = 0.25
log = structlog.stdlib.get_logger("counters")


@dataclass(slots=True, kw_only=True)
class ActionCounters:
    """`per_minute` bounds everything one caller does, `new_documents` what must be parsed and validated first, which costs most;
    `by_action` single root fields, such as those by which codes could be guessed. `count_all`: for `per_minute`, if not as the others.
    `add`: for amounts.
    """

    count: Count | None = None
    count_all: Count | None = None
    add: Add | None = None
    per_minute: int = 600
    new_documents: int = 120
    by_action: Mapping[str, int] = field(default_factory=dict)
    now: Callable[[], float] = time.time
    _away: bool = False

    async def admit(self, key: str) -> None:
        """Raises Overloaded."""
        await self._hold(f"{key}:*", self.per_minute, self.count_all or self.count)

    async def admit_new_document(self, key: str) -> None:
        """Raises Overloaded."""
        await self._hold(f"{key}:new", self.new_documents, self.count)

    async def admit_actions(self, key: str, actions: Sequence[str]) -> None:
        """Raises Overloaded."""
        for action in actions:
            if action in self.by_action:
                await self._hold(f"{key}:{action}", self.by_action[action], self.count)

    async def admit_amount(self, key: str, amount: int, *, allowed: int, window: int) -> None:
        """So many at once, of those that are allowed in so many seconds. Raises Overloaded."""
        add = self.add
        await self._hold(key, allowed, (lambda counter, seconds: add(counter, seconds, amount)) if add else None, window)

    async def _hold(self, key: str, allowed: int, count: Count | None, seconds: int = WINDOW) -> None:
        window, passed = divmod(int(self.now()), seconds)
        if await self._counted(f"actions:{key}:{window}", count, seconds) > allowed:
            told = "Too many requests in this minute." if seconds == WINDOW else "Too much in this time."
            raise Overloaded(told, retry_after=seconds - passed, status=429)

    async def _counted(self, key: str, count: Count | None, seconds: int) -> int:
        if count is None:
            return 0
        try:
            async with asyncio.timeout(PATIENCE):
                counted = await count(key, seconds)
        except Exception as lost:
            self._tell_once(lost)
            return 0
        self._away = False
        return counted

    def _tell_once(self, lost: Exception) -> None:
        if not self._away:
            log.warning("counters are away; nobody is held back", why=type(lost).__name__)
        self._away = True


@dataclass(slots=True)
class _Lot:
    numbers: Iterator[int] = field(default_factory=lambda: iter(()))
    fetching: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class InLots:
    """Counts what everybody does all the time: numbers are fetched from the store by the lot, and one lot is used up before the next.

    No number is given out twice in the whole installation, so no more are admitted than with one at a time. Who asks several processes
    leaves some of each lot unused and is held back that much sooner: this is for counters that go far beyond a lot.
    """

    add: Add
    many: int = LOT
    _lots: dict[str, _Lot] = field(default_factory=dict)

    async def count(self, key: str, seconds: int) -> int:
        lot = self._lots.get(key) or self._begun(key, seconds)
        async with lot.fetching:  # a burst must not fetch a lot for each of its requests
            number = next(lot.numbers, None)
            if number is None:
                lot.numbers = await self._next(key, seconds)
                number = next(lot.numbers)
        return number

    def _begun(self, key: str, seconds: int) -> _Lot:
        asyncio.get_running_loop().call_later(seconds, self._lots.pop, key, None)
        return self._lots.setdefault(key, _Lot())

    async def _next(self, key: str, seconds: int) -> Iterator[int]:
        last = await self.add(key, seconds, self.many)
        return iter(range(last - self.many + 1, last + 1))
