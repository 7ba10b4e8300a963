"""Where officers and clerks take items, put them back, review and decide them; and where a case is put before others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.access.reach import Reach, reach_of
from domain.acting import Acting, CapacityKind
from domain.cases.book import CaseBook, catalogue_of
from domain.cases.case import Case
from domain.cases.desk import AttachableFiles, Verb, reference
from domain.cases.doing_tasks import complete_task, take_task
from domain.cases.officers import Deciding, decide_item, put_back, take, waive
from domain.cases.priority import basis_named, flaggable, put_first
from domain.cases.recording import Moment
from domain.cases.requests import Marks, already_done
from domain.cases.seeing import sight_of
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.clock import Now
from domain.errors import NotFound
from domain.looks.look import Looks, Purpose, looks_at


@dataclass(frozen=True, slots=True)
class OfficerDesk:
    book: CaseBook
    catalogues: Catalogues
    files: AttachableFiles
    marks: Marks
    looks: Looks
    seed: Callable[[], bytes]
    now: Now

    async def take(self, request_id: str, item_id: str, *, by: Acting) -> Case:
        case_id, item = _parts(item_id)
        mark = self.marks.mark(request_id, "take-item", item_id, by=by)
        return await self._change(case_id, partial(take, item=item, mark=mark), by=by, reach=self._to_take(item, by))

    async def put_back(self, request_id: str, item_id: str, *, by: Acting) -> Case:
        case_id, item = _parts(item_id)
        mark = self.marks.mark(request_id, "put-item-back", item_id, by=by)
        return await self._change(case_id, partial(put_back, item=item, mark=mark), by=by)

    async def decide(self, request_id: str, item_id: str, deciding: Deciding, *, by: Acting) -> Case:
        case_id, item = _parts(item_id)
        mark = self.marks.mark(request_id, "decide-item", (item_id, deciding), by=by)
        return await self._change(case_id, partial(decide_item, item=item, deciding=deciding, mark=mark), by=by)

    async def waive(self, request_id: str, item_id: str, *, reason: str, by: Acting) -> Case:
        case_id, item = _parts(item_id)
        mark = self.marks.mark(request_id, "waive-review", (item_id, reason), by=by)
        return await self._change(case_id, partial(waive, item=item, reason=reason, mark=mark), by=by)

    async def take_task(self, request_id: str, task_id: str, *, by: Acting) -> Case:
        case_id, _, material = task_id.partition(".task.")
        mark = self.marks.mark(request_id, "take-task", task_id, by=by)
        return await self._change(case_id, partial(take_task, material=material, mark=mark), by=by)

    async def complete_task(self, request_id: str, task_id: str, *, reference: str, by: Acting) -> Case:
        case_id, _, material = task_id.partition(".task.")
        mark = self.marks.mark(request_id, "complete-task", (task_id, reference), by=by)
        return await self._change(case_id, partial(complete_task, material=material, reference=reference, mark=mark), by=by)

    async def put_first(self, request_id: str, case_id: str, basis: str, *, file_id: str | None, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "flag-priority", (case_id, basis, file_id), by=by)
        case = await self._within(case_id, reach_of(by))
        if file_id and not already_done(case, mark):  # a refusal may not have given the file to the case
            flaggable(case, await self.book.authority.acting_on(case, by))
            basis_named(basis, await catalogue_of(case, self.catalogues))
        files = await self.files.attach([file_id], case=case, by=by) if file_id else ()
        file = reference(files[0]) if files else None
        return await self._change(case_id, partial(put_first, basis=basis, file=file, mark=mark), by=by)

    def _to_take(self, item: str, by: Acting) -> Reach:
        """A clerk takes any of the region's items that they are certified for, wherever it was filed (A63)."""
        region = by.authority.region
        known = self.catalogues.built.catalogues.get(region) if region and by.capacity is CapacityKind.CLERK else None
        offered = known.items.get(item) if known else None
        return Reach(department=offered.department, region=region) if offered else reach_of(by)

    async def _change(self, case_id: str, verb: Verb, *, by: Acting, reach: Reach | None = None) -> Case:
        reach = reach or reach_of(by)
        case = await self._within(case_id, reach)
        catalogue = await catalogue_of(case, self.catalogues)
        seen = await self._noted(case, catalogue, by)
        moment = Moment(self.now(), self.seed())
        decide = partial(verb, catalogue=catalogue, moment=moment)
        changed = await self.book.change_for(by, case_id, decide, moment=moment, reach=reach)
        if not seen:
            await self._noted(changed, catalogue, by)
        return changed

    async def _noted(self, case: Case, catalogue: Catalogue, by: Acting) -> bool:
        """Whether anything personal can be seen; then it is noted. Who comes second to an item sees nothing, and is not said to have."""
        personal = sight_of(case, catalogue, by).personal
        if personal:
            await self.looks.note(looks_at(by, [case], purpose=Purpose.CHANGE_CASE, at=self.now()))
        return personal

    async def _within(self, case_id: str, reach: Reach) -> Case:
        case = await self.book.store.one(case_id, reach=reach)
        if case is None:
            raise NotFound("refusal.not-found")
        return case


def _parts(item_id: str) -> tuple[str, str]:
    case_id, _, item = item_id.partition(".item.")
    return case_id, item
