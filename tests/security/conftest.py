"""A server for the socket tests; and quiet, as faults are provoked here by the dozen."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from websockets.asyncio.client import ClientConnection

from tests.security.live import an_app, dial, serving, some_sockets


@pytest.fixture(scope="module", autouse=True)
def _quiet_log() -> Iterator[None]:
    structlog.configure(processors=[structlog.processors.JSONRenderer(default=str)], logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module")
async def port() -> AsyncIterator[int]:
    async with serving(an_app(some_sockets())) as (_, port):
        yield port


@pytest.fixture
async def socket(port: int) -> AsyncIterator[ClientConnection]:
    async with dial(port) as socket:
        yield socket
