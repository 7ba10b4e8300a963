"""Files at rest: a note about each in `files`, its content sealed piece by piece in GridFS.

The database settles both races: one request makes one note (unique index), and of contents written at once one stays. Every attempt to
write is in the note before its first piece, so that whatever a crash leaves behind goes when the file goes.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from bson import ObjectId
from gridfs.errors import FileExists, NoFile
from motor.motor_asyncio import AsyncIOMotorCollection, AsyncIOMotorGridFSBucket
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.errors import Unavailable
from domain.file_kinds import ContentType
from domain.files import StoredFile
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.leases import LONG_AGO
from integrations.sealing import Sealing

PIECE = 255 * 1024
BUCKET = "contents"

FILES = Collection(
    name="files",
    shard_key="person",
    kept="a day; with a case, as long as the case is not erased",
    schema={
        "bsonType": "object",
        "required": [
            "_id",
            "person",
            "by",
            "request",
            "content_type",
            "size",
            "sha256",
            "at",
            "attached",
            "content",
            "attempts",
            "next_due",
        ],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "by": {"bsonType": "object"},
            "request": {"bsonType": "string"},
            "content_type": {"enum": list(ContentType)},
            "size": {"bsonType": ["int", "long"]},
            "sha256": {"bsonType": "string"},
            "at": {"bsonType": "date"},
            "attached": {"bsonType": ["string", "null"]},
            "content": {"bsonType": ["objectId", "null"]},
            "attempts": {"bsonType": "array"},
            "next_due": {"bsonType": ["date", "null"]},
        },
    },
    indexes=(
        IndexModel([("person", 1), ("by.person", 1), ("request", 1)], unique=True),
        IndexModel([("person", 1), ("_id", 1)]),
        IndexModel([("person", 1), ("attached", 1)]),
        IndexModel([("next_due", 1)]),
    ),
)

CONTENTS = Collection(
    name=f"{BUCKET}.files",
    shard_key="_id",
    kept="as long as its note in `files`",
    schema={"bsonType": "object", "required": ["_id", "length", "chunkSize", "filename"]},
    indexes=(IndexModel([("filename", 1), ("uploadDate", 1)]),),
)

PIECES = Collection(
    name=f"{BUCKET}.chunks",
    shard_key="files_id",
    kept="as long as its note in `files`",
    schema={"bsonType": "object", "required": ["_id", "files_id", "n", "data"]},
    indexes=(IndexModel([("files_id", 1), ("n", 1)], unique=True),),
    sealed=(Sealed("data", with_owner=True),),
)


COLLECTIONS = (FILES, CONTENTS, PIECES)


@dataclass(frozen=True)
class MongoFiles:
    """A `FileStore` of domain/files.py."""

    database: Database
    sealing: Sealing

    async def add(self, file: StoredFile, *, next_due: datetime) -> StoredFile:
        try:
            await self._notes.insert_one(_note(file, next_due=next_due))
        except DuplicateKeyError:
            same = await self.by_request(file.person, by=file.by.person or "", request=file.request)
            if same is None:  # its day was over between the two
                raise Unavailable("files.try-again", retry_after_seconds=1) from None
            return same
        return file

    async def by_request(self, person: str, *, by: str, request: str) -> StoredFile | None:
        found = await self._notes.find_one({"person": person, "by.person": by, "request": request})
        return _file(found) if found else None

    async def keep(self, file: StoredFile, content: bytes) -> None:
        attempt = ObjectId()
        note = {"_id": file.id, "person": file.person}
        await self._notes.update_one(note, {"$push": {"attempts": attempt}})
        try:
            await self._write(attempt, file, content)
        except FileExists:  # a piece was sent again by the driver, its answer having been lost: whether all are there nobody knows
            raise Unavailable("files.try-again", retry_after_seconds=1) from None
        first_or_sent_again = note | {"content": {"$in": [None, attempt]}}
        if not (await self._notes.update_one(first_or_sent_again, {"$set": {"content": attempt}})).matched_count:
            await self._remove(attempt)

    async def content(self, file: StoredFile) -> AsyncIterator[bytes]:
        note = await self._notes.find_one({"_id": file.id, "person": file.person})
        if note is None:
            raise Unavailable("files.try-again", retry_after_seconds=1)
        return self._pieces(file, note["content"])

    async def find(self, ids: Sequence[str], *, person: str) -> Sequence[StoredFile]:
        found = [_file(note) async for note in self._notes.find({"_id": {"$in": list(ids)}, "person": person})]
        return [file for file in found if file.whole]

    async def of_person(self, person: str) -> Sequence[StoredFile]:
        """Whole ones, whether a case keeps them or not."""
        found = [_file(note) async for note in self._notes.find({"person": person}).sort("_id")]
        return [file for file in found if file.whole]

    async def let_go(self, person: str, *, at: datetime) -> int:
        """Those that no case keeps go; from now on nobody reads them. How many."""
        free: Document = {"person": person, "attached": None}
        return int((await self._notes.update_many(free, {"$set": {"content": None, "next_due": at}})).matched_count)

    async def attach(self, ids: Sequence[str], *, person: str, case: str) -> int:
        free = {"_id": {"$in": list(ids)}, "person": person, "content": {"$ne": None}, "attached": {"$in": [None, case]}}
        kept = await self._notes.update_many(free, {"$set": {"attached": case, "next_due": None}})
        return int(kept.matched_count)

    async def release(self, case: str, *, person: str, at: datetime) -> None:
        """The case's files go; from now on nobody reads them."""
        its: Document = {"person": person, "attached": case}
        await self._notes.update_many(its, {"$set": {"attached": None, "content": None, "next_due": at}})

    async def purge(self, *, due: datetime, limit: int) -> int:
        """Remove unattached files whose day is over; how many. Several workers may do it at once."""
        notes = await self._notes.find({"next_due": {"$gt": LONG_AGO, "$lte": due}}).limit(limit).to_list(limit)
        return sum([await self._purge_one(note, due=due) for note in notes])

    async def _purge_one(self, note: Document, *, due: datetime) -> bool:
        """No case can attach it from the first line on; the note goes last, because it names what must go with it."""
        mine: Document = {"_id": note["_id"], "person": note["person"], "next_due": {"$lte": due}}
        if not (await self._notes.update_one(mine, {"$set": {"content": None}})).matched_count:
            return False
        for attempt in msgspec.convert(note["attempts"], list[object]):
            await self._remove(attempt)
        gone = await self._notes.delete_one(mine | {"content": None, "attempts": note["attempts"]})
        return bool(gone.deleted_count)

    async def _write(self, attempt: ObjectId, file: StoredFile, content: bytes) -> None:
        sealing = self.sealing.fixed()  # all pieces are of one length, which the key's id is part of
        overhead = len(sealing.seal(b"", about=""))
        upload = self._bucket.open_upload_stream_with_id(attempt, file.id, chunk_size_bytes=PIECE + overhead)
        # Its indexes are there. GridFS would look, by asking for any one document; for that the embedded store reads every piece it has.
        object.__setattr__(upload.delegate, "_ensured_index", True)  # type: ignore[attr-defined]
        for number, start in enumerate(range(0, file.size, PIECE)):
            await upload.write(sealing.seal(content[start : start + PIECE], about=about_piece(file.id, number, size=file.size)))
        await upload.close()

    async def _pieces(self, file: StoredFile, content: object) -> AsyncIterator[bytes]:
        """One GridFS chunk is one sealed piece. GridFS itself would count their bytes, which a key with a longer id makes more."""
        for number, _ in enumerate(range(0, file.size, PIECE)):
            piece = await self.database[PIECES.name].find_one({"files_id": content, "n": number})
            if piece is None:  # removed meanwhile
                raise Unavailable("files.try-again", retry_after_seconds=1)
            yield self.sealing.open(msgspec.convert(piece["data"], bytes), about=about_piece(file.id, number, size=file.size))

    async def _remove(self, attempt: object) -> None:
        try:
            await self._bucket.delete(attempt)
        except NoFile:  # broken off before its end; the pieces are gone now
            return

    @property
    def _notes(self) -> AsyncIOMotorCollection[Document]:
        return self.database[FILES.name]

    @property
    def _bucket(self) -> AsyncIOMotorGridFSBucket:
        return AsyncIOMotorGridFSBucket(self.database, bucket_name=BUCKET)


def about_piece(file: str, number: int, *, size: int) -> str:
    """Piece and length are bound too: none can be moved, left out or added."""
    return f"{file}/{number}/{size}"


def _note(file: StoredFile, *, next_due: datetime) -> Document:
    return {
        "_id": file.id,
        "person": file.person,
        "by": msgspec.to_builtins(file.by),
        "request": file.request,
        "content_type": file.content_type.value,
        "size": file.size,
        "sha256": file.sha256,
        "at": file.at,
        "attached": None,
        "content": None,
        "attempts": [],
        "next_due": next_due,
    }


def _file(note: Document) -> StoredFile:
    return msgspec.convert(note | {"id": note["_id"], "whole": note["content"] is not None}, StoredFile)
