"""How a department calls back: signed, each statement at its time, again and again until it is heard, also after a restart."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import httpx2
from msgspec import json, to_builtins

from mocks.behave import Behaviour
from mocks.ledger import Entry, Ledger, Statement, Told
from mocks.webhooks import signed

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0


@dataclass(slots=True)
class Callbacks:
    """One department's. `base`: where callbacks go instead of to the host that was named, which may have moved since."""

    code: str
    secret: str
    ledger: Ledger
    behaviour: Behaviour
    http: httpx2.AsyncClient
    now: Callable[[], datetime]
    base: str | None = None
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, entry: Entry) -> None:
        if not entry.still_to_call():
            return
        task = asyncio.create_task(self._tell(entry))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def resume(self) -> None:
        for entry in self.ledger.entries.values():
            self.begin(entry)

    async def stop(self) -> None:
        under_way = tuple(self._under_way)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _tell(self, entry: Entry) -> None:
        for statement in entry.still_to_call():
            await asyncio.sleep(max(0.0, (statement.at - self.now()).total_seconds()))
            await self._until_heard(entry, statement)
            self.ledger.write(Told(entry.key))

    async def _until_heard(self, entry: Entry, statement: Statement) -> None:
        wait = FIRST_WAIT
        while not (entry.cancelled or await self._heard(entry, statement)):
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _heard(self, entry: Entry, statement: Statement) -> bool:
        if self.behaviour.manner.outage:
            return False
        body = json.encode({"key": entry.key, **to_builtins(statement)})
        headers = signed(self.secret, body, message=f"{self.code}-{entry.key}-{statement.sequence}", at=self.now())
        try:
            answer = await self.http.post(self._address(entry.callback), content=body, headers=headers)
        except httpx2.HTTPError:
            return False
        return answer.is_success

    def _address(self, callback: str) -> str:
        return callback if self.base is None else self.base.rstrip("/") + urlsplit(callback).path
