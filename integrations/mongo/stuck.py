"""What is stuck, for operators: documents that a worker put off, and items that could not be handed over."""

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec
from pymongo.errors import PyMongoError

from domain.cases.errands import Awaited
from domain.cases.parts import ItemStatus
from domain.ports import NoAnswer
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database
from integrations.mongo.leases import LONG_AGO


class PutOff(msgspec.Struct, frozen=True):
    failures: int
    error_id: str
    at: datetime
    id: str = ""


class _Item(msgspec.Struct, frozen=True):
    code: str
    status: ItemStatus


class _Items(msgspec.Struct, frozen=True):
    items: list[_Item]


async def put_off(database: Database, collection: str) -> AsyncIterator[PutOff]:
    """The oldest first. Raises NoAnswer."""
    try:
        async for found in database[collection].find({"stuck.at": {"$gt": LONG_AGO}}, {"stuck": 1}).sort("stuck.at"):
            yield msgspec.structs.replace(msgspec.convert(found["stuck"], PutOff), id=str(found["_id"]))
    except PyMongoError as lost:
        raise NoAnswer("store", type(lost).__name__) from lost


async def failed_handoffs(database: Database, department: str) -> AsyncIterator[tuple[str, str]]:
    """(public number, item) of what waits for the department and has failed for good. Raises NoAnswer."""
    wanted = {"awaiting.department": department, "case.items.status": ItemStatus.FAILED.value}
    try:
        async for found in database[CASES.name].find(wanted, {"number": 1, "awaiting": 1, "case.items": 1}):
            waiting = msgspec.convert(found["awaiting"], list[Awaited])
            theirs = {one.item for one in waiting if one.department == department}
            for item in msgspec.convert(found["case"], _Items).items:
                if item.status is ItemStatus.FAILED and item.code in theirs:
                    yield str(found["number"]), item.code
    except PyMongoError as lost:
        raise NoAnswer("store", type(lost).__name__) from lost
