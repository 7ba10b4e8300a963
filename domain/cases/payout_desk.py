"""Where somebody asks that their pension be paid to another account of theirs, and where they cancel it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.access.reach import reach_of
from domain.acting import Acting
from domain.cases.accounts import OwnAccounts
from domain.cases.book import CaseBook, catalogue_of
from domain.cases.case import Case
from domain.cases.changing_payout import NewAccount, ask_change, cancel_change, kept_account, may_ask
from domain.cases.recording import Moment
from domain.cases.requests import Marks, already_done
from domain.catalogue.store import Catalogues
from domain.clock import Now
from domain.errors import NotFound
from domain.looks.look import Looks, Purpose, looks_at


@dataclass(frozen=True, slots=True)
class PayoutDesk:
    book: CaseBook
    catalogues: Catalogues
    accounts: OwnAccounts
    marks: Marks
    looks: Looks
    seed: Callable[[], bytes]
    now: Now

    async def change(self, request_id: str, case_id: str, new: NewAccount, *, by: Acting) -> Case:
        """Raises NotFound, NotPermitted, StepNotAllowed, AssuranceTooLow, InvalidForm, Unavailable."""
        mark = self.marks.mark(request_id, "change-payout", (case_id, new), by=by)
        case = await self._theirs(case_id, by=by)
        catalogue, moment = await catalogue_of(case, self.catalogues), self._moment()
        if already_done(case, mark):
            return case
        may_ask(case, catalogue=catalogue, by=await self.book.authority.acting_on(case, by), moment=moment)
        kept = kept_account(new, case, catalogue, at=moment.at)
        await self.accounts.must_hold(case.beneficiary, kept.account)
        decide = partial(ask_change, new=kept, catalogue=catalogue, mark=mark, moment=moment)
        return await self.book.change_for(by, case_id, decide, moment=moment)

    async def cancel(self, request_id: str, case_id: str, *, by: Acting) -> Case:
        mark = self.marks.mark(request_id, "cancel-payout-change", case_id, by=by)
        catalogue, moment = await catalogue_of(await self._theirs(case_id, by=by), self.catalogues), self._moment()
        decide = partial(cancel_change, catalogue=catalogue, mark=mark, moment=moment)
        return await self.book.change_for(by, case_id, decide, moment=moment)

    async def _theirs(self, case_id: str, *, by: Acting) -> Case:
        case = await self.book.store.one(case_id, reach=reach_of(by))
        if case is None:
            raise NotFound("refusal.not-found")
        await self.looks.note(looks_at(by, [case], purpose=Purpose.CHANGE_CASE, at=self.now()))
        return case

    def _moment(self) -> Moment:
        return Moment(self.now(), self.seed())
