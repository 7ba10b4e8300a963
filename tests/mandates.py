"""The desks of mandates on one real database, with invented people and registers that a test tells what to say."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from domain.acting import Acting, Assurance, CapacityKind
from domain.cases.requests import Marks
from domain.errors import NotPermitted, Refusal
from domain.identifiers import DocumentKind, resident_check_digit
from domain.mandates.accepting import Acceptance
from domain.mandates.actions import MandateAction
from domain.mandates.desk import MandateDesk
from domain.mandates.granting import Grant
from domain.mandates.in_person import InPersonDesk, TakenInPerson
from domain.mandates.mandate import Mandate
from domain.mandates.use import MandateUse
from domain.mandates.watching import MandateWatch
from domain.people import Person
from integrations.mongo.card_readings import CARD_READINGS, MongoCardReadings
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.mandates import COLLECTIONS, MANDATE_ATTEMPTS, MOST_TRIES, MongoDelegates, MongoMandates
from integrations.mongo.persons import COLLECTIONS as PERSONS
from integrations.mongo.persons import MongoPersons
from integrations.mongo.showings import MongoAttempts
from integrations.sealing import Sealing
from tests.capacities import Shelf, a_post, at_post, capacities
from tests.cases import MONDAY, ZHANG, loaded
from tests.looks import NotedLooks
from tests.memory import Clock
from tests.told_registers import TheirCases, ToldReader, ToldRegisters

PENSION, HOUSEHOLD, MEDICAL = (f"item-guangxi-{code}" for code in ("pension", "household-check", "medical-transfer"))
VIEW, FILL = (MandateAction.VIEW,), (MandateAction.FILL, MandateAction.SUBMIT)
ADDRESS = "address-1"
BY_CARD = "a reading"


def resident(place: int, name: str) -> Person:
    """An invented person of that number, with valid check digit."""
    first = f"4501021990{place // 31 % 12 + 1:02}{place % 28 + 1:02}{place % 1000:03}"
    return Person(f"person-{place:04}", name, DocumentKind.RESIDENT_ID, first + resident_check_digit(first))


DAUGHTER, SON, HELPER = (
    resident(1, "张小满"),
    resident(2, "张大年"),
    resident(3, "韦帮"),
)


def session(person: Person | None, *, at: datetime = MONDAY, assurance: Assurance = Assurance.L3) -> Acting:
    return Acting(session=f"session-{person.id if person else 'new'}", assurance=assurance, proved_at=at, person=person)


@dataclass
class House:
    """`codes`: what the next mandates get, else 00000001 and so on."""

    database: Database
    sealing: Sealing
    clock: Clock = field(default_factory=Clock)
    registers: ToldRegisters = field(default_factory=ToldRegisters)
    reader: ToldReader = field(default_factory=ToldReader)
    cases: TheirCases = field(default_factory=TheirCases)
    shelf: Shelf = field(default_factory=Shelf)
    looks: NotedLooks = field(default_factory=NotedLooks)
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    @property
    def store(self) -> MongoMandates:
        return MongoMandates(self.database, self.sealing)

    @property
    def persons(self) -> MongoPersons:
        return MongoPersons(self.database, self.sealing, lambda: f"person-new-{self.numbers()}")

    @property
    def attempts(self) -> MongoAttempts:
        return MongoAttempts(self.database, MOST_TRIES, MANDATE_ATTEMPTS.name)

    @property
    def marks(self) -> Marks:
        return Marks(lambda asked: self.sealing.fingerprint(asked.hex(), purpose="request"))

    @property
    def desk(self) -> MandateDesk:
        acceptance = Acceptance(self.store, MongoDelegates(self.database), self.attempts, self.registers, self.clock)
        return MandateDesk(
            self.store,
            acceptance,
            self.persons,
            self.cases,
            self.registers,
            loaded().catalogues,
            self.marks,
            self.clock,
            lambda: f"mandate-{self.numbers():04}",
            lambda: f"{self.numbers():08}",
            self.looks,
        )

    @property
    def in_person(self) -> InPersonDesk:
        return InPersonDesk(
            self.store,
            MongoCardReadings(self.database),
            self.attempts,
            self.persons,
            self.reader,
            self.registers,
            self.registers,
            capacities(self.shelf, now=self.clock),
            loaded().catalogues,
            self.marks,
            self.sealing,
            self.clock,
            lambda: f"mandate-{self.numbers():04}",
            self.looks,
        )

    @property
    def watch(self) -> MandateWatch:
        return MandateWatch(self.store, self.cases, self.registers, self.clock)

    @property
    def use(self) -> MandateUse:
        return MandateUse(self.store, self.clock)

    # ---------------------------------------------------------------- people

    async def known(self, person: Person) -> Person:
        """With the id that the store knows them by."""
        return await self.persons.met(person.document_kind, person.document_number, name=person.name)

    async def as_(self, person: Person, *, assurance: Assurance = Assurance.L3) -> Acting:
        return session(replace(await self.known(person), name=person.name), at=self.clock(), assurance=assurance)

    async def at_the_station(self, person: Person = HELPER, *, kind: CapacityKind = CapacityKind.HELPER) -> Acting:
        post = a_post(await self.known(person), kind=kind, id=f"post-{kind.lower()}")
        self.shelf.posts[post.id] = post
        return replace(at_post(post), proved_at=self.clock())

    # ---------------------------------------------------------------- what they do

    async def granted(self, grant: Grant | None = None, *, by: Person = ZHANG, request: str | None = None) -> Mandate:
        return await self.desk.grant(request or self.request(), grant or a_grant(), by=await self.as_(by))

    async def accepted(self, grant: Grant | None = None, *, by: Person = ZHANG, delegate: Person = DAUGHTER) -> Mandate:
        given = await self.granted(grant or a_grant(delegate), by=by)
        return await self.accepts(given, given.code or "", by=delegate)

    async def accepts(
        self, mandate: Mandate, code: str, *, by: Person = DAUGHTER, request: str | None = None, address: str = ADDRESS
    ) -> Mandate:
        return await self.desk.accept(request or self.request(), mandate.id, code, by=await self.as_(by), address=address)

    async def taken(
        self, *, by: Acting | None = None, items: Sequence[str] = (PENSION,), request: str | None = None, nonce: str | None = None
    ) -> Mandate:
        by = by or await self.at_the_station()
        nonce = nonce or (await self.in_person.begin(self.request(), by=by)).nonce
        taken = TakenInPerson(nonce, BY_CARD, tuple(items), (MandateAction.FILL, MandateAction.SUBMIT))
        return await self.in_person.take(request or self.request(), taken, by=by, address=ADDRESS)

    def request(self) -> str:
        return f"request-{self.numbers():016}"

    def later(self, **by: float) -> None:
        self.clock.at += timedelta(**by)


def a_grant(
    delegate: Person = DAUGHTER,
    *,
    items: tuple[str, ...] | None = (PENSION,),
    case: str | None = None,
    actions: tuple[MandateAction, ...] = FILL,
    from_: date | None = None,
    until: date = date(2027, 2, 21),
) -> Grant:
    """Ninety days from Monday."""
    return Grant(delegate.name, delegate.document_kind, delegate.document_number, until, from_, items, case, actions)


async def refused(doing: Awaitable[object], kind: type[Refusal] = NotPermitted) -> str:
    """By the key of what is said."""
    with pytest.raises(kind) as why:
        await doing
    return why.value.text.key


async def open_house(database: Database, sealing: Sealing) -> House:
    await apply(database, (*COLLECTIONS, CARD_READINGS, *PERSONS))
    return House(database, sealing)
