"""One house for all troubles: whatever the one before has done to it, the next finds it whole. With all seeds each has a new one."""

from collections.abc import AsyncIterator
from typing import Literal

import httpx2
import pytest

from tests.faults.house import House, house
from tests.faults.listed import FEW, MANY
from tests.whole.applicant import Outside

pytest.register_assert_rewrite("tests.faults.truth")


def _until(fixture_name: str, config: pytest.Config) -> Literal["function", "session"]:
    """The embedded store remembers ten thousand writes, in case a driver sends one again, and from then on looks through all at each."""
    return "function" if config.getoption("--seeds") == "all" else "session"


@pytest.fixture(scope=_until)
async def built(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("faults")) as whole:
        yield whole


@pytest.fixture(name="house")
async def mended_house(built: House) -> House:
    """Whole again, should the trouble before have failed half way."""
    await built.mend()
    return built


@pytest.fixture
async def outside(house: House) -> AsyncIterator[Outside]:
    """The stand-ins, well-behaved again afterwards."""
    async with httpx2.AsyncClient(base_url=house.outside, trust_env=False, timeout=60) as http:
        systems = Outside(http)
        yield systems
        await systems.behave_well()


@pytest.fixture(scope="session")
def cases(pytestconfig: pytest.Config) -> int:
    """How many retire at once."""
    return MANY if pytestconfig.getoption("--seeds") == "all" else FEW
