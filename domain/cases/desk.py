"""What an applicant can do with their own cases."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from domain.access.reach import reach_of
from domain.acting import Acting
from domain.cases.accounts import OwnAccounts
from domain.cases.book import CaseBook, catalogue_of
from domain.cases.case import Case
from domain.cases.confirming import confirm, hand_over, stamp
from domain.cases.consenting import Consenting, decide_consents
from domain.cases.filling import AnswerGiven, fill
from domain.cases.locating import bring_places, locate
from domain.cases.parts import FileRef
from domain.cases.recording import Moment
from domain.cases.requests import Marks, already_done
from domain.cases.seeing import sight_of
from domain.cases.stores import CaseFilter, CasePage
from domain.cases.submitting import attach, attachable, submit, withdraw
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue, PromiseMark
from domain.clock import Now
from domain.errors import NotFound
from domain.files import StoredFile
from domain.looks.look import Looks, Purpose, looks_at
from domain.places.places import Places

LARGEST_PAGE = 50


class AttachableFiles(Protocol):
    async def attach(self, ids: Sequence[str], *, case: Case, by: Acting) -> tuple[StoredFile, ...]: ...


class Verb(Protocol):
    """A pure decision on a case, once it is given the case's own catalogue, the moment, and who decides."""

    def __call__(self, case: Case, *, catalogue: Catalogue, moment: Moment, by: Acting) -> Case: ...


@dataclass(frozen=True, slots=True)
class ApplicantDesk:
    book: CaseBook
    catalogues: Catalogues
    files: AttachableFiles
    marks: Marks
    seed: Callable[[], bytes]
    now: Now
    places: Places
    looks: Looks
    accounts: OwnAccounts

    async def one(self, id: str, *, by: Acting, purpose: Purpose = Purpose.READ_CASE) -> Case | None:
        """None: not there, or not theirs. Who reads what is another's is noted first (F65)."""
        case = await self.book.store.one(id, reach=reach_of(by))
        if case:
            await self._bring(case)
            await self._note([case], purpose, by=by)
        return case

    async def page(self, *, first: int, after: str | None, filter: CaseFilter, by: Acting) -> CasePage:
        page = await self.book.store.page(reach_of(by), first=max(1, min(first, LARGEST_PAGE)), after=after, filter=filter)
        for case in page.cases:
            await self._bring(case)
        await self._note(page.cases, Purpose.LIST_CASES, by=by)
        return page

    async def decide_consents(self, request_id: str, case_id: str, consents: Sequence[Consenting], *, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "consent", (case_id, consents), by=by)
        return await self._change(case_id, partial(decide_consents, consents=consents, mark=mark), by=by)

    async def fill(
        self, request_id: str, case_id: str, answers: Sequence[AnswerGiven], *, revision: int, remove_entries: Sequence[str], by: Acting
    ) -> Case:
        mark = self.marks.mark(request_id, "fill", (case_id, answers, revision, remove_entries), by=by)
        case = await self._theirs(case_id, by=by)
        catalogue = await self.catalogue_of(case)
        located = await locate(answers, catalogue, self.places)
        foreign = await self.accounts.foreign(answers, catalogue, of=case.beneficiary, by=by, case=case)
        verb = partial(fill, given=located.answers, astray={**located.astray, **foreign}, remove_entries=remove_entries, revision=revision)
        return await self._change(case_id, partial(verb, mark=mark), by=by)

    async def attach(
        self, request_id: str, material_id: str, file_ids: Sequence[str], *, by: Acting, marks: Collection[PromiseMark] = ()
    ) -> Case:
        mark = self.marks.mark(request_id, "attach", (material_id, file_ids, sorted(marks)), by=by)
        case_id, _, code = material_id.partition(".material.")
        case, ids = await self._theirs(case_id, by=by), tuple(dict.fromkeys(file_ids))
        if not already_done(case, mark):  # a refusal may not have given the files to the case
            attachable(case, code, len(ids), await self.catalogue_of(case), by=await self.book.authority.acting_on(case, by))
        files = tuple(reference(file) for file in await self.files.attach(ids, case=case, by=by)) if ids else ()
        return await self._change(case_id, partial(attach, material=code, files=files, marks=marks, mark=mark), by=by)

    async def submit(self, request_id: str, case_id: str, *, revision: int, declarations: Sequence[str], by: Acting) -> Case:
        mark = self.marks.mark(request_id, "submit", (case_id, revision, declarations), by=by)
        return await self._change(case_id, partial(submit, revision=revision, declarations=declarations, mark=mark), by=by)

    async def confirm(self, request_id: str, case_id: str, *, by: Acting) -> Case:
        """By the person, of what their employer filed."""
        return await self._change(case_id, partial(confirm, mark=self.marks.mark(request_id, "confirm", case_id, by=by)), by=by)

    async def stamp(self, request_id: str, case_id: str, *, by: Acting) -> Case:
        return await self._change(case_id, partial(stamp, mark=self.marks.mark(request_id, "stamp", case_id, by=by)), by=by)

    async def hand_over(self, request_id: str, case_id: str, *, by: Acting) -> Case:
        return await self._change(case_id, partial(hand_over, mark=self.marks.mark(request_id, "hand-over", case_id, by=by)), by=by)

    async def withdraw(self, request_id: str, case_id: str, *, reason: str, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "withdraw", (case_id, reason), by=by)
        return await self._change(case_id, partial(withdraw, reason=reason, mark=mark), by=by)

    async def catalogue_of(self, case: Case) -> Catalogue:
        return await catalogue_of(case, self.catalogues)

    async def _bring(self, case: Case) -> None:
        """What is needed to tell of it: its catalogue, and the names of the places in it."""
        await bring_places(case, await self.catalogue_of(case), self.places)

    async def _change(self, case_id: str, verb: Verb, *, by: Acting) -> Case:
        catalogue, moment = await self.catalogue_of(await self._theirs(case_id, by=by)), self._moment()
        return await self.book.change_for(by, case_id, partial(verb, catalogue=catalogue, moment=moment), moment=moment)

    async def _note(self, cases: Sequence[Case], purpose: Purpose, *, by: Acting) -> None:
        """What somebody may see of whose personal data; of the others they see that there is a case."""
        seen = [case for case in cases if sight_of(case, await self.catalogue_of(case), by).personal]
        await self.looks.note(looks_at(by, seen, purpose=purpose, at=self.now()))

    async def _theirs(self, case_id: str, *, by: Acting) -> Case:
        case = await self.one(case_id, by=by, purpose=Purpose.CHANGE_CASE)
        if case is None:
            raise NotFound("refusal.not-found")
        return case

    def _moment(self) -> Moment:
        return Moment(self.now(), self.seed())


def reference(file: StoredFile) -> FileRef:
    return FileRef(file.id, file.content_type, file.size, file.sha256, file.at, file.by)
