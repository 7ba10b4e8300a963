"""Every catalogue version that was ever in force, by its hash, so that an open case finds the form it began with."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from integrations.mongo.collections import Collection
from integrations.mongo.database import Database

CATALOGUES = Collection(
    name="catalogues",
    shard_key="_id",
    kept="for good",
    schema={
        "bsonType": "object",
        "required": ["_id", "content", "kept_at"],
        "additionalProperties": False,
        "properties": {
            "_id": {"bsonType": "string", "description": "region and version"},
            "content": {"bsonType": "string", "description": "the merged tables as canonical JSON"},
            "kept_at": {"bsonType": "date"},
        },
    },
)


@dataclass(frozen=True, slots=True)
class MongoCatalogues:
    database: Database

    async def keep(self, region: str, version: str, content: bytes, *, at: datetime) -> None:
        kept = {"_id": _id(region, version), "content": content.decode(), "kept_at": at}
        with suppress(DuplicateKeyError):  # a version is its content's hash, so what is there already is the same
            await self.database[CATALOGUES.name].insert_one(kept)

    async def content(self, region: str, version: str) -> bytes | None:
        found = await self.database[CATALOGUES.name].find_one({"_id": _id(region, version)}, {"content": True})
        return str(found["content"]).encode() if found else None


def _id(region: str, version: str) -> str:
    return f"{region}-{version}"
