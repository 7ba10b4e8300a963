"""How often one caller may act in a minute (F68). The counters may be lost: then nobody is held back, and everything works."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from api.graphql.errors import Overloaded

Count = Callable[[str, int], Awaitable[int]]
"""Adds one to the counter of that key, which lives that many seconds, and says where it stands."""

WINDOW = 60
PATIENCE = 0.25
log = structlog.stdlib.get_logger("counters")


@dataclass(slots=True, kw_only=True)
class ActionCounters:
    """`per_minute` bounds everything one caller does, `new_documents` what must be parsed and validated first, which costs most;
    `by_action` single root fields, such as those by which codes could be guessed.
    """

    count: Count | None = None
    per_minute: int = 600
    new_documents: int = 120
    by_action: Mapping[str, int] = field(default_factory=dict)
    now: Callable[[], float] = time.time
    _away: bool = False

    async def admit(self, key: str) -> None:
        """Raises Overloaded."""
        await self._hold(f"{key}:*", self.per_minute)

    async def admit_new_document(self, key: str) -> None:
        """Raises Overloaded."""
        await self._hold(f"{key}:new", self.new_documents)

    async def admit_actions(self, key: str, actions: Sequence[str]) -> None:
        """Raises Overloaded."""
        for action in actions:
            if action in self.by_action:
                await self._hold(f"{key}:{action}", self.by_action[action])

    async def _hold(self, key: str, allowed: int) -> None:
        window, passed = divmod(int(self.now()), WINDOW)
        if await self._counted(f"actions:{key}:{window}") > allowed:
            raise Overloaded("Too many requests in this minute.", retry_after=WINDOW - passed, status=429)

    async def _counted(self, key: str) -> int:
        if self.count is None:
            return 0
        try:
            async with asyncio.timeout(PATIENCE):
                counted = await self.count(key, WINDOW)
        except Exception as lost:
            self._tell_once(lost)
            return 0
        self._away = False
        return counted

    def _tell_once(self, lost: Exception) -> None:
        if not self._away:
            log.warning("counters are away; nobody is held back", why=type(lost).__name__)
        self._away = True
