"""What an operator watches: how long operations take, how outside systems do, what waits for whom. No label comes from a client."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from starlette.requests import Request
from starlette.responses import Response

log = structlog.stdlib.get_logger("metrics")

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


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
        self._backlogs: Backlogs | None = None
        ProcessCollector(registry=self.registry)
        self._operations = self._histogram("operation_seconds", "GraphQL operations", ("operation", "outcome"), QUICK)
        self._outside = self._histogram("outside_seconds", "Calls to outside systems", ("system", "outcome"), SLOW)
        self._errands = Counter("zhangban_errands", "What the worker did", ("kind", "outcome"), registry=self.registry)
        self._waiting = Gauge("zhangban_backlog", "Hand-offs without an answer", ("department",), registry=self.registry)
        self._oldest = Gauge("zhangban_backlog_oldest_seconds", "Age of the oldest of them", ("department",), registry=self.registry)
        self._known = Gauge("zhangban_backlog_known", "1 if the backlog could be read for this answer", registry=self.registry)
        self._sockets = Gauge("zhangban_sockets_open", "Open GraphQL sockets", registry=self.registry)

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

    def watch_backlogs(self, backlogs: Backlogs) -> None:
        self._backlogs = backlogs

    def watch_sockets(self, how_many: Callable[[], float]) -> None:
        self._sockets.set_function(how_many)

    async def endpoint(self, _: Request) -> Response:
        """GET /metrics, for the operator's own network only."""
        await self._read_backlogs()
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

    async def _read_backlogs(self) -> None:
        """A store that is away must not hide the other figures, nor may old ones pass for new."""
        if self._backlogs is None:
            return
        self._waiting.clear()
        self._oldest.clear()
        try:
            for backlog in await self._backlogs():
                self._waiting.labels(backlog.department).set(backlog.waiting)
                self._oldest.labels(backlog.department).set(backlog.oldest_seconds)
        except Exception as lost:
            self._known.set(0)
            log.warning("the backlog cannot be read", why=type(lost).__name__)
        else:
            self._known.set(1)
