"""One world for all of these tests: nothing in it is theirs to change, unless a test puts it back."""

from collections.abc import AsyncIterator

import pytest
from pymongo import monitoring

from tests.access.commands import COMMANDS
from tests.access.world import World, a_world, settings


@pytest.fixture(scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory, mongo_url: str, redis_url: str) -> AsyncIterator[World]:
    monitoring.register(COMMANDS)  # for the connections that are made from now on
    async with a_world(settings(tmp_path_factory.mktemp("access"), mongo_url, redis_url)) as made:
        yield made
