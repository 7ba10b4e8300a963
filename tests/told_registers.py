"""Registers, a card reader and a principal's cases that say what a test tells them to."""

from dataclasses import dataclass, field
from datetime import date

from domain.access.reach import Reach
from domain.cases.authority import covers
from domain.cases.case import Case
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import ALIVE, CardReading, Life, ReadingFailed, ReadingFault, Standing
from tests.cases import MONDAY, ZHANG


@dataclass
class ToldRegisters:
    """Everybody lives and nobody is related, unless a test says otherwise. `away`: no answer. `asked`: how often."""

    standings: dict[str, Standing] = field(default_factory=dict)
    kin: set[frozenset[str]] = field(default_factory=set)
    away: bool = False
    asked: int = 0

    async def standing(self, person: Person) -> Standing:
        self._answer()
        return self.standings.get(person.document_number, ALIVE)

    async def related(self, one: Person, other: Person) -> bool:
        self._answer()
        return frozenset({one.document_number, other.document_number}) in self.kin

    def _answer(self) -> None:
        self.asked += 1
        if self.away:
            raise NoAnswer("registers", "told to be away")

    def says(self, person: Person, life: Life) -> None:
        self.standings[person.document_number] = Standing(life, date(2026, 11, 20))


@dataclass
class ToldReader:
    """Reads the card of whoever a test puts before it. `fault`: why it does not."""

    card: Person = ZHANG
    fault: ReadingFault | None = None
    away: bool = False
    nonces: list[str] = field(default_factory=list)

    async def read(self, reading: str, *, nonce: str) -> CardReading:
        self.nonces.append(nonce)
        if self.away:
            raise NoAnswer("identity platform", "told to be away")
        if self.fault:
            raise ReadingFailed(self.fault)
        return CardReading(self.card.name, self.card.document_kind, self.card.document_number, "device-1", MONDAY)


@dataclass
class TheirCases:
    """Cases of the principal. `raised`: whose revisions were raised, in order; `away`: how many times that fails first."""

    cases: dict[str, Case] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)
    away: int = 0

    async def one(self, id: str, *, reach: Reach | None = None) -> Case | None:
        case = self.cases.get(id)
        return case if case and covers(reach or Reach(), case) else None

    async def raise_revisions(self, person: str) -> None:
        if self.away:
            self.away -= 1
            raise NoAnswer("store", "told to be away")
        self.raised.append(person)


@dataclass
class ToldAccounts:
    """Whose account each is: nobody's, unless a test says otherwise. `away`: no answer."""

    owners: dict[str, str] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def holds(self, person: Person, account: str) -> bool:
        self.asked.append(account)
        if self.away:
            raise NoAnswer("registers", "told to be away")
        return self.owners.get(account) == person.document_number
