"""Every collection with its validator and indexes, declared once and applied at start.

A store file declares its own `Collection`; `api` hands all of them to `apply`. Shard keys are written here so that the table of
docs/decisions is checked against them; unique indexes begin with the shard key.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pymongo import IndexModel
from pymongo.errors import CollectionInvalid, ConnectionFailure

from domain.ports import NoAnswer
from integrations.mongo.database import Database, Document


@dataclass(frozen=True, slots=True)
class Sealed:
    """A field that holds a sealed value, and what that is bound to: by itself the document's `_id`.

    `with_owner`: only together with the document that owns it can it be opened; the owner's store seals it anew.
    """

    field: str = "sealed"
    about: Callable[[str], str] = str
    with_owner: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """`schema`: a $jsonSchema of what every document must have; `shard_key` and `kept` (how long, in words) are for operators.

    `sealed`: every field that `rotate-keys` must seal anew; a test looks for sealed values elsewhere.
    """

    name: str
    shard_key: str
    kept: str
    schema: Document
    indexes: tuple[IndexModel, ...] = field(default=())
    sealed: tuple[Sealed, ...] = field(default=())


async def apply(database: Database, collections: Iterable[Collection]) -> None:
    """Make what is missing; bring validators up to date. Safe to run at every start, also from several processes at once.

    Raises NoAnswer if the store is away.
    """
    try:
        existing = set(await database.list_collection_names())
        for collection in collections:
            await _apply(database, collection, exists=collection.name in existing)
    except ConnectionFailure as away:
        raise NoAnswer("the document store", type(away).__name__) from away


async def _apply(database: Database, collection: Collection, *, exists: bool) -> None:
    validator: Document = {"$jsonSchema": collection.schema}
    if not exists:
        try:
            await database.create_collection(collection.name, validator=validator)
        except CollectionInvalid:  # another process was first
            exists = True
    if exists:
        await database.command({"collMod": collection.name, "validator": validator})
    if collection.indexes:
        await database[collection.name].create_indexes(list(collection.indexes))
