"""What the product does for a case by itself: asks licences, hands items to departments, has the certificate made, tells people.

One errand is one call to one outside system; its outcome is folded into the newest case as soon as it is there, so that a slow department
holds up nobody else. Whatever is sent carries a key, because a lease cannot promise that two never call.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from domain.cases import outcomes
from domain.cases.book import CaseBook, Decide
from domain.cases.case import Case
from domain.cases.changing_payout import department_not_told, department_told, take_effect
from domain.cases.errands import Errand, ErrandKind, due, handoff_key
from domain.cases.handing_off import consent_for, handoff_of, message_of, payout_handoff
from domain.cases.keeping import erased
from domain.cases.patience import Patience
from domain.cases.recording import Moment, settle
from domain.cases.stores import Lease
from domain.catalogue.types import Catalogue
from domain.clock import Now
from domain.ports import Departments, LicenceExchange, Messenger, NoAnswer
from domain.wording import Wording


class CertificateMaker(Protocol):
    async def issue(self, case: Case, catalogue: Catalogue) -> str:
        """The id of the case's one certificate, made now or before. Raises NoAnswer."""
        ...


class CaseFiles(Protocol):
    async def release(self, case: str, *, person: str, at: datetime) -> None:
        """No case keeps them from then on: they go as those that none ever had."""
        ...


T = TypeVar("T")
Observe = Callable[[str, str], None]
"""The kind of each errand that was run, and `done` or `fault`: for the figures."""


@dataclass(slots=True, eq=False)
class _Outcome:
    """What an errand makes of the case, or the fault that kept it out."""

    fold: Decide
    fault: Exception | None = None


