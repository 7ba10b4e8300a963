"""Organisations: those that are data stand in the catalogue; enterprises come by their legal accounts and are kept here."""

from contextlib import suppress
from dataclasses import dataclass

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo.errors import DuplicateKeyError

from domain.catalogue.store import Catalogues
from domain.organisations.organisation import Enterprise, Organisation, OrganisationKind
from domain.words import Words
from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document
from integrations.sealing import Sealing

ENTERPRISES = Collection(
    name="enterprises",
    shard_key="_id",
    kept="for good: code and name stand in the public register of enterprises, and nothing else is kept",
    schema={
        "bsonType": "object",
        "required": ["_id", "code", "name"],
        "properties": {"_id": {"bsonType": "string"}, "code": {"bsonType": "string"}, "name": {"bsonType": "string"}},
    },
)


@dataclass(frozen=True, slots=True)
class MongoOrganisations:
    """The `Organisations` of domain/organisations/stores.py. An enterprise's id follows from its code, and does not tell it."""

    database: Database
    sealing: Sealing
    catalogues: Catalogues

    async def one(self, id: str) -> Organisation | None:
        if stated := self.catalogues.organisation(id):
            return stated
        found = await self._enterprises.find_one({"_id": id})
        return _organisation(found) if found else None

    async def enterprise(self, enterprise: Enterprise) -> Organisation:
        id = self._id(enterprise.code)
        document: Document = {"_id": id, "code": enterprise.code, "name": enterprise.name}
        with suppress(DuplicateKeyError):  # two first sights at once; the other has it as we have
            await self._enterprises.replace_one({"_id": id}, document, upsert=True)
        return _organisation(document)

    def _id(self, code: str) -> str:
        return f"org-enterprise-{self.sealing.fingerprint(code, purpose='enterprise')[:20]}"

    @property
    def _enterprises(self) -> AsyncIOMotorCollection[Document]:
        return self.database[ENTERPRISES.name]


def _organisation(found: Document) -> Organisation:
    """A company's name is told in its own characters, whoever reads."""
    name = str(found["name"])
    return Organisation(str(found["_id"]), OrganisationKind.EMPLOYER, Words(name, name, name), code=str(found["code"]))
