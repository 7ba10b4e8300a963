"""The connection, with what every read and write must have: majority, journal, a timeout, aware times."""

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import ReadPreference
from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

TIMEOUT_MILLISECONDS = 5_000

FAULTS = (PyMongoError,)
"""Whatever the store may raise."""
AWAY = (ConnectionFailure, ExecutionTimeout, WTimeoutError)
"""What is raised when the store does not answer. Whether it has obeyed nobody knows then: to be asked again, under the same id."""

Document = dict[str, object]
Database = AsyncIOMotorDatabase[Document]
Client = AsyncIOMotorClient[Document]


def connect(url: str) -> Client:
    return AsyncIOMotorClient(
        url,
        tz_aware=True,
        retryWrites=True,
        retryReads=True,
        serverSelectionTimeoutMS=TIMEOUT_MILLISECONDS,
        connectTimeoutMS=TIMEOUT_MILLISECONDS,
        socketTimeoutMS=2 * TIMEOUT_MILLISECONDS,
        waitQueueTimeoutMS=TIMEOUT_MILLISECONDS,
        maxPoolSize=50,
        uuidRepresentation="standard",
        appname="zhangban",
    )


def database(client: Client, name: str) -> Database:
    return client.get_database(
        name,
        write_concern=WriteConcern(w="majority", j=True, wtimeout=TIMEOUT_MILLISECONDS),
        read_concern=ReadConcern("majority"),
        read_preference=ReadPreference.PRIMARY,
    )
