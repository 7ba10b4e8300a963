"""Histories in bulk, for anchors and for the proof. Reads only, and never on a citizen's way."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from pymongo.errors import PyMongoError

from domain.cases.anchors import Head
from domain.cases.case import Case
from domain.cases.steps import read_chain
from domain.ports import NoAnswer
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database, Document
from integrations.sealing import CannotOpen


@dataclass(frozen=True, slots=True)
class MongoHistories:
    database: Database
    codec: CaseCodec

    async def every(self) -> AsyncIterator[tuple[str, Case | None]]:
        """Each case with its id; None for one that cannot be read any more. Raises NoAnswer."""
        try:
            async for document in self.database[CASES.name].find({}):
                yield str(document["_id"]), self._case(document)
        except PyMongoError as lost:
            raise NoAnswer("store", type(lost).__name__) from lost

    def _case(self, document: Document) -> Case | None:
        try:
            return self.codec.case(document)
        except (CannotOpen, msgspec.MsgspecError, AssertionError, KeyError):
            return None

    async def heads(self, *, changed_since: datetime) -> AsyncIterator[Head]:
        last_step = {"case.history": {"$slice": -1}}
        async for document in self.database[CASES.name].find({"touched_at": {"$gt": changed_since}}, last_step):
            ((canonical, digest),) = msgspec.convert(document["case"], _WithHistory).history
            (step,) = read_chain([(canonical, digest)])
            yield Head(str(document["_id"]), step.number, digest)


class _WithHistory(msgspec.Struct):
    history: list[tuple[bytes, str]]
