"""Client lists at rest. They are found by keyed hashes that differ by organisation, so that nobody can match two organisations' lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.organisations.client import Client, Sought
from domain.organisations.surnames import plain_name, surnames_of
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

CLIENTS = Collection(
    name="clients",
    shard_key="organisation",
    kept="two years after the organisation saw them last (the figure kept-clients-years)",
    schema={
        "bsonType": "object",
        "required": ["_id", "organisation", "name", "surnames", "order", "added_at", "added_by", "seen_at", "forget_at", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "organisation": {"bsonType": "string"},
            "name": {"bsonType": "string"},
            "surnames": {"bsonType": "array"},
            "born": {"bsonType": ["string", "null"]},
            "order": {"bsonType": "string"},
            "added_at": {"bsonType": "date"},
            "added_by": {"bsonType": "string"},
            "seen_at": {"bsonType": "date"},
            "forget_at": {"bsonType": "date"},
            "sealed": {"bsonType": "binData"},
        },
    },
    indexes=(
        IndexModel([("organisation", 1), ("name", 1), ("order", -1)]),
        IndexModel([("organisation", 1), ("surnames", 1), ("order", -1)]),
        IndexModel([("organisation", 1), ("born", 1), ("order", -1)]),
        IndexModel([("organisation", 1), ("order", -1)]),
        IndexModel([("forget_at", 1)], expireAfterSeconds=0),
    ),
    sealed=(Sealed(),),
)

PRIVATE = ("person", "birth_date")


@dataclass(frozen=True, slots=True)
class MongoClients:
    """The `Clients` of domain/organisations/stores.py."""

    database: Database
    sealing: Sealing

    async def put(self, client: Client, *, forget_at: datetime) -> None:
        try:
            await self._clients.insert_one(self._document(client) | {"forget_at": forget_at})
        except DuplicateKeyError:
            theirs: Document = {"_id": client.id, "organisation": client.organisation}
            await self._clients.update_one(theirs, {"$set": {"seen_at": client.seen_at, "forget_at": forget_at}})

    async def find(self, organisation: str, sought: Sought, *, first: int, after: str | None) -> Sequence[Client]:
        return await self._newest({"organisation": organisation} | self._hashed(organisation, sought), first, after)

    async def others(self, organisation: str, *, than: Sequence[str], first: int, after: str | None) -> Sequence[Client]:
        without: Document = {"_id": {"$nin": list(than)}} if than else {}
        return await self._newest({"organisation": organisation} | without, first, after)

    async def _newest(self, wanted: Document, first: int, after: str | None) -> Sequence[Client]:
        older: Document = {"order": {"$lt": after}} if after else {}
        found = await self._clients.find(wanted | older).sort("order", -1).to_list(first)
        return [opened(document, Client, self.sealing) for document in found]

    async def several(self, organisation: str, ids: Sequence[str]) -> Sequence[Client]:
        found = self._clients.find({"_id": {"$in": list(ids)}, "organisation": organisation})
        return [opened(document, Client, self.sealing) async for document in found]

    async def forget(self, client: Client) -> None:
        await self._clients.delete_one({"_id": client.id, "organisation": client.organisation})

    def _document(self, client: Client) -> Document:
        where, born = client.organisation, client.birth_date
        return closed(client, self.sealing, id=client.id, private=PRIVATE) | {
            "name": self._hash(where, plain_name(client.person.name), "client-name"),
            "surnames": [self._hash(where, surname, "client-surname") for surname in surnames_of(client.person.name)],
            "born": self._hash(where, born.isoformat(), "client-born") if born else None,
            "order": client.order,
        }

    def _hashed(self, organisation: str, sought: Sought) -> Document:
        if sought.name:
            return {"name": self._hash(organisation, plain_name(sought.name), "client-name")}
        if sought.surname:
            return {"surnames": self._hash(organisation, plain_name(sought.surname), "client-surname")}
        return {"born": self._hash(organisation, str(sought.birth_date), "client-born")}

    def _hash(self, organisation: str, value: str, purpose: str) -> str:
        return self.sealing.fingerprint(f"{organisation} {value}", purpose=purpose)

    @property
    def _clients(self) -> AsyncIOMotorCollection[Document]:
        return self.database[CLIENTS.name]
