"""What is told where no union can tell it and we are not at fault: in their own language, and no fault stands in the log."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from strawberry.dataloader import DataLoader
from structlog.testing import capture_logs
from websockets.asyncio.client import ClientConnection

from api.app import engine_for
from api.graphql.gate import Caller
from api.graphql.sockets import GraphQLSockets
from domain.acting import Acting, CapacityKind
from domain.cases.feed import CaseFeed
from domain.cases.stores import CaseStore
from domain.wording import language_of
from resolvers.context import Context
from tests.cases import MONDAY, acting, loaded, somebody
from tests.desks import some_desks
from tests.looks import NotedLooks
from tests.memory import LocalBells, MemoryCases
from tests.security.live import an_app, dial, greeted, hear, serving, subscribe
from tests.security.test_action_counters import Counter

CHANGES = "subscription($seen: [SeenCaseInput!]!) { caseChanges(seen: $seen) { cases { id } gone end } }"
PROGRESS = 'subscription { caseProgress(caseId: "case-1") { end } }'
SESSIONS = {
    "zhang": acting(),
    "nameless": Acting(session="s", assurance=acting().assurance, proved_at=MONDAY),
    "for-nobody": Acting("s", acting().assurance, MONDAY, somebody("person-2"), CapacityKind.PROXY),
}


class BrokenStore(MemoryCases):
    async def many(self, *_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")


@dataclass
class RealGate:
    """Real contexts with a feed; a token is a key of SESSIONS."""

    store: CaseStore = field(default_factory=MemoryCases)

    async def identify(self, caller: Caller) -> Acting | None:
        return SESSIONS[caller.token] if caller.token else None

    async def renewed(self, acting: Acting) -> Acting | None:
        return acting

    def counting_key(self, caller: Caller, acting: Acting | None) -> str:
        return acting.session if acting else "anonymous"

    def context(self, caller: Caller, acting: Acting | None) -> Context:
        feed = CaseFeed(self.store, LocalBells(), loaded().catalogues, NotedLooks(), lambda: MONDAY)
        return Context(
            desks=some_desks(feed=feed),
            catalogues=loaded().catalogues,
            wording=loaded().wording,
            acting=acting,
            language=language_of(caller.languages),
            now=MONDAY,
            caller="",
            address="",
            certificates=DataLoader(load_fn=None),
        )


def seen(cases: int) -> dict[str, object]:
    return {"seen": [{"caseId": f"case-{number}", "version": 1} for number in range(cases)]}


async def served(gate: RealGate) -> AsyncIterator[int]:
    engine = engine_for(introspection=False, count=Counter(), observe=lambda *_: None)
    async with serving(an_app(GraphQLSockets(engine=engine, gate=gate))) as (_, port):
        yield port


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async for port in served(RealGate()):
        yield port


async def first_of(socket: ClientConnection, document: str, variables: dict[str, object] | None = None) -> dict[str, object]:
    await subscribe(socket, document, variables=variables)
    return await hear(socket)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "Up to 50 applications can be watched at a time."),
        ("zh-Hans", "一次最多看 50 份申请。"),
        ("zh-Hant", "一次最多看 50 份申請。"),
    ],
)
async def test_who_asks_for_too_many_cases_is_told_so_in_their_language_and_goes_on(port: int, language: str, message: str) -> None:
    with capture_logs() as logged:
        async with dial(port) as socket:
            await greeted(socket, token="zhang", language=language)
            told = await first_of(socket, CHANGES, seen(51))
            after = await first_of(socket, CHANGES, seen(1))

    assert told == {
        "type": "error",
        "id": "1",
        "payload": [{"message": message, "extensions": {"code": "too-many-cases", "spoken": message}}],
    }
    assert after["payload"] == {"data": {"caseChanges": {"cases": [], "gone": ["case-0"], "end": "GONE"}}}
    assert [line for line in logged if line["log_level"] == "error"] == []


@pytest.mark.parametrize("token", [None, "nameless"])
async def test_who_is_not_known_by_name_makes_the_same_mistake(port: int, token: str | None) -> None:
    async with dial(port) as socket:
        await greeted(socket, token=token)
        told = await first_of(socket, CHANGES, seen(51))

    assert (told["type"], [error["extensions"]["code"] for error in told["payload"]]) == ("error", ["too-many-cases"])


@pytest.mark.parametrize("token", [None, "nameless", "zhang"])
async def test_a_case_named_twice_is_gone_once(port: int, token: str | None) -> None:
    twice = {"seen": [{"caseId": "case-1", "version": version} for version in (1, 2)]}
    async with dial(port) as socket:
        await greeted(socket, token=token)
        told = await first_of(socket, CHANGES, twice)

    assert told["payload"] == {"data": {"caseChanges": {"cases": [], "gone": ["case-1"], "end": "GONE"}}}


async def test_a_moment_typed_wrong_in_the_filter_of_a_list_is_no_fault(port: int) -> None:
    with capture_logs() as logged:
        async with dial(port) as socket:
            await greeted(socket, token="zhang")
            told = await first_of(socket, '{ cases(filter: {updatedSince: "yesterday"}) { pageInfo { hasNextPage } } }')

    (error,) = told["payload"]["errors"]
    assert (told["payload"]["data"], error["path"], error["extensions"]["code"]) == (None, ["cases"], "bad-date")
    assert [line for line in logged if line["log_level"] == "error"] == []


async def test_a_refusal_is_told_with_its_code_and_is_no_fault(port: int) -> None:
    with capture_logs() as logged:
        async with dial(port) as socket:
            await greeted(socket, token="for-nobody")
            told = await first_of(socket, PROGRESS)

    assert (told["type"], [error["extensions"]["code"] for error in told["payload"]]) == ("error", ["NOT_PERMITTED"])
    assert [line for line in logged if line["log_level"] == "error"] == []


async def test_a_fault_is_still_a_fault_with_an_id_to_quote() -> None:
    with capture_logs() as logged:
        async for port in served(RealGate(BrokenStore())):
            async with dial(port) as socket:
                await greeted(socket, token="zhang")
                told = await first_of(socket, CHANGES, seen(1))

    (error,) = told["payload"]
    assert (told["type"], error["extensions"].keys()) == ("error", {"errorId"})
    assert [line["error_id"] for line in logged if line["log_level"] == "error"] == [error["extensions"]["errorId"]]
