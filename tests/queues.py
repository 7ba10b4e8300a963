"""Work queues in the process alone, with the same promises as the store's."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.cases.case import Case
from domain.cases.queues import Queues, Wanted
from domain.cases.worklist import Work, work_of
from tests.cases import loaded


@dataclass
class MemoryWork:
    """By id, with the version of the case for which it was put there last."""

    rows: dict[str, tuple[Work, int]] = field(default_factory=dict)

    async def put(self, work: Sequence[Work], *, version: int) -> None:
        for row in work:
            stood, since = self.rows.get(row.id, (row, 0))
            self.rows[row.id] = (stood, max(since, version))

    async def settle(self, work: Sequence[Work], *, version: int) -> None:
        for row in work:
            if row.id in self.rows and self.rows[row.id][1] <= version:
                self.rows[row.id] = (row, self.rows[row.id][1])

    async def remove(self, work: Sequence[Work], *, version: int) -> None:
        for row in work:
            if row.id in self.rows and self.rows[row.id][1] <= version:
                del self.rows[row.id]

    async def page(self, wanted: Wanted, *, first: int, after: str | None) -> Sequence[Work]:
        rows = sorted((row for row, _ in self.rows.values()), key=lambda row: row.order)
        items = None if wanted.items is None else {None, *wanted.items}
        found = [row for row in rows if row.queue in wanted.queues and row.kind in wanted.kinds and row.order > (after or "")]
        return [row for row in found if items is None or row.item in items][:first]


def work_in(case: Case) -> tuple[Work, ...]:
    return work_of(case, loaded().catalogues.version(case.region, case.catalogue_version))


def some_queues(rows: MemoryWork | None = None) -> Queues:
    return Queues(rows or MemoryWork(), work_in)