@dataclass(slots=True)
class _Round:
    """One worker's attendance to one case. `begun`: each errand once; it is another errand when it is due at another moment."""

    case: Case
    lease: Lease
    catalogue: Catalogue
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: list[_Outcome] = field(default_factory=list)
    begun: set[Errand] = field(default_factory=set)
    faults: list[Exception] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BackOffice:
    book: CaseBook
    licences: LicenceExchange
    departments: Departments
    certificates: CertificateMaker
    messenger: Messenger
    files: CaseFiles
    wording: Wording
    operators: str
    """Where messages for operators go."""
    patience: Patience
    seed: Callable[[], bytes]
    now: Now
    observe: Observe = lambda kind, outcome: None

    async def attend(self, case: Case, catalogue: Catalogue, lease: Lease) -> None:
        """Everything that is due for the case, in parallel, and what becomes due by it: that does not wait for the slowest.

        A fault in one errand spoils no other; raises them together.
        """
        round = _Round(case, lease, catalogue)
        await self._begin(round)
        if round.faults:
            raise ExceptionGroup(f"errands of {case.id}", round.faults)

    async def _begin(self, round: _Round) -> None:
        news = [errand for errand in due(round.case, self.now()) if errand not in round.begun]
        round.begun.update(news)
        await asyncio.gather(*(self._run(round, errand) for errand in news))

    async def _run(self, round: _Round, errand: Errand) -> None:
        try:
            outcome = _Outcome(await self._errands[errand.kind](errand.about, round.case, round.catalogue))
            await self._keep(round, outcome)
        except Exception as fault:
            round.faults.append(fault)
            self.observe(errand.kind, "fault")
        else:
            self.observe(errand.kind, "done")
            await self._begin(round)

    async def _keep(self, round: _Round, outcome: _Outcome) -> None:
        """One save at a time, of all that came in during the one before: of two at once one would find the other's and be made again."""
        round.waiting.append(outcome)
        async with round.turn:
            if outcome in round.waiting:
                kept, round.waiting = round.waiting, []
                await self._save(round, kept)
        if outcome.fault:
            raise outcome.fault

    async def _save(self, round: _Round, kept: Sequence[_Outcome]) -> None:
        """What cannot be saved is lost for all of them; each errand stays due."""
        try:
            round.case = await self.book.change(round.case.id, partial(_folded, kept=kept), lease=round.lease)
        except Exception as fault:
            for outcome in kept:
                outcome.fault = fault

    @property
    def _errands(self) -> Mapping[ErrandKind, Callable[[str, Case, Catalogue], Awaitable[Decide]]]:
        return {
            ErrandKind.ASK_REGISTER: self._ask_register,
            ErrandKind.HAND_OFF: self._hand_off,
            ErrandKind.ASK_AGAIN: self._hand_off,
            ErrandKind.CANCEL: self._cancel,
            ErrandKind.CERTIFICATE: self._certificate,
            ErrandKind.NOTIFY: self._notify,
            ErrandKind.SETTLE: self._settle,
            ErrandKind.EXPIRE_DRAFT: self._expire,
            ErrandKind.ERASE: self._erase,
            ErrandKind.CHANGE_PAYOUT: self._change_payout,
            ErrandKind.TELL_PAYOUT: self._tell_payout,
        }

    async def _outcome(self, call: Awaitable[T], *, told: Callable[..., Case], silent: Callable[..., Case]) -> Decide:
        """What the answer, or that there was none, makes of a case."""
        try:
            answer = await call
        except NoAnswer:
            return partial(silent, moment=self._moment())
        return partial(told, answer=answer, moment=self._moment())

    async def _ask_register(self, source: str, case: Case, catalogue: Catalogue) -> Decide:
        person, consent = case.beneficiary, consent_for(case, source, catalogue)
        asked = self.licences.licence(source, holder_kind=person.document_kind, holder_number=person.document_number, consent=consent)
        return await self._outcome(
            asked,
            told=partial(outcomes.register_answered, source=source, catalogue=catalogue, patience=self.patience),
            silent=partial(outcomes.register_silent, source=source, patience=self.patience),
        )

    async def _hand_off(self, item: str, case: Case, catalogue: Catalogue) -> Decide:
        round = case.item(item).round
        return await self._outcome(
            self.departments.hand_off(handoff_of(case, item, catalogue)),
            told=partial(outcomes.department_answered, item=item, round=round, catalogue=catalogue, patience=self.patience),
            silent=partial(outcomes.department_silent, item=item, round=round, patience=self.patience),
        )

    async def _cancel(self, item: str, case: Case, catalogue: Catalogue) -> Decide:
        return await self._outcome(
            self.departments.cancel(department=catalogue.items[item].department, key=handoff_key(case, item)),
            told=partial(outcomes.cancel_answered, item=item, catalogue=catalogue),
            silent=partial(outcomes.cancel_silent, item=item, patience=self.patience),
        )

    async def _certificate(self, _: str, case: Case, catalogue: Catalogue) -> Decide:
        return await self._outcome(
            self.certificates.issue(case, catalogue),
            told=partial(outcomes.certificate_issued, catalogue=catalogue),
            silent=partial(outcomes.certificate_delayed, patience=self.patience),
        )

    async def _notify(self, key: str, case: Case, catalogue: Catalogue) -> Decide:
        message = message_of(case, key, catalogue, self.wording, operators=self.operators)
        if message is None:
            return partial(outcomes.notice_undeliverable, key=key, moment=self._moment())
        return await self._outcome(
            self.messenger.send(message),
            told=partial(outcomes.notice_sent, key=key, channel=message.channel),
            silent=partial(outcomes.notice_delayed, key=key, patience=self.patience),
        )

    async def _settle(self, _: str, case: Case, catalogue: Catalogue) -> Decide:
        return partial(settle, moment=self._moment())

    async def _expire(self, _: str, case: Case, catalogue: Catalogue) -> Decide:
        return partial(outcomes.draft_expired, catalogue=catalogue, moment=self._moment())

    async def _erase(self, _: str, case: Case, catalogue: Catalogue) -> Decide:
        """Its files first: once it is erased, nothing names them any more."""
        await self.files.release(case.id, person=case.person, at=self.now())
        return partial(erased, moment=self._moment())

    async def _change_payout(self, _: str, case: Case, catalogue: Catalogue) -> Decide:
        return partial(take_effect, catalogue=catalogue, moment=self._moment())

    async def _tell_payout(self, item: str, case: Case, catalogue: Catalogue) -> Decide:
        return await self._outcome(
            self.departments.hand_off(payout_handoff(case, item, catalogue)),
            told=partial(department_told, item=item),
            silent=partial(department_not_told, item=item, patience=self.patience),
        )

    def _moment(self) -> Moment:
        return Moment(self.now(), self.seed())


def _folded(case: Case, *, kept: Sequence[_Outcome]) -> Case:
    """One that cannot be folded in keeps out no other."""
    for outcome in kept:
        try:
            case, outcome.fault = outcome.fold(case), None
        except Exception as fault:
            outcome.fault = fault
    return case
