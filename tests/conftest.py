"""Real stores for the tests, started once per run and only if a test asks for one; and the marker that ties a test to a requirement."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from redis.asyncio import Redis

from api.embedded import message_store
from api.ports import free_port
from integrations.mongo.database import Client, Database, connect
from integrations.mongo.database import database as database_of
from integrations.sealing import FixedKeys, Keys, Sealing
from tests.rows import rows
from tests.store import unswept_store

settings.register_profile("patient", settings(), deadline=None)  # a slow machine is no fault
settings.load_profile("patient")

# ---------------------------------------------------------------- the stores


@pytest.fixture(scope="session")
def stores_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="session")
async def mongo_url(stores_folder: Path) -> AsyncIterator[str]:
    port = free_port()
    async with unswept_store(stores_folder, port=port) as store:
        yield f"mongodb://127.0.0.1:{port}"
        await store.kill()  # its polite stop takes two seconds, and the folder is thrown away


@pytest.fixture(scope="session")
async def redis_url(stores_folder: Path) -> AsyncIterator[str]:
    port = free_port()
    async with message_store(stores_folder, port=port):
        yield f"redis://127.0.0.1:{port}"


@pytest.fixture(scope="session")
async def mongo(mongo_url: str) -> AsyncIterator[Client]:
    client = connect(mongo_url)
    yield client
    client.close()


@pytest.fixture
async def database(mongo: Client) -> AsyncIterator[Database]:
    """An empty database of its own name; collections are made by the test that needs them (`collections.apply`)."""
    name = f"test_{uuid4().hex}"
    yield database_of(mongo, name)
    await mongo.drop_database(name)


@pytest.fixture(scope="session")
async def redis_client(redis_url: str) -> AsyncIterator["Redis[bytes]"]:
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
async def redis(redis_client: "Redis[bytes]") -> "Redis[bytes]":
    """A client of an emptied store; it answers bytes."""
    await redis_client.flushall()
    return redis_client


# ---------------------------------------------------------------- keys and moments


@pytest.fixture(scope="session")
def sealing() -> Sealing:
    return Sealing(FixedKeys(Keys({"test-1": bytes(range(32))}, "test-1")), hash_key=bytes(range(32, 64)))


@pytest.fixture(scope="session")
def moment() -> datetime:
    """Monday 2026-11-23, 10:00 in China: the day of the ten people."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


# ---------------------------------------------------------------- callers


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "as_(*callers): run the test once as each of them; its argument `caller` says which")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`@pytest.mark.as_("applicant", "delegate", "stranger")`: tests/access/callers.py says who they are."""
    callers = [caller for marker in metafunc.definition.iter_markers("as_") for caller in marker.args]
    if callers:
        metafunc.parametrize("caller", callers)


# ---------------------------------------------------------------- rows and seeds


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", default="one", choices=["one", "all"], help="faults: one seed of each kind, or all that are listed")
    parser.addoption("--rows", default=None, metavar="FILE", help="write which tests decide which row into FILE, as lines 'row test'")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    deciding = [(row, item) for item in items for marker in item.iter_markers("row") for row in marker.args]
    unknown = sorted({f"{row} in {item.nodeid}" for row, item in deciding if row not in rows()})
    if unknown:
        raise pytest.UsageError("docs/requirements.md has no such row: " + "; ".join(unknown))
    if file := config.getoption("--rows"):
        Path(file).write_text("".join(f"{row} {item.nodeid}\n" for row, item in deciding), encoding="utf-8")
