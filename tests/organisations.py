"""Organisations for tests: the shipped ones, invented people who work there, and the desks on real stores."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count

from domain.acting import Acting, Assurance, CapacityKind
from domain.clock import Now
from domain.identifiers import DocumentKind, resident_check_digit
from domain.organisations.appointing import Appointing
from domain.organisations.client_desk import ClientDesk
from domain.organisations.desk import PostDesk
from domain.organisations.organisation import Organisation
from domain.organisations.post import Post
from domain.people import Person
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import MongoCases
from integrations.mongo.clients import CLIENTS, MongoClients
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.helped import MongoCasesThere
from integrations.mongo.organisations import ENTERPRISES, MongoOrganisations
from integrations.mongo.persons import COLLECTIONS as PERSONS
from integrations.mongo.persons import MongoPersons
from integrations.mongo.posts import POSTS, MongoPosts
from integrations.sealing import Sealing
from tests.cases import loaded
from tests.looks import NotedLooks
from tests.memory import Clock
from tests.stored_cases import a_case_store

COMMUNITY, NEIGHBOURS, COUNTER, BUREAU, ELSEWHERE = (f"org-guangxi-{code}" for code in ("ferry", "neighbours", "hall", "hrss", "banyan"))


def organisation(id: str = COMMUNITY) -> Organisation:
    found = loaded().catalogues.organisation(id)
    assert found
    return found


def a_number(birth_date: date = date(1970, 1, 1), order: int = 1) -> str:
    first_17 = f"450102{birth_date:%Y%m%d}{order:03}"
    return first_17 + resident_check_digit(first_17)


def a_person(id: str, name: str, *, born: date = date(1970, 1, 1), order: int = 1) -> Person:
    return Person(f"person-{id}", name, DocumentKind.RESIDENT_ID, a_number(born, order))


CHIEF, HELPER, STRANGER = (
    a_person("chief", "秦素云", order=11),
    a_person("helper", "卢敏芝", order=12),
    a_person("stranger", "何雅宁", order=13),
)
ELDER = a_person("zh8kelder", "欧阳清", born=date(1966, 5, 2), order=21)


def naming(person: Person = HELPER, kind: CapacityKind = CapacityKind.HELPER, *items: str, name: str | None = None) -> Appointing:
    return Appointing(name or person.name, person.document_kind, person.document_number, kind, items)


@dataclass
class Hall:
    posts: PostDesk
    clients: ClientDesk
    cases: MongoCases
    clock: Clock
    looks: NotedLooks

    async def person(self, person: Person) -> Person:
        return await self.posts.persons.met(person.document_kind, person.document_number, name=person.name)

    async def oneself(self, person: Person, *, assurance: Assurance = Assurance.L3) -> Acting:
        known = replace(await self.person(person), name=person.name)
        return Acting(f"session-{known.id}", assurance, self.clock(), known)

    async def in_post(self, post: Post) -> Acting:
        acting = await self.oneself(post.person)
        return replace(acting, capacity=post.kind, organisation=post.organisation.id, post=post.id, authority=post.authority)

    async def supervisor(self, where: str = COMMUNITY, person: Person = CHIEF) -> Acting:
        return await self.in_post(await self.posts.supervise(organisation(where), await self.person(person)))

    async def helper(self, where: str = COMMUNITY, person: Person = HELPER, kind: CapacityKind = CapacityKind.HELPER) -> Acting:
        """Appointed and confirmed."""
        post = await self.posts.appoint(self.request(), naming(person, kind), by=await self.supervisor(where))
        return await self.in_post(await self.posts.confirm(self.request(), post.id, by=await self.oneself(person)))

    def request(self) -> str:
        return f"request-{next(_requests):08}"


_requests = count(1)


async def a_hall(database: Database, sealing: Sealing, clock: Clock | None = None) -> Hall:
    await apply(database, [CLIENTS, ENTERPRISES, POSTS, *PERSONS])
    clock, numbers = clock or Clock(), count(1)
    persons = MongoPersons(database, sealing, lambda: f"person-{next(numbers):08}")
    there, looks = MongoCasesThere(database, CaseCodec(sealing)), NotedLooks()
    return Hall(
        a_post_desk(persons, clock),
        ClientDesk(MongoClients(database, sealing), there, loaded().catalogues, sealing, looks, clock),
        await a_case_store(database, sealing, clock),
        clock,
        looks,
    )


def a_post_desk(persons: MongoPersons, now: Now) -> PostDesk:
    database, sealing, known = persons.database, persons.sealing, loaded().catalogues
    organisations = MongoOrganisations(database, sealing, known)
    posts = MongoPosts(database, sealing, organisations)
    return PostDesk(posts, organisations, persons, known, sealing, partial(_numbered, count(1)), now)


def _numbered(numbers: "count[int]") -> str:
    return f"{next(numbers):020}"
