"""What an operator watches: how long operations take, how outside systems do, what waits for whom. No label comes from a client."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from starlette.requests import Request
from starlette.responses import Response

log = structlog.stdlib.get_logger("metrics")

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

KEPT = 30.0
"""Seconds after which the backlog is read anew; no reading may take longer than that."""
STALE = 20 * KEPT
"""Seconds after which it is not told any more, should the next reading still be under way."""
PATIENCE = 2.0
"""Seconds that whoever looks waits for a reading."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for one department now."""

    department: str
    waiting: int
    oldest_seconds: float


Backlogs = Callable[[], Awaitable[Sequence[Backlog]]]


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._backlogs: BacklogWatch | None = None
        ProcessCollector(registry=self.registry)
        self._operations = self._histogram("operation_seconds", "GraphQL operations", ("operation", "outcome"), QUICK)
        self._outside = self._histogram("outside_seconds", "Calls to outside systems", ("system", "outcome"), SLOW)
        self._errands = Counter("zhangban_errands", "What the worker did", ("kind", "outcome"), registry=self.registry)

    def _histogram(self, name: str, help_text: str, labels: tuple[str, ...], buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"zhangban_{name}", help_text, labels, buckets=buckets, registry=self.registry)

    def observe_operation(self, operation: str, seconds: float, outcome: str) -> None:
        """`operation`: a label of the engine, one of few."""
        self._operations.labels(operation, outcome).observe(seconds)

    def observe(self, system: str, seconds: float, outcome: str) -> None:
        """One call to an outside system; a department goes by its code."""
        self._outside.labels(system, outcome).observe(seconds)

    def count_errand(self, kind: str, outcome: str) -> None:
        self._errands.labels(kind, outcome).inc()

    def watch_backlogs(self, read: Backlogs, *, clock: Clock = time.monotonic, patience: float = PATIENCE) -> None:
        self._backlogs = BacklogWatch(read, self.registry, clock, patience)

    def watch_sockets(self, how_many: Callable[[], float]) -> None:
        Gauge("zhangban_sockets_open", "Open GraphQL sockets", registry=self.registry).set_function(how_many)

    async def endpoint(self, _: Request) -> Response:
        """GET /metrics, for the operator's own network only."""
        if self._backlogs:
            await self._backlogs.look()
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


class BacklogWatch:
    """Counting what waits costs the store the more the more waits: it is done once in a while however many look, and nobody waits long
    for it. A store that is away must not hide the other figures, nor may old ones pass for new.
    """

    def __init__(self, read: Backlogs, registry: CollectorRegistry, clock: Clock, patience: float) -> None:
        self._read = read
        self._clock = clock
        self._patience = patience
        self._reading: asyncio.Task[None] | None = None
        self._ended = 0.0
        self._waiting = Gauge("zhangban_backlog", "Hand-offs without an answer", ("department",), registry=registry)
        self._oldest = Gauge("zhangban_backlog_oldest_seconds", "Age of the oldest of them", ("department",), registry=registry)
        self._known = Gauge("zhangban_backlog_known", "1 if the backlog could be read", registry=registry)

    async def look(self) -> None:
        """Reads it if that is due. A reading for which nobody wants to wait goes on, and is told to whoever looks next."""
        if self._reading is None or (self._reading.done() and self._clock() - self._ended >= KEPT):
            self._reading = asyncio.create_task(self._update())
        await asyncio.wait([self._reading], timeout=self._patience)
        if self._clock() - self._ended >= STALE:
            self._tell(None)

    async def _update(self) -> None:
        try:
            async with asyncio.timeout(KEPT):
                self._tell(await self._read())
        except Exception as lost:
            self._tell(None)
            log.warning("the backlog cannot be read", why=type(lost).__name__)
        self._ended = self._clock()

    def _tell(self, backlogs: Sequence[Backlog] | None) -> None:
        self._known.set(backlogs is not None)
        self._waiting.clear()
        self._oldest.clear()
        for backlog in backlogs or ():
            self._waiting.labels(backlog.department).set(backlog.waiting)
            self._oldest.labels(backlog.department).set(backlog.oldest_seconds)
