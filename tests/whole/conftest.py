"""The whole product once for all of these tests, and people who have nothing to do with one another."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count

import httpx2
import pytest

from mocks.people import anyone
from mocks.phone import Phone
from tests.demonstration import Show, demonstration
from tests.whole.applicant import Applicant, Outside

_PLAIN = (seed for seed in count(1_000) if anyone(seed).document_kind == "RESIDENT_ID" and seed % 10 != 3)
"""Seeds of people with an ordinary identity card and a valid social security card."""


@pytest.fixture(scope="session")
async def show(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Show]:
    async with demonstration(tmp_path_factory.mktemp("whole")) as running:
        yield running


@pytest.fixture
async def outside(show: Show) -> AsyncIterator[Outside]:
    """The stand-ins, well-behaved again afterwards."""
    async with httpx2.AsyncClient(base_url=show.outside, trust_env=False, timeout=60) as http:
        systems = Outside(http)
        yield systems
        await systems.behave_well()


@pytest.fixture
async def somebody(show: Show) -> AsyncIterator[Callable[..., Awaitable[Applicant]]]:
    """Signs in somebody new (or `key`), in a language, as surely as that."""
    async with AsyncExitStack() as stack:

        async def signed_in(key: str | None = None, *, language: str = "zh-Hans", assurance: str = "L3") -> Applicant:
            phone = await stack.enter_async_context(Phone(show.url, language=language))
            key = key or f"anyone-{next(_PLAIN)}"
            await phone.prove(f"/sign-in?acr={assurance}", key)
            return Applicant(key, phone)

        yield signed_in
