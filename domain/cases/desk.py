"""What an applicant can do with their own cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from domain.acting import Acting
from domain.cases.book import CaseBook, catalogue_of
from domain.cases.case import Case
from domain.cases.consenting import Consenting, decide_consents
from domain.cases.filling import AnswerGiven, fill
from domain.cases.locating import bring_places, locate
from domain.cases.parts import FileRef
from domain.cases.recording import Moment
from domain.cases.requests import Marks, already_done
from domain.cases.stores import CaseFilter, CasePage
from domain.cases.submitting import attach, attachable, submit, withdraw
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.clock import Now
from domain.errors import NotFound
from domain.files import StoredFile
from domain.places.places import Places

LARGEST_PAGE = 50


class AttachableFiles(Protocol):
    async def attach(self, ids: Sequence[str], *, case: str, by: Acting) -> tuple[StoredFile, ...]: ...


class Verb(Protocol):
    """A pure decision on a case, once it is given the case's own catalogue."""

    def __call__(self, case: Case, *, catalogue: Catalogue) -> Case: ...


@dataclass(frozen=True, slots=True)
class ApplicantDesk:
    book: CaseBook
    catalogues: Catalogues
    files: AttachableFiles
    marks: Marks
    seed: Callable[[], bytes]
    now: Now
    places: Places

    async def one(self, id: str, *, by: Acting) -> Case | None:
        """None: not there, or not theirs."""
        case = await self.book.store.one(id, person=by.beneficiary())
        if case:
            await self._bring(case)
        return case

    async def page(self, *, first: int, after: str | None, filter: CaseFilter, by: Acting) -> CasePage:
        page = await self.book.store.page(by.beneficiary(), first=max(1, min(first, LARGEST_PAGE)), after=after, filter=filter)
        for case in page.cases:
            await self._bring(case)
        return page

    async def decide_consents(self, request_id: str, case_id: str, consents: Sequence[Consenting], *, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "consent", (case_id, consents), by=by)
        return await self._change(case_id, partial(decide_consents, consents=consents, by=by, mark=mark, moment=self._moment()), by=by)

    async def fill(
        self, request_id: str, case_id: str, answers: Sequence[AnswerGiven], *, revision: int, remove_entries: Sequence[str], by: Acting
    ) -> Case:
        mark = self.marks.mark(request_id, "fill", (case_id, answers, revision, remove_entries), by=by)
        catalogue = await self.catalogue_of(await self._theirs(case_id, by=by))
        located = await locate(answers, catalogue, self.places)
        verb = partial(fill, given=located.answers, astray=located.astray, remove_entries=remove_entries, revision=revision)
        decide = partial(verb, catalogue=catalogue, by=by, mark=mark, moment=self._moment())
        return await self.book.change(case_id, decide, person=by.beneficiary())

    async def attach(self, request_id: str, material_id: str, file_ids: Sequence[str], *, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "attach", (material_id, file_ids), by=by)
        case_id, _, code = material_id.partition(".material.")
        case, ids = await self._theirs(case_id, by=by), tuple(dict.fromkeys(file_ids))
        if not already_done(case, mark):  # a refusal may not have given the files to the case
            attachable(case, code, len(ids), await self.catalogue_of(case))
        files = tuple(_reference(file) for file in await self.files.attach(ids, case=case_id, by=by)) if ids else ()
        return await self._change(case_id, partial(attach, material=code, files=files, by=by, mark=mark, moment=self._moment()), by=by)

    async def submit(self, request_id: str, case_id: str, *, revision: int, declarations: Sequence[str], by: Acting) -> Case:
        mark = self.marks.mark(request_id, "submit", (case_id, revision, declarations), by=by)
        verb = partial(submit, revision=revision, declarations=declarations, by=by, mark=mark, moment=self._moment())
        return await self._change(case_id, verb, by=by)

    async def withdraw(self, request_id: str, case_id: str, *, reason: str, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "withdraw", (case_id, reason), by=by)
        verb = partial(withdraw, reason=reason, by=by, mark=mark, moment=self._moment())
        return await self.book.change(case_id, verb, person=by.beneficiary())

    async def catalogue_of(self, case: Case) -> Catalogue:
        return await catalogue_of(case, self.catalogues)

    async def _bring(self, case: Case) -> None:
        """What is needed to tell of it: its catalogue, and the names of the places in it."""
        await bring_places(case, await self.catalogue_of(case), self.places)

    async def _change(self, case_id: str, verb: Verb, *, by: Acting) -> Case:
        catalogue = await self.catalogue_of(await self._theirs(case_id, by=by))
        return await self.book.change(case_id, partial(verb, catalogue=catalogue), person=by.beneficiary())

    async def _theirs(self, case_id: str, *, by: Acting) -> Case:
        case = await self.one(case_id, by=by)
        if case is None:
            raise NotFound("refusal.not-found")
        return case

    def _moment(self) -> Moment:
        return Moment(self.now(), self.seed())


def _reference(file: StoredFile) -> FileRef:
    return FileRef(file.id, file.content_type, file.size, file.sha256, file.at, file.by)
