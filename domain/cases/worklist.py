"""What a case asks of departments and counters, as rows of their queues: what is to be done, by whom, and how pressing it is.

A row is worked out of the case whenever it is saved, and stands beside it in a collection of its own, because a queue is read in the order
of its rows. Which kinds of work a role gets, and in which order, is data (F50). When something is due is counted here without holidays, so
that a row is the same whenever it is worked out; the deadline that is told is the calendar's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.acting import CapacityKind
from domain.cases.case import Case
from domain.cases.clocks import EVENTS
from domain.cases.officers import next_grade, undecided
from domain.cases.parts import CaseStatus
from domain.cases.reading import ItemInCase, items_of
from domain.catalogue.queues import OrderBy, Queue, WorkKind
from domain.catalogue.types import Catalogue
from domain.clock import CHINA
from domain.days.calendar import Calendar
from domain.days.counting import due

NO_HOLIDAYS = Calendar({})
NEVER = "9999"


@dataclass(frozen=True, slots=True)
class Work:
    """`queue`: whose: the id of a department or of an organisation. `order` sorts the most pressing first, and is another for each row."""

    queue: str
    kind: WorkKind
    case: str
    item: str | None
    order: str

    @property
    def about(self) -> str:
        return f"{self.case}.item.{self.item}" if self.item else self.case

    @property
    def id(self) -> str:
        return f"{self.queue}/{self.about}"


@dataclass(frozen=True, slots=True)
class _Urgency:
    first: bool
    due: datetime | None
    since: datetime
    about: str


def work_of(case: Case, catalogue: Catalogue) -> tuple[Work, ...]:
    """What an officer must decide, and what a clerk has begun and not handed in."""
    officers, clerks = catalogue.queues.get("OFFICER"), catalogue.queues.get("CLERK")
    work = _for_officers(case, catalogue, officers) if officers else iter(())
    return (*work, *(_for_clerks(case, clerks) if clerks else ()))


def _for_officers(case: Case, catalogue: Catalogue, queue: Queue) -> Iterator[Work]:
    """Of the item's department; and of the counter whose clerk has taken it."""
    for item in items_of(case, catalogue):
        if not undecided(case, item.state):
            continue
        grade = next_grade(item.state, item.code, catalogue)
        kind = WorkKind(grade) if grade else WorkKind.DECIDE
        order = _order(queue, _urgency(item))
        yield Work(item.department.id, kind, case.id, item.code, order)
        taken = item.state.taken_by
        if taken and taken.capacity is CapacityKind.CLERK and taken.organisation:
            yield Work(taken.organisation, kind, case.id, item.code, order)


def _for_clerks(case: Case, queue: Queue) -> Iterator[Work]:
    filed = case.filed_by
    if filed.capacity is not CapacityKind.CLERK or filed.organisation is None or case.kept_by:
        return
    kind = {CaseStatus.DRAFT: WorkKind.FILL, CaseStatus.CORRECTION_NEEDED: WorkKind.CORRECT}.get(case.status)
    if kind:
        urgency = _Urgency(case.private.priority is not None, case.draft_expires_at, case.received_at or case.opened_at, case.id)
        yield Work(filed.organisation, kind, case.id, None, _order(queue, urgency))


def _urgency(item: ItemInCase) -> _Urgency:
    case = item.case
    since = item.state.ready_at or case.received_at or case.opened_at
    return _Urgency(case.private.priority is not None, _due(item), since, f"{case.id}.{item.code}")


def _due(item: ItemInCase) -> datetime | None:
    limit = item.offered.promise or item.offered.statutory_limit
    start = EVENTS[limit.start_event](item) if limit and limit.start_event in EVENTS else None
    return due(limit, start, NO_HOLIDAYS).at if limit and start else None


def _order(queue: Queue, urgency: _Urgency) -> str:
    """By what the queue names, in that order, and at last by what it is about, so that no two are the same."""
    return "|".join([*(ORDERS[by](urgency) for by in queue.order), urgency.about])


ORDERS: Mapping[OrderBy, Callable[[_Urgency], str]] = {
    OrderBy.PRIORITY: lambda urgency: "0" if urgency.first else "1",
    OrderBy.DUE: lambda urgency: _sortable(urgency.due) if urgency.due else NEVER,
    OrderBy.OLDEST: lambda urgency: _sortable(urgency.since),
}


def _sortable(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%dT%H:%M:%S.%f}"


def kinds_for(role: CapacityKind, queues: Mapping[str, Queue]) -> Sequence[WorkKind]:
    """What that role's queue holds; a supervisor looks at that of the members."""
    return queues[role].kinds if role in queues else ()
