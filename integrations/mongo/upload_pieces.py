"""Pieces of files that are still on their way, sealed each for itself; gone when the file is whole, or after a day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.errors import Unavailable
from domain.uploads import Piece, Upload
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.sealing import Sealing

UPLOAD_PIECES = Collection(
    name="upload_pieces",
    shard_key="person",
    kept="until the file is whole, and a day at most",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "by", "request", "offset", "total", "size", "sha256", "sealed", "expires_at"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "by": {"bsonType": "string"},
            "request": {"bsonType": "string"},
            "offset": {"bsonType": ["int", "long"]},
            "total": {"bsonType": ["int", "long"]},
            "size": {"bsonType": ["int", "long"]},
            "sha256": {"bsonType": "string"},
            "sealed": {"bsonType": "binData"},
            "expires_at": {"bsonType": "date"},
        },
    },
    indexes=(
        IndexModel([("person", 1), ("by", 1), ("request", 1), ("offset", 1)], unique=True),
        IndexModel([("expires_at", 1)], expireAfterSeconds=0),
    ),
    sealed=(Sealed(),),
)


@dataclass(frozen=True, slots=True)
class MongoPieces:
    """The `Pieces` of domain/uploads.py."""

    database: Database
    sealing: Sealing

    async def add(self, upload: Upload, piece: Piece, content: bytes, *, expires_at: datetime) -> Piece:
        id = f"{upload.person}.{upload.by}.{upload.request}.{piece.offset}"
        document = {"_id": id, **asdict(upload), **asdict(piece), "sealed": self.sealing.seal(content, about=id), "expires_at": expires_at}
        try:
            await self._pieces.insert_one(document)
        except DuplicateKeyError:
            found = await self._pieces.find_one({**asdict(upload), "offset": piece.offset}, {"sealed": 0})
            if found is None:  # the file was whole, or the day over, between the two
                raise Unavailable("files.try-again", retry_after_seconds=1) from None
            return msgspec.convert(found, Piece)
        return piece

    async def of(self, upload: Upload) -> Sequence[Piece]:
        found = self._pieces.find(asdict(upload), {"sealed": 0}).sort("offset", 1)
        return [msgspec.convert(document, Piece) async for document in found]

    async def content(self, upload: Upload) -> bytes:
        found = await self._pieces.find(asdict(upload)).sort("offset", 1).to_list(None)
        return b"".join(self.sealing.open(msgspec.convert(one["sealed"], bytes), about=str(one["_id"])) for one in found)

    async def forget(self, upload: Upload) -> None:
        await self._pieces.delete_many(asdict(upload))

    @property
    def _pieces(self) -> AsyncIOMotorCollection[Document]:
        return self.database[UPLOAD_PIECES.name]
