"""A dry run tells what would go and why the rest stays; only what was told is done, and once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from domain.acting import Acting, Assurance
from domain.cases.case import Case
from domain.cases.parts import CaseStatus
from domain.cases.requests import Marks
from domain.errors import AssuranceTooLow, Conflict, NotPermitted, StepNotAllowed
from domain.keeping.deletion import Asking, Deleted, DeletionDesk, DeletionPlan, Disposal, PlanLine
from domain.keeping.holdings import CaseHolding, SessionHolding
from domain.keeping.retention import years_later
from domain.people import Person
from domain.sessions.session import Proof, Session
from domain.words import Language
from tests.cases import a_mark, a_prefilled_case, a_submitted_case, acting, at, loaded
from tests.looks import as_delegate
from tests.memory import MemoryCases, a_book
from tests.progress import a_finished_case, notified, withdrawn

REQUEST = "delete-0123456789abcdef"


@dataclass
class MemoryDeletions:
    kept: dict[str, Deleted] = field(default_factory=dict)

    async def find(self, person: str, request: str) -> Deleted | None:
        return self.kept.get(f"{person} {request}")

    async def add(self, deleted: Deleted, *, forget_at: datetime) -> Deleted:
        return self.kept.setdefault(f"{deleted.person} {deleted.request}", deleted)


@dataclass
class Letters:
    """Another kind of thing that is kept."""

    count: int = 2
    deletions: int = 0

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine("files", self.count, Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        self.count, self.deletions = 0, self.deletions + 1


def a_desk(*cases: Case, letters: Letters | None = None, store: MemoryCases | None = None) -> DeletionDesk:
    return DeletionDesk(
        holdings=(CaseHolding(a_book(*cases, store=store), lambda: bytes(32)), letters or Letters(0)),
        deletions=MemoryDeletions(),
        marks=Marks(lambda asked: asked.hex()),
        recently=lambda: timedelta(minutes=20),
        kept_until=lambda at: years_later(at, 3),
        new_id=lambda: "deletion-1",
        now=lambda: at(100).at,
    )


@pytest.mark.row("F66")
async def test_the_dry_run_says_of_each_kind_what_becomes_of_it_until_when_and_by_which_law() -> None:
    plan = await a_desk(notified(a_finished_case()), letters=Letters()).plan(by=acting())

    assert plan is not None
    assert plan.lines == (
        PlanLine("finished-cases", 1, Disposal.LOCKED, at(50).at.replace(year=2126)),
        PlanLine("files", 2, Disposal.DELETED),
    )
    assert all(loaded().wording.say(text, language) for line in plan.lines for text in (line.title, line.why) for language in Language)


@pytest.mark.row("F66")
async def test_what_was_told_is_done() -> None:
    store, letters = MemoryCases(), Letters()
    draft = a_prefilled_case()
    desk = a_desk(draft, letters=letters, store=store)
    plan = await desk.plan(by=acting())

    done = await desk.delete(REQUEST, plan_version=plan.version, by=acting())

    assert (done.lines, letters.deletions) == (plan.lines, 1)
    assert (store.kept[draft.id].status, store.kept[draft.id].erase_at) == (CaseStatus.WITHDRAWN, at(100).at)


@pytest.mark.row("F66")
async def test_the_law_s_files_are_locked() -> None:
    store, done = MemoryCases(), notified(a_finished_case())
    desk = a_desk(done, store=store)

    await desk.delete(REQUEST, plan_version=(await desk.plan(by=acting())).version, by=acting())

    assert (store.kept[done.id].locked_at, store.kept[done.id].private.answers) == (at(100).at, done.private.answers)


@pytest.mark.row("F66")
async def test_with_a_case_in_progress_nothing_is_deleted() -> None:
    letters, case = Letters(), a_submitted_case()
    desk = a_desk(case, letters=letters)
    plan = await desk.plan(by=acting())

    with pytest.raises(StepNotAllowed) as refused:
        await desk.delete(REQUEST, plan_version=plan.version, by=acting())

    assert plan.in_progress is not None
    assert (plan.in_progress.id, refused.value.text.key, letters.deletions) == (case.id, "refusal.case-in-progress", 0)


async def test_a_plan_that_has_changed_is_not_the_one_that_was_agreed_to() -> None:
    letters = Letters()
    desk = a_desk(letters=letters)
    plan = await desk.plan(by=acting())
    letters.count = 3

    with pytest.raises(Conflict):
        await desk.delete(REQUEST, plan_version=plan.version, by=acting())

    assert letters.deletions == 0


def test_proving_again_who_one_is_adds_to_the_diary_and_changes_no_plan() -> None:
    one, two = (DeletionPlan((PlanLine("sign-ins", count, Disposal.KEPT),)) for count in (1, 2))
    gone = DeletionPlan((PlanLine("sign-ins", 1, Disposal.DELETED),))

    assert one.version == two.version
    assert one.version != gone.version


@pytest.mark.row("F38")
async def test_one_request_deletes_once_and_answers_the_same() -> None:
    letters = Letters()
    desk = a_desk(withdrawn(a_prefilled_case()), letters=letters)
    version = (await desk.plan(by=acting())).version

    first = await desk.delete(REQUEST, plan_version=version, by=acting())

    assert await desk.delete(REQUEST, plan_version=version, by=acting()) == first
    assert letters.deletions == 1
    with pytest.raises(Conflict):
        await desk.delete(REQUEST, plan_version="another", by=acting())


@pytest.mark.row("F66")
async def test_only_people_themselves_proved_lately_delete() -> None:
    desk = a_desk(letters=Letters())

    assert (await desk.plan(by=None), await desk.plan(by=as_delegate())) == (None, None)
    with pytest.raises(NotPermitted):
        await desk.delete(REQUEST, plan_version="", by=as_delegate())
    with pytest.raises(AssuranceTooLow):
        await desk.delete(REQUEST, plan_version="", by=acting(assurance=Assurance.L2))


@dataclass
class BusySessions:
    """Others, which somebody refreshes at the same moment, so many times."""

    living: list[Session]
    busy: int = 1

    async def of(self, person: str) -> Sequence[Session]:
        return [session for session in self.living if session.ended_at is None]

    async def save(self, session: Session) -> bool:
        if self.busy:
            self.busy -= 1
            return False
        self.living = [session if one.id == session.id else one for one in self.living]
        return True


@pytest.mark.row("F66")
async def test_a_session_that_is_refreshed_meanwhile_is_ended_all_the_same() -> None:
    mine, others = acting(), [a_session(id) for id in ("session-2", "session-3")]
    sessions = BusySessions([a_session(mine.session), *others])

    await SessionHolding(sessions, lambda _: None).delete(Asking(mine.known_person(), mine, a_mark(), at(100).at))

    assert [session.id for session in await sessions.of(mine.known_person().id)] == [mine.session]


def a_session(id: str) -> Session:
    return Session(id, Proof(Assurance.L3, at(0).at, acting().person), began_at=at(0).at, expires_at=at(100_000).at)


def test_a_leap_day_becomes_the_first_of_march() -> None:
    assert years_later(datetime(2028, 2, 29, tzinfo=UTC), 1) == datetime(2029, 3, 1, tzinfo=UTC)
    assert years_later(datetime(2028, 2, 29, tzinfo=UTC), 4) == datetime(2032, 2, 29, tzinfo=UTC)
