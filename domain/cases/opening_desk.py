"""Opening a case: once per request, however often and however many at once, and with what is known of the person within two seconds."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from typing import Protocol

from domain.access.reach import reach_of
from domain.acting import Acting, Actor
from domain.cases.accounts import OwnAccounts
from domain.cases.authority import covers
from domain.cases.book import CaseBook, already_open, busy
from domain.cases.case import Case
from domain.cases.filing import Filings
from domain.cases.locating import locate
from domain.cases.naming import CaseNames
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.parts import PrefillStatus, RequestMark
from domain.cases.recording import Moment
from domain.cases.requests import Marks, already_done
from domain.cases.stores import SlotTaken
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue
from domain.clock import Now
from domain.errors import InvalidForm, Issue, NotPermitted
from domain.looks.look import Looks, Purpose, looks_at
from domain.places.places import Places
from domain.words import Language, Text

WAIT_FOR_PREFILL = 2.0
"""Seconds: openCase answers with what licences and registers have said by then."""

Within = Callable[[float], AbstractAsyncContextManager[object]]
"""Whatever is done in it ends with TimeoutError after so many seconds."""


class Used(Protocol):
    async def __call__(self, id: str, case: str, /, *, by: Actor) -> object: ...


@dataclass(frozen=True, slots=True)
class OpeningDesk:
    book: CaseBook
    catalogues: Catalogues
    names: CaseNames
    marks: Marks
    seed: Callable[[], bytes]
    now: Now
    within: Within
    places: Places
    filings: Filings
    accounts: OwnAccounts
    looks: Looks
    used: Used | None = None
    """Told of each case that is begun by a mandate: it stands in the mandate's own life."""

    async def open(self, request_id: str, opening: Opening, *, by: Acting, language: Language) -> Case:
        """For oneself, a principal or a ward. Raises InvalidForm, NotPermitted, and AlreadyOpen for a draft or a case that stands."""
        mark = self.marks.mark(request_id, "open", opening, by=by)
        filing, acting = await self.filings.own(opening, by=by)
        case = await self.opened_for(filing, opening, mark, by=acting, language=language)
        if acting.mandate and self.used:
            await self.used(acting.mandate, case.id, by=acting.actor())
        return await self.shown(case, by=by)

    async def opened_for(
        self, filing: Filing, opening: Opening, mark: RequestMark, *, by: Acting, language: Language, id: str | None = None
    ) -> Case:
        """`id`: of the case that is to be, where something was bound to it already; `by`: with the person for whom they act."""
        return await self._opened_before(filing, mark, by=by) or await self._begun(filing, opening, mark, by=by, language=language, id=id)

    async def _opened_before(self, filing: Filing, mark: RequestMark, *, by: Acting) -> Case | None:
        """The case of this very request, which may have been quicker elsewhere. Raises AlreadyOpen if another's is in the way."""
        person = filing.beneficiary.id
        case = await self.book.store.opened_by(_opening_key(mark), person=person)
        case = case or await self.book.store.standing(person, filer=by.organisation or mark.person)
        if case and not (covers(reach_of(by), case) and already_done(case, mark)):  # in another capacity it is not theirs
            raise already_open(case, by)
        return case

    async def _begun(self, filing: Filing, opening: Opening, mark: RequestMark, *, by: Acting, language: Language, id: str | None) -> Case:
        id = id or self.names.case_id(filing.beneficiary.id)
        new = NewCase(id, await self._number(id), mark, language)
        moment = Moment(self.now(), self.seed())
        catalogue = self._catalogue_for(opening)
        located = await locate(opening.answers, catalogue, self.places)
        foreign = await self.accounts.foreign(opening.answers, catalogue, of=filing.beneficiary, by=by)
        opening = replace(opening, answers=located.answers)
        case = open_case(opening, new, filing=filing, catalogue=catalogue, by=by, moment=moment, astray={**located.astray, **foreign})
        await self._must_still_hold(by)
        await self.book.queues.announce(case, before=None)
        try:
            kept = await self.book.store.add(case, opening=_opening_key(mark))
        except SlotTaken:
            quicker = await self._opened_before(filing, mark, by=by)
            if quicker is None:  # and is over already
                raise busy() from None
            return quicker
        await self.book.kept(kept)
        return kept

    async def _must_still_hold(self, by: Acting) -> None:
        """Asked last, since registers take their time: a mandate, post or guardianship may have ended meanwhile. Raises NotPermitted."""
        held = replace(by, mandate=None) if by.post else by  # one given in person is used before, and only while it is in force
        if await self.filings.capacities.authority(held) is None:
            raise NotPermitted("refusal.capacity-ended")

    async def _number(self, case: str) -> str:
        while not await self.book.store.reserve_number(number := self.names.number(self.now()), case=case):
            pass
        return number

    def _catalogue_for(self, opening: Opening) -> Catalogue:
        known = [item for item in map(self.catalogues.item, opening.item_ids) if item]
        if not known:
            raise InvalidForm([Issue(("input", "itemIds"), Text("issue.unknown-item" if opening.item_ids else "issue.no-items"))])
        return known[0].catalogue

    async def shown(self, case: Case, *, by: Acting) -> Case:
        """With what is known by then; noted, where it is another's."""
        filled = await self._prefilled(case)
        await self.looks.note(looks_at(by, [filled], purpose=Purpose.CHANGE_CASE, at=self.now()))
        return filled

    async def _prefilled(self, case: Case) -> Case:
        """The case once nobody is being asked any more, or as it stands after two seconds."""
        async with self.book.bells.hang(case.id) as bell:
            with suppress(TimeoutError):
                async with self.within(WAIT_FOR_PREFILL):
                    while _asking(case):
                        await bell.rung(0.2)
                        case = await self.book.store.one(case.id) or case
        return case


def _asking(case: Case) -> bool:
    return any(state.status is PrefillStatus.ASKING for state in case.prefill)


def _opening_key(mark: RequestMark) -> str:
    return f"{mark.person}.{mark.id}"
