"""A department calls back: the raw message is kept before it is thanked, then folded into its case, once however often it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from domain.cases.book import CaseBook, catalogue_of
from domain.cases.errands import read_handoff_key
from domain.cases.outcomes import department_answered
from domain.cases.patience import Patience
from domain.cases.recording import Moment
from domain.catalogue.store import Catalogues
from domain.clock import Now
from domain.ports import Decided, Working


@dataclass(frozen=True, slots=True)
class Callback:
    """`id`: department and the message's own id, so that the same message is kept once."""

    id: str
    department: str
    body: bytes
    received_at: datetime


class CallbackStore(Protocol):
    async def keep(self, callback: Callback) -> bool:
        """False: the same message was kept before."""
        ...

    async def one(self, id: str) -> Callback | None: ...

    async def done(self, id: str) -> None: ...


Read = Callable[[str, bytes], tuple[str, Decided | Working]]
"""From department and body: the key of the hand-off, and what is said about it."""


@dataclass(frozen=True, slots=True)
class CallbackDesk:
    store: CallbackStore
    book: CaseBook
    catalogues: Catalogues
    read: Read
    patience: Patience
    seed: Callable[[], bytes]
    now: Now

    async def fold_in(self, callback: Callback) -> None:
        """What is about no case of ours, or not from the department that has the item, changes nothing."""
        key, said = self.read(callback.department, callback.body)
        await self._fold(callback, key, said)
        await self.store.done(callback.id)

    async def _fold(self, callback: Callback, key: str, said: Decided | Working) -> None:
        try:
            case_id, item, round = read_handoff_key(key)
        except ValueError:
            return
        case = await self.book.store.one(case_id)
        if case is None:
            return
        catalogue = await catalogue_of(case, self.catalogues)
        if item not in {state.code for state in case.items} or catalogue.items[item].department != callback.department:
            return
        moment = Moment(self.now(), self.seed())
        fold = partial(department_answered, item=item, round=round, answer=said, catalogue=catalogue, patience=self.patience, moment=moment)
        await self.book.change(case_id, fold)
