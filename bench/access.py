"""What it costs to know who acts, in which capacity and how far, and to keep who looked: beside the request itself, by capacity.

The same case is read by the person, by a relative under a mandate, and by a helper of the station through which it was filed. How far
somebody may see is paced as in the API: 200 requests a second by as many sessions, of each of which the mandate or post is read again when
it was seen three seconds ago.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle

import httpx2
import orjson

from api.capacities import capacities_of
from api.names import new_name
from bench.crowd import REGION, Member, plant
from bench.figures import Figures, ratio
from bench.house import House, house
from bench.looks import AIM, RATE, Cost, Keep, noting, paced
from bench.processes import cpu_seconds
from domain.access.capacities import Capacities
from domain.access.reach import reach_of
from domain.acting import Actor, Assurance, CapacityKind
from domain.cases.case import Case
from domain.clock import day_in_china, system_now
from domain.identifiers import DocumentKind
from domain.mandates.actions import MandateAction
from domain.mandates.mandate import Mandate, MandateScope
from domain.organisations.post import Post, PostStatus, post_id
from domain.people import Person
from domain.sessions.live import SEEN_FOR, LiveSessions
from domain.sessions.session import Proof, Session
from integrations.mongo.mandates import MongoMandates
from integrations.mongo.organisations import MongoOrganisations
from integrations.mongo.posts import MongoPosts
from integrations.mongo.sessions import MongoSessions
from mocks import documents

STATION = "org-guangxi-ferry"
REQUESTS, WARM_UP, ROUNDS, CLIENTS = 40, 20, 4, 10
DAYS = timedelta(days=30)
SELF, PROXY, HELPER = "the person", "a relative under a mandate", "a helper of the station"


@dataclass(frozen=True, slots=True)
class Caller:
    """Sessions of one person in one capacity, by their tokens; `session`: what all of them are like."""

    tokens: Sequence[str]
    session: Session


@dataclass
class Spent:
    """Processor time of the API, for so many requests."""

    cpu: float = 0.0
    asked: int = 0

    @property
    def milliseconds(self) -> float:
        return 1000 * self.cpu / self.asked


async def measure() -> Figures:
    async with house() as home:
        (member,) = await plant(home, 1, items=tuple(home.made.catalogues.in_force(REGION).items), due=False)
        callers = await _callers(home, member)
        spent = await _requests(home, member.case, callers)
        gate = await paced(_knowing(home, callers[SELF]), rounds=1)
        judged = {who: await paced(_judging(home, caller), rounds=1) for who, caller in callers.items()}
        log = await paced(noting(home.made.looks), rounds=1)
    return _figures(spent, gate, judged, log)


# ---------------------------------------------------------------- who reads


async def _callers(home: House, member: Member) -> Mapping[str, Caller]:
    """The case as if the helper had filed it: it is the same for all three."""
    relative, helper = _somebody("韦荣"), _somebody("卢敏芝")
    mandate, post = await _mandate(home, member.case, relative), await _post(home, helper)
    filed = Actor(CapacityKind.HELPER, helper.id, Assurance.L3, member.case.person, organisation=STATION, session="session-bench")
    await home.made.cases.save(replace(member.case, filed_by=filed, organisations={STATION: post.organisation.name}))
    acting = {
        SELF: Session("", _proof(member.case.beneficiary), system_now(), system_now() + DAYS),
        PROXY: Session("", _proof(relative), system_now(), system_now() + DAYS, None, CapacityKind.PROXY, member.case.person, mandate.id),
        HELPER: Session(
            "", _proof(helper), system_now(), system_now() + DAYS, None, CapacityKind.HELPER, organisation=STATION, post=post.id
        ),
    }
    return {who: Caller(await _sessions(home, session), session) for who, session in acting.items()}


def _somebody(name: str) -> Person:
    return Person(new_name("person")(), name, DocumentKind.PASSPORT, "E00000001")


def _proof(person: Person) -> Proof:
    return Proof(Assurance.L3, system_now(), person)


async def _mandate(home: House, case: Case, delegate: Person) -> Mandate:
    now, today = system_now(), day_in_china(system_now())
    scope = MandateScope(items=tuple(f"item-{case.region}-{item.code}" for item in case.items))
    actions, id = frozenset(MandateAction), new_name("mandate")()
    given = Mandate(
        id,
        case.beneficiary,
        delegate,
        scope,
        actions,
        today,
        today + DAYS,
        granted_at=now,
        accepted_at=now,
        ask_register_at=now + DAYS,
        number=1,
    )
    return await MongoMandates(home.made.database, home.made.sealing).add(given)


async def _post(home: House, person: Person) -> Post:
    organisations = MongoOrganisations(home.made.database, home.made.sealing, home.made.catalogues)
    where = await organisations.one(STATION)
    assert where, "the catalogue has it"
    id = post_id(STATION, new_name("x")().removeprefix("x-"))
    post = Post(id, person, where, CapacityKind.HELPER, system_now(), status=PostStatus.ACTIVE, confirmed_at=system_now())
    assert await MongoPosts(home.made.database, home.made.sealing, organisations).add(post)
    return post


async def _sessions(home: House, like: Session) -> list[str]:
    """So many as requests in a second, so that each asks once a second."""
    sessions, name, now = MongoSessions(home.made.database, home.made.sealing), new_name("session"), system_now()
    made = [replace(like, id=name()) for _ in range(RATE)]
    for session in made:
        await sessions.add(session)
    return [home.tokens.issue(session.id, now=now) for session in made]


# ---------------------------------------------------------------- what it takes


def _knowing(home: House, caller: Caller) -> Keep:
    """Token and session, as at the gate."""
    live = LiveSessions(MongoSessions(home.made.database, home.made.sealing), home.tokens, _capacities(home), system_now)
    tokens = cycle(caller.tokens)

    async def know(number: int) -> None:
        assert await live.acting_of(next(tokens)), "the session lives"

    return know


def _judging(home: House, caller: Caller) -> Keep:
    """How far the capacity goes, each time that a session is read again; and with which filter cases are read, each time."""
    capacities, acting = _capacities(home), caller.session.acting()

    async def judge(number: int) -> None:
        if number % SEEN_FOR.seconds == 0:
            assert await capacities.authority(acting), "it has not ended"
        reach_of(acting)

    return judge


def _capacities(home: House) -> Capacities:
    return capacities_of(home.made.database, home.made.sealing, home.made.catalogues, home.made.registers)


async def _requests(home: House, case: Case, callers: Mapping[str, Caller]) -> Mapping[str, Spent]:
    """In turn, so that a machine that grows slower is so for all."""
    spent = {who: Spent() for who in callers}
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as http:
        for caller in callers.values():
            await _ask(http, home, case, caller, WARM_UP)
        for _ in range(ROUNDS):
            for who, caller in callers.items():
                used = cpu_seconds(home.children["API"].pid)
                await _ask(http, home, case, caller, REQUESTS)
                spent[who].cpu += cpu_seconds(home.children["API"].pid) - used
                spent[who].asked += REQUESTS
    return spent


async def _ask(http: httpx2.AsyncClient, home: House, case: Case, caller: Caller, times: int) -> None:
    """By as many at a time as there are clients, each with a session of its own."""
    asked = orjson.dumps({"query": documents.CASE, "variables": {"id": case.id}})

    async def client(token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        for _ in range(times // CLIENTS):
            answer = await http.post(f"{home.url}/graphql", content=asked, headers=headers)
            assert answer.raise_for_status().json()["data"]["case"]["id"] == case.id

    await asyncio.gather(*(client(token) for token in caller.tokens[:CLIENTS]))


def _figures(spent: Mapping[str, Spent], gate: Cost, judged: Mapping[str, Cost], log: Cost) -> Figures:
    own = spent[SELF]
    rows = []
    for who, cost in judged.items():
        request, kept = spent[who], 0.0 if who == SELF else log.cpu
        told = (f"{cost.cpu:.2f}", _share(cost.cpu, request), f"{kept:.2f}", _share(kept, request), _share(cost.cpu + kept, request))
        rows.append((who, f"{request.milliseconds:.1f}", ratio(request.milliseconds, own.milliseconds), *told))
    columns = ("case(id) as", "CPU ms/request", "ratio", "how far, ms", "share", "the log, ms", "share", "both")
    notes = (
        f"How far: capacity and reach; beside it everybody pays {gate.cpu:.2f} ms for token and session. The log: of what is another's.",
        f"Both are paced at {RATE} a second by {RATE} sessions. Requests: {own.asked} each, {CLIENTS} at a time; the largest page.",
        f"Aim: at most {AIM} % of the request's processor time for both.",
    )
    return Figures("Who may see what", columns, rows, notes)


def _share(milliseconds: float, request: Spent) -> str:
    return f"{100 * milliseconds / request.milliseconds:.1f} %"
