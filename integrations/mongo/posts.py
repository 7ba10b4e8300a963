"""Posts at rest: who is what in which organisation. Whom it is about lies sealed; the unique index allows one living post of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.acting import CapacityKind
from domain.organisations.organisation import Organisation
from domain.organisations.post import Mark, Post, PostStatus, organisation_of
from domain.organisations.stores import Organisations, PostPage
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

POSTS = Collection(
    name="posts",
    shard_key="organisation",
    kept="ten years after it ended or was declined (the figure kept-posts-years)",
    schema={
        "bsonType": "object",
        "required": ["_id", "organisation", "holder", "kind", "status", "appointed_at", "order", "sealed", "version"],
        "properties": {
            "_id": {"bsonType": "string"},
            "organisation": {"bsonType": "string"},
            "holder": {"bsonType": "string"},
            "kind": {"enum": list(CapacityKind)},
            "status": {"enum": list(PostStatus)},
            "slot": {"bsonType": ["string", "null"]},
            "living": {"bsonType": ["string", "null"]},
            "made_by": {"bsonType": ["string", "null"]},
            "appointed_at": {"bsonType": "date"},
            "order": {"bsonType": "string"},
            "forget_at": {"bsonType": ["date", "null"]},
            "sealed": {"bsonType": "binData"},
            "version": {"bsonType": ["int", "long"]},
        },
    },
    indexes=(
        IndexModel([("organisation", 1), ("slot", 1)], unique=True, partialFilterExpression={"slot": {"$gt": ""}}),
        IndexModel([("organisation", 1), ("made_by", 1)], unique=True, partialFilterExpression={"made_by": {"$gt": ""}}),
        IndexModel([("organisation", 1), ("order", -1)]),
        IndexModel([("living", 1)]),
        IndexModel([("forget_at", 1)], expireAfterSeconds=0),
    ),
    sealed=(Sealed(),),
)


@dataclass(frozen=True, slots=True)
class MongoPosts:
    """The `Posts` of domain/organisations/stores.py and domain/access/capacities.py."""

    database: Database
    sealing: Sealing
    organisations: Organisations

    async def one(self, id: str, *, person: str | None = None, organisation: str | None = None) -> Post | None:
        owned: Document = {"holder": person} if person else {}
        where: Document = {"organisation": organisation or organisation_of(id)}
        return await self._post(await self._posts.find_one({"_id": id} | where | owned))

    async def of(self, person: str) -> Sequence[Post]:
        found = await self._posts.find({"living": person}).to_list(None)
        posts = [await self._post(document) for document in sorted(found, key=_order, reverse=True)]
        return [post for post in posts if post]

    async def made_by(self, request: Mark, *, organisation: str) -> Post | None:
        return await self._post(await self._posts.find_one({"organisation": organisation, "made_by": request.key}))

    async def add(self, post: Post) -> bool:
        try:
            await self._posts.insert_one(self._document(post) | {"made_by": post.marks[0].key if post.marks else None})
        except DuplicateKeyError:
            return False
        return True

    async def save(self, post: Post) -> bool:
        as_read: Document = {"_id": post.id, "organisation": post.organisation.id, "version": post.version}
        changed = await self._posts.update_one(as_read, {"$set": self._document(post) | {"version": post.version + 1}})
        return bool(changed.matched_count)

    async def page(self, organisation: str, *, first: int, after: str | None) -> PostPage:
        last = await self._posts.find_one({"_id": after, "organisation": organisation}, {"order": 1}) if after else None
        older: Document = {"order": {"$lt": last["order"]}} if last else {}
        found = await self._posts.find({"organisation": organisation} | older).sort("order", -1).to_list(first + 1)
        where = await self.organisations.one(organisation)
        posts = [self._opened(document, where) for document in found[:first]] if where else []
        return PostPage(posts, more=len(found) > first, later=last is not None)

    def _document(self, post: Post) -> Document:
        """The organisation by its id alone, because it may be renamed."""
        document = closed(post, self.sealing, id=post.id, private=("person",))
        holder, slot = post.person.id, _slot(post)
        order = f"{post.appointed_at.isoformat()} {post.id}"
        return document | {
            "organisation": post.organisation.id,
            "holder": holder,
            "slot": slot,
            "living": holder if slot else None,
            "order": order,
        }

    async def _post(self, found: Document | None) -> Post | None:
        """None also for a post in an organisation that is no more."""
        where = await self.organisations.one(str(found["organisation"])) if found else None
        return self._opened(found, where) if found and where else None

    def _opened(self, found: Document, where: Organisation) -> Post:
        return opened(found | {"organisation": msgspec.to_builtins(where)}, Post, self.sealing)

    @property
    def _posts(self) -> AsyncIOMotorCollection[Document]:
        return self.database[POSTS.name]


def _slot(post: Post) -> str | None:
    return f"{post.person.id} {post.kind}" if post.status.living else None


def _order(found: Document) -> str:
    return str(found["order"])
