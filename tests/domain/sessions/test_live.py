"""How often a session is read: at most once in five seconds for a token, and at once for a new one."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.acting import Assurance
from domain.sessions.live import MOST_SEEN, LiveSessions
from domain.sessions.session import Proof, Session
from tests.capacities import capacities

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """Sessions that count how often they are read."""

    kept: dict[str, Session] = field(default_factory=dict)
    reads: int = 0

    async def one(self, session: str) -> Session | None:
        self.reads += 1
        return self.kept.get(session)

    async def add(self, session: Session) -> Session:
        return self.kept.setdefault(session.id, session)

    async def save(self, session: Session) -> bool:
        self.kept[session.id] = session
        return True


@dataclass(frozen=True)
class Claims:
    id: str
    session: str


class Spoken:
    """Tokens that say plainly what they are: `session/id`."""

    lives = timedelta(minutes=10)

    def issue(self, session: str, *, now: datetime) -> str:
        return f"{session}/{now.isoformat()}"

    def read(self, token: str, *, now: datetime) -> Claims | None:
        session, _, id = token.partition("/")
        return Claims(id, session) if id else None


@dataclass
class Case:
    shelf: Shelf
    moment: datetime
    live: LiveSessions


@pytest.fixture
def case() -> Case:
    session = Session("s", Proof(Assurance.L3, NOW), began_at=NOW, expires_at=NOW + timedelta(days=30))
    shelf = Shelf({"s": session})
    case = Case(shelf, NOW, LiveSessions(shelf, Spoken(), capacities(), lambda: case.moment))
    return case


async def test_within_five_seconds_a_session_is_read_once(case: Case) -> None:
    for _ in range(10):
        assert await case.live.acting_of("s/1")
        assert await case.live.acting_in("s")

    assert case.shelf.reads == 1


async def test_after_five_seconds_it_is_read_again(case: Case) -> None:
    await case.live.acting_of("s/1")
    case.shelf.kept["s"] = case.shelf.kept["s"].ended(NOW)
    case.moment += timedelta(seconds=5)

    assert await case.live.acting_of("s/1") is None
    assert await case.live.acting_in("s") is None


async def test_a_new_token_is_believed_at_once(case: Case) -> None:
    await case.live.acting_of("s/1")
    case.shelf.kept["s"] = replace(case.shelf.kept["s"], proof=Proof(Assurance.L4, NOW))

    acting = await case.live.acting_of("s/2")

    assert acting is not None
    assert acting.assurance is Assurance.L4


async def test_what_is_forgotten_is_read_again(case: Case) -> None:
    await case.live.acting_of("s/1")
    case.shelf.kept.clear()
    case.live.forget("s")

    assert await case.live.acting_of("s/1") is None


async def test_a_session_past_its_thirty_days_is_nobodys(case: Case) -> None:
    case.moment += timedelta(days=30)

    assert await case.live.acting_of("s/1") is None


async def test_what_is_no_token_reads_nothing(case: Case) -> None:
    assert await case.live.acting_of("rubbish") is None
    assert case.shelf.reads == 0


async def test_a_crowd_does_not_fill_the_memory(case: Case) -> None:
    await case.live.acting_of("s/1")
    for number in range(MOST_SEEN):
        await case.live.acting_of(f"nobody-{number}/1")

    await case.live.acting_of("s/1")

    assert case.shelf.reads == MOST_SEEN + 2
