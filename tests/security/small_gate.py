"""A gate that lets in who says so, and an engine for the small schema."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from api.graphql.counters import ActionCounters
from api.graphql.documents import NONE_REGISTERED, Registered
from api.graphql.engine import Engine
from api.graphql.errors import Overloaded, Unauthenticated
from api.graphql.gate import Caller
from api.graphql.http import GraphQLOverHTTP
from api.graphql.limits import LIMITS, Limits
from domain.acting import Acting, Assurance
from tests.security.small_schema import SCHEMA, SECRET, Context, StoreAway, Streams


def acting(session: str) -> Acting:
    return Acting(session=session, assurance=Assurance.L2, proved_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@dataclass
class SmallGate:
    """A token is the name of its session. `ended` are sessions that are over; `raised`: what others have reached."""

    ended: set[str] = field(default_factory=set)
    raised: dict[str, Assurance] = field(default_factory=dict)
    streams: Streams = field(default_factory=Streams)
    looks_for: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
    contexts: int = 0
    seen: Acting | None = None

    async def identify(self, caller: Caller) -> Acting | None:
        await self.looks_for()
        if caller.token == "busy":
            raise Overloaded("The session store is away.", retry_after=7)
        if caller.token == "stored":
            raise StoreAway(SECRET)
        if caller.token == "broken":
            raise RuntimeError(SECRET)
        if caller.token == "bad" or caller.token in self.ended:
            raise Unauthenticated
        return acting(caller.token) if caller.token else None

    async def renewed(self, acting: Acting) -> Acting | None:
        return None if acting.session in self.ended else replace(acting, assurance=self.raised.get(acting.session, acting.assurance))

    def counting_key(self, caller: Caller, acting: Acting | None) -> str:
        return acting.session if acting else "anonymous"

    def context(self, caller: Caller, acting: Acting | None) -> object:
        self.contexts, self.seen = self.contexts + 1, acting
        return Context(f"{acting.session if acting else 'nobody'}/{caller.languages}", self.streams, self.contexts)


@dataclass
class Observed:
    labels: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, operation: str, seconds: float, outcome: str) -> None:
        self.labels.append((operation, outcome))


def an_engine(
    *,
    limits: Limits = LIMITS,
    registered: Registered = NONE_REGISTERED,
    counters: ActionCounters | None = None,
    observed: Observed | None = None,
) -> Engine:
    return Engine(
        SCHEMA,
        new_error_id=lambda: "error-id",
        counters=counters or ActionCounters(),
        observe=observed or Observed(),
        limits=limits,
        registered=registered,
        away=(StoreAway,),
    )


def over_http(engine: Engine | None = None, gate: SmallGate | None = None) -> GraphQLOverHTTP:
    return GraphQLOverHTTP(engine or an_engine(), gate or SmallGate())
