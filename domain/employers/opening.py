"""Cases opened from a list of staff, some rows at a time: each row once, however often and however many at once it is asked."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.opening import Filing, Opening
from domain.cases.opening_desk import OpeningDesk
from domain.cases.parts import RequestMark
from domain.catalogue.types import FilingChannel
from domain.employers.desk import employer_of
from domain.employers.sheet import StaffRow
from domain.employers.stores import Employers, Import, Persons, StaffSheet, StaffSheets
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted, Refusal, Remedy
from domain.looks.look import Looks, Purpose, looks_at
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import Employments
from domain.words import Language, Text

MOST_AT_ONCE = 50
"""Rows of one call; whoever has more asks again, with the last row of the answer."""

SIDE_BY_SIDE = 10


@dataclass(frozen=True, slots=True)
class OpenStaff:
    """`after`: the number of a row; those that follow it, at most `first` of them."""

    sheet: str
    items: tuple[str, ...]
    first: int = MOST_AT_ONCE
    after: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a row. `problem`: why there is no case, or not through this employer; `again`: the same request may well help."""

    row: StaffRow
    case: Case | None = None
    problem: Text | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class StaffImport:
    """`waiting`: rows of the list after these."""

    rows: tuple[Opened, ...]
    waiting: int

    @property
    def opened(self) -> int:
        return sum(row.problem is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What each row's case is opened for."""

    request: str
    items: tuple[str, ...]
    code: str
    by: Acting
    language: Language
    sheet: StaffSheet


@dataclass(frozen=True, slots=True)
class StaffDesk:
    sheets: StaffSheets
    employers: Employers
    employments: Employments
    persons: Persons
    opening: OpeningDesk
    looks: Looks

    async def open(self, request_id: str, wanted: OpenStaff, *, by: Acting, language: Language) -> StaffImport:
        """A row that cannot be opened stops no other. Raises NotPermitted, NotFound, InvalidForm, and Conflict for other input."""
        organisation, code = await self._employer(by)
        sheet = await self.sheets.one(wanted.sheet, organisation=organisation)
        if sheet is None:
            raise NotFound("staff-sheet.not-found")
        await self._begin(request_id, wanted, sheet, by=by)
        rows = [row for row in sheet.rows if row.row > wanted.after]
        taken = rows[: max(1, min(wanted.first, MOST_AT_ONCE))]
        became = await self._each(taken, _Asked(request_id, wanted.items, code, by, language, sheet))
        cases = [one.case for one in became if one.case]
        await self.looks.note(looks_at(by, cases, purpose=Purpose.IMPORT_STAFF, at=self.opening.now()))
        return StaffImport(became, waiting=len(rows) - len(taken))

    async def _employer(self, by: Acting) -> tuple[str, str]:
        """Its id and its social credit code."""
        organisation = await self.employers.one(employer_of(by))
        if organisation is None or organisation.code is None:
            raise NotPermitted("staff-sheet.not-an-employer")
        return organisation.id, organisation.code

    async def _begin(self, request_id: str, wanted: OpenStaff, sheet: StaffSheet, *, by: Acting) -> None:
        mark = self.opening.marks.mark(request_id, "openStaffCases", (wanted.sheet, wanted.items), by=by)
        import_ = Import(sheet.organisation, mark.person, mark.id, mark.fingerprint)
        if await self.sheets.begun(import_, at=self.opening.now()) != import_:
            raise Conflict("refusal.request-reused", remedy=Remedy.NONE)

    async def _each(self, rows: Sequence[StaffRow], asked: _Asked) -> tuple[Opened, ...]:
        turns = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(row: StaffRow) -> Opened:
            async with turns:
                return await self._opened(row, asked)

        return tuple(await asyncio.gather(*map(one, rows)))

    async def _opened(self, row: StaffRow, asked: _Asked) -> Opened:
        try:
            return Opened(row, await self._case(row, asked))
        except Refusal as refusal:
            return Opened(row, refusal.current, refusal.text, again=refusal.remedy is Remedy.RETRY)
        except InvalidForm as slips:
            return Opened(row, problem=slips.issues[0].text)
        except NoAnswer:
            return Opened(row, problem=Text("staff-sheet.register-away"), again=True)

    async def _case(self, row: StaffRow, asked: _Asked) -> Case:
        """Nobody becomes known here who is not the employer's own."""
        if not await self.employments.employs(asked.code, document_kind=row.document_kind, document_number=row.document_number):
            raise NotPermitted(Text("staff-sheet.not-your-staff", {"row": row.row}))
        person = await self.persons.met(row.document_kind, row.document_number, name=row.name)
        if _plain(person.name) != _plain(row.name):
            raise NotPermitted(Text("staff-sheet.other-name", {"row": row.row}))
        return await self._begun(row, person, asked)

    async def _begun(self, row: StaffRow, person: Person, asked: _Asked) -> Case:
        """With what the employer knows, as far as it is asked of this person for these services."""
        filing, mark = Filing(person, FilingChannel.EMPLOYER), self._mark(row, asked)
        by, answers = replace(asked.by, on_behalf_of=person.id), _answers(row)
        try:
            return await self.opening.opened_for(filing, Opening(asked.items, answers), mark, by=by, language=asked.language)
        except InvalidForm as slips:
            answers = _without(answers, slips)
        return await self.opening.opened_for(filing, Opening(asked.items, answers), mark, by=by, language=asked.language)

    def _mark(self, row: StaffRow, asked: _Asked) -> RequestMark:
        mark = self.opening.marks.mark(asked.request, "openStaffCases", (asked.sheet.id, asked.items, row.row), by=asked.by)
        return replace(mark, id=f"{mark.id}.{row.row}")


def _answers(row: StaffRow) -> tuple[AnswerGiven, ...]:
    known = {
        "mobile": row.mobile,
        "post-category": row.post_category,
        "retirement-date": row.retirement_date and row.retirement_date.isoformat(),
    }
    return tuple(AnswerGiven(key, value=value) for key, value in known.items() if value)


def _without(answers: tuple[AnswerGiven, ...], slips: InvalidForm) -> tuple[AnswerGiven, ...]:
    """Without those to questions that are not asked. Raises the slips if there are others."""
    astray = {issue.path[2] for issue in slips.issues if issue.path[:2] == ("input", "answers") and issue.code == "unknown-field"}
    if len(astray) < len(slips.issues):
        raise slips
    return tuple(answer for place, answer in enumerate(answers) if str(place) not in astray)


def _plain(name: str) -> str:
    """Dots between the parts of a name are written in many ways."""
    return "".join(letter for letter in normalize("NFKC", name) if letter.isalnum()).casefold()
