"""A domain value as a document whose personal part is one sealed field, bound to the document's `_id`; and back."""

from datetime import datetime
from typing import TypeVar

import msgspec

from integrations.mongo.database import Document
from integrations.sealing import Sealing

Thing = TypeVar("Thing")


def closed(thing: object, sealing: Sealing, *, id: str, private: tuple[str, ...]) -> Document:
    """The fields of a dataclass, the private ones sealed; what it calls `id` gives way to `_id`."""
    fields: Document = msgspec.to_builtins(thing, builtin_types=(datetime, bytes))
    hidden = {field: fields.pop(field) for field in private}
    fields.pop("id", None)
    return fields | {"_id": id, "sealed": sealing.seal(msgspec.json.encode(hidden), about=id)}


def opened(document: Document, kind: type[Thing], sealing: Sealing) -> Thing:
    """Raises CannotOpen for a part that was sealed for another document."""
    sealed = msgspec.convert(document["sealed"], bytes)
    hidden: Document = msgspec.json.decode(sealing.open(sealed, about=str(document["_id"])))
    return msgspec.convert({"id": document["_id"]} | document | hidden, kind)
