"""Sealing anew what former keys sealed, while everything runs.

Each sealed value is replaced only if it is still the one that was read: of a save at the same time one of the two stands, and both are
whole. What is under the current key already is left alone, so that a second go, or one after a kill, does only what is left.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from integrations.mongo.collections import Collection
from integrations.mongo.database import Database, Document
from integrations.mongo.files import FILES, PIECES, about_piece
from integrations.sealing import CannotOpen, Sealing

BATCH = 200


@dataclass(slots=True)
class Pass:
    """One way through one collection. `by_key`: how many values each key now seals; `lost`: ids of documents that do not open."""

    collection: str
    read: int = 0
    sealed_anew: int = 0
    by_key: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


class _Note(msgspec.Struct):
    """A file, as far as its pieces are bound to it."""

    id: str = msgspec.field(name="_id")
    size: int
    attempts: list[object]


@dataclass(frozen=True, slots=True)
class Resealing:
    database: Database
    sealing: Sealing
    batch: int = BATCH

    async def through(self, collection: Collection) -> AsyncIterator[Pass]:
        """Told after every batch, in the order of the ids; the last time when it is through."""
        done = Pass(collection.name)
        walked = FILES if _with_owner(collection) else collection
        async for documents in self._batches(walked):
            for document in documents:
                await (self._pieces(document, done) if _with_owner(collection) else self._document(collection, document, done))
            yield done
        yield done

    async def _batches(self, collection: Collection) -> AsyncIterator[Sequence[Document]]:
        last: object = ""
        wanted = dict.fromkeys((*(sealed.field for sealed in collection.sealed), collection.shard_key, "size", "attempts"), 1)
        while found := await self.database[collection.name].find({"_id": {"$gt": last}}, wanted).sort("_id").to_list(self.batch):
            yield found
            last = found[-1]["_id"]

    async def _document(self, collection: Collection, document: Document, done: Pass) -> None:
        done.read += 1
        place = {"_id": document["_id"], collection.shard_key: document[collection.shard_key]}
        for sealed in collection.sealed:
            value = _at(document, sealed.field)
            await self._value(collection.name, place, sealed.field, value, about=sealed.about(str(document["_id"])), done=done)

    async def _pieces(self, document: Document, done: Pass) -> None:
        """Also of attempts that were broken off: they go with the file."""
        note = msgspec.convert(document, _Note)
        for attempt in note.attempts:
            async for piece in self.database[PIECES.name].find({"files_id": attempt}).sort("n"):
                done.read += 1
                place = {"_id": piece["_id"], "files_id": attempt}
                about = about_piece(note.id, msgspec.convert(piece["n"], int), size=note.size)
                await self._value(PIECES.name, place, "data", piece["data"], about=about, done=done)

    async def _value(self, collection: str, place: Document, name: str, value: object, *, about: str, done: Pass) -> None:
        """Read again until nobody was quicker; what is gone meanwhile needs no key."""
        while isinstance(value, bytes):
            try:
                kept = await self._sealed_anew(collection, place, name, value, about=about, done=done)
            except CannotOpen:
                done.lost.append(str(place["_id"]))
                kept = self.sealing.key_id(value)
            if kept:
                done.by_key[kept] += 1
                return
            value = _at(await self.database[collection].find_one(place, {name: 1}), name)

    async def _sealed_anew(self, collection: str, place: Document, name: str, value: bytes, *, about: str, done: Pass) -> str | None:
        """The id of the key that it is under now; None: somebody was quicker. Raises CannotOpen."""
        current = self.sealing.ring.now().current
        if self.sealing.key_id(value) == current:
            return current
        anew = self.sealing.seal(self.sealing.open(value, about=about), about=about)
        if not (await self.database[collection].update_one({**place, name: value}, {"$set": {name: anew}})).matched_count:
            return None
        done.sealed_anew += 1
        return self.sealing.key_id(anew)


def _at(document: object, name: str) -> object:
    for part in name.split("."):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def _with_owner(collection: Collection) -> bool:
    return any(sealed.with_owner for sealed in collection.sealed)


def undeclared(document: Document, collection: Collection, *, keys: Sequence[str]) -> Iterator[str]:
    """Fields of the document that hold what these keys may have sealed, and that its collection does not declare."""
    declared = {sealed.field for sealed in collection.sealed}
    heads = tuple(bytes([len(key.encode())]) + key.encode() for key in keys)
    yield from (place for place, value in _values(document, ()) if value.startswith(heads) and place not in declared)


def _values(value: object, place: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    match value:
        case bytes():
            yield ".".join(place), value
        case dict():
            for name, inner in value.items():
                yield from _values(inner, (*place, str(name)))
        case list():
            for number, inner in enumerate(value):
                yield from _values(inner, (*place, str(number)))
