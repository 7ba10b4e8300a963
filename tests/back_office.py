"""The back office over a store in memory, and outside systems that say what a test wants."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.cases.back_office import BackOffice
from domain.cases.case import Case
from domain.cases.patience import PATIENCE
from domain.cases.stores import Lease
from domain.identifiers import DocumentKind
from domain.ports import CancelAnswer, ConsentProof, Handoff, HandoffAnswer, Licence, NoAnswer, OutgoingMessage, Working
from tests.cases import a_licence, at, guangxi, loaded
from tests.memory import Clock, MemoryCases, a_book

AWAY = NoAnswer("hrss", "did not answer in time")


@dataclass
class Outside:
    """Every outside system: what it was asked, and what it answers (an exception is raised). `slow`: an item that is
    not answered until another has been handed over."""

    asked: list[object] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)
    heard: defaultdict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    slow: dict[str, str] = field(default_factory=dict)
    meanwhile: Callable[[], object] | None = None

    async def licence(self, kind: str, *, holder_kind: DocumentKind, holder_number: str, consent: ConsentProof) -> Licence | None:
        self.asked.append((kind, holder_kind, holder_number, consent.purpose))
        return self._answer(kind, a_licence(kind))

    async def hand_off(self, handoff: Handoff) -> HandoffAnswer:
        self.asked.append(handoff.key)
        self.heard[handoff.item].set()
        if handoff.item in self.slow:
            await self.heard[self.slow[handoff.item]].wait()
        return self._answer(handoff.item, Working(1))

    async def cancel(self, *, department: str, key: str) -> CancelAnswer:
        self.asked.append(("cancel", department, key))
        return self._answer("cancel", CancelAnswer.CANCELLED)

    async def issue(self, case: Case, catalogue: object) -> str:
        self.asked.append(("issue", case.id))
        return self._answer("issue", "certificate-1")

    async def send(self, message: OutgoingMessage) -> None:
        self.asked.append(message)
        self._answer(message.key.rpartition(".")[2], None)

    async def release(self, case: str, *, person: str, at: datetime) -> None:
        self.asked.append(("release", case, person))

    def _answer(self, about: str, usual: object):
        if self.meanwhile:
            self.meanwhile, meanwhile = None, self.meanwhile
            meanwhile()
        answer = self.answers.get(about, usual)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class House:
    """`observed`: kind and outcome of each errand that was run."""

    office: BackOffice
    store: MemoryCases
    clock: Clock
    observed: list[tuple[str, str]]

    async def attend(self, case: Case, seconds: float = 0) -> Case:
        """One round of a worker that has the lease, so many seconds after the case was opened."""
        self.clock.at = at(seconds).at
        self.store.owners[case.id] = "worker-1"
        await self.office.attend(self.store.kept[case.id], guangxi(), Lease(case.id, "worker-1", self.clock.at))
        return self.store.kept[case.id]


def a_house(outside: Outside) -> House:
    book, observed = a_book(), []
    office = BackOffice(
        book=book,
        licences=outside,
        departments=outside,
        certificates=outside,
        messenger=outside,
        files=outside,
        wording=loaded().wording,
        operators="operators",
        patience=PATIENCE,
        seed=lambda: bytes(32),
        now=book.now,
        observe=lambda *kind_and_outcome: observed.append(kind_and_outcome),
    )
    return House(office, book.store, book.now, observed)


def messages(outside: Outside) -> list[OutgoingMessage]:
    return [one for one in outside.asked if isinstance(one, OutgoingMessage)]
