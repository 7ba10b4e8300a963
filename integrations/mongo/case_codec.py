"""A case as a document and back: the public part plain, the history as its canonical bytes, everything personal in one sealed part."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

import msgspec

from domain.cases.case import Case, PrivatePart
from domain.cases.steps import read_chain
from integrations.mongo.database import Document
from integrations.sealing import Sealing

_APART = frozenset({"history", "private", "version"})
_private = msgspec.msgpack.Decoder(PrivatePart)


def bson_ready(value: object) -> object:
    """Plain values with whole-millisecond moments: BSON keeps no tuple, no enum and no microsecond."""
    return msgspec.to_builtins(value, builtin_types=(datetime, bytes))


@dataclass(frozen=True, slots=True)
class CaseCodec:
    """The sealed part is bound to the case's id, and opened once per reading."""

    sealing: Sealing

    def document(self, case: Case) -> tuple[Document, bytes]:
        public = {field.name: bson_ready(getattr(case, field.name)) for field in fields(Case) if field.name not in _APART}
        public["history"] = [[step.canonical, step.hash] for step in case.history]
        return public, self.sealing.seal(msgspec.msgpack.encode(case.private), about=case.id)

    def case(self, document: Mapping[str, object]) -> Case:
        stored = document["case"]
        sealed, revision = document["sealed"], document["revision"]
        assert isinstance(stored, dict)
        assert isinstance(sealed, bytes)
        assert isinstance(revision, int)
        history = read_chain([(bytes(canonical), digest) for canonical, digest in stored.pop("history")])
        private = _private.decode(self.sealing.open(sealed, about=str(document["_id"])))
        return replace(msgspec.convert({**stored, "history": [], "private": {}}, Case), history=history, private=private, version=revision)

    @staticmethod
    def versioned(case: Case, version: int) -> Case:
        return replace(case, version=version)
