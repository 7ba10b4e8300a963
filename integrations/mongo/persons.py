"""Persons at rest: found by a keyed fingerprint of their document, which stands nowhere else, and known elsewhere by a random id."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.identifiers import DocumentKind, normalised
from domain.people import Person
from domain.ports import ProvenIdentity
from domain.sessions.account import Account, Link
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

PERSONS = Collection(
    name="persons",
    shard_key="_id",
    kept="as long as anything of theirs is kept",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "sealed"],
        "properties": {"_id": {"bsonType": "string"}, "person": {"bsonType": "string"}, "sealed": {"bsonType": "binData"}},
    },
    indexes=(IndexModel([("person", 1)]),),
    sealed=(Sealed(),),
)

LINKS = Collection(
    name="mini_program_links",
    shard_key="_id",
    kept="until the account is linked to somebody else, or the person wants it no more",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "host", "at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "host": {"bsonType": "string"},
            "at": {"bsonType": "date"},
        },
    },
    indexes=(IndexModel([("person", 1)]),),
)

COLLECTIONS = (PERSONS, LINKS)


@dataclass(frozen=True, slots=True)
class MongoPersons:
    """The `Persons` of domain/sessions/stores.py; `new_id` makes ids that say nothing."""

    database: Database
    sealing: Sealing
    new_id: Callable[[], str]

    async def known(self, identity: ProvenIdentity) -> Person:
        number = normalised(identity.document_number)
        person = await self.met(identity.document_kind, number, name=identity.name)
        return person if person.name == identity.name else await self._renamed(self._place(person), person, identity.name)

    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        """The person of that document, made if nobody has met them yet. A known one keeps their name: this one only says who is meant.

        Without a name: somebody says there is such a person, and is not believed; the name comes with whoever is.
        """
        stranger = Person(self.new_id(), name, kind, normalised(number))
        place = self._place(stranger)
        person = await self._seen(place) or await self._met(stranger)
        return person if person.name or not name else await self._renamed(place, person, name)

    async def one(self, person: str) -> Person | None:
        found = await self._persons.find_one({"person": person})
        return self._person(found) if found else None

    async def _seen(self, document: str) -> Person | None:
        found = await self._persons.find_one({"_id": document})
        return self._person(found) if found else None

    async def _met(self, person: Person) -> Person:
        """Of all that meet somebody at once, one makes the person."""
        document = self._place(person)
        try:
            await self._persons.insert_one({"person": person.id} | self._closed(document, person))
        except DuplicateKeyError:
            return await self._seen(document) or person
        return person

    async def _renamed(self, document: str, person: Person, name: str) -> Person:
        renamed = replace(person, name=name)
        await self._persons.update_one({"_id": document}, {"$set": self._closed(document, renamed)})
        return renamed

    def _place(self, person: Person) -> str:
        return self.sealing.fingerprint(f"{person.document_kind} {person.document_number}", purpose="person")

    def _closed(self, document: str, person: Person) -> Document:
        return closed(person, self.sealing, id=document, private=("name", "document_kind", "document_number"))

    def _person(self, found: Document) -> Person:
        return opened(found | {"id": found["person"]}, Person, self.sealing)

    @property
    def _persons(self) -> AsyncIOMotorCollection[Document]:
        return self.database[PERSONS.name]


@dataclass(frozen=True, slots=True)
class MongoLinks:
    """The `Links` of domain/sessions/stores.py."""

    database: Database
    sealing: Sealing
    persons: MongoPersons

    async def put(self, account: Account, person: Person, *, at: datetime) -> None:
        link: Document = {"_id": self._fingerprint(account), "person": person.id, "host": account.host, "at": at}
        try:
            await self._links.replace_one({"_id": link["_id"]}, link, upsert=True)
        except DuplicateKeyError:  # two first links of one account at once
            await self._links.replace_one({"_id": link["_id"]}, link)

    async def of(self, person: str) -> Sequence[Link]:
        """The newest first; whose account it is there is not known from it."""
        found = await self._links.find({"person": person}).to_list(None)
        return sorted((msgspec.convert(link, Link) for link in found), key=lambda link: link.at, reverse=True)

    async def forget(self, person: str) -> None:
        """From now on none of the accounts is theirs."""
        await self._links.delete_many({"person": person})

    async def person_of(self, account: Account) -> Person | None:
        link = await self._links.find_one({"_id": self._fingerprint(account)})
        return await self.persons.one(str(link["person"])) if link else None

    def _fingerprint(self, account: Account) -> str:
        return self.sealing.fingerprint(f"{account.host} {account.openid}", purpose="mini-program")

    @property
    def _links(self) -> AsyncIOMotorCollection[Document]:
        return self.database[LINKS.name]
