"""The limits as the product itself has them, in its own settings, over HTTP and on real stores (F68)."""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx2
import pytest

from api.app import build_app
from api.development import PARTS, environment
from api.graphql.http import MODERN
from api.ports import free_port
from api.settings import PREFIX, Settings
from integrations.mongo.database import Client
from tests.security.live import serving

PER_MINUTE = 60
INTROSPECTION = "{ __schema { queryType { name } } }"
CHECK = """mutation($request: ID!) { checkCertificate(requestId: $request, input: {code: "XH5D-AJMF-96VE"}) {
  ... on Problem { message } ... on CertificateCheck { genuine } } }"""


def levels(deep: int) -> str:
    """A query so deep that the schema has an answer to."""
    inside = "waitsFor { " * (deep - 3) + "id" + " }" * (deep - 3)
    return f'{{ case(id: "case-1") {{ items {{ {inside} }} }} }}'


@pytest.fixture(scope="module", autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = before, level


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory, mongo_url: str, redis_url: str) -> dict[str, str]:
    """An environment; nothing answers where the outside systems should be."""
    ports = {part: free_port() for part in PARTS}
    made = environment(tmp_path_factory.mktemp("edge"), port=free_port(), ports=ports)
    stores = {"MONGO_URL": mongo_url, "MONGO_DATABASE": f"test_{uuid4().hex}", "REDIS_URL": redis_url}
    return made | {f"{PREFIX}{name}": value for name, value in stores.items()}


@asynccontextmanager
async def the_product(environment: Mapping[str, str]) -> AsyncIterator[httpx2.AsyncClient]:
    app = build_app(Settings.from_environment(environment))
    async with (
        serving(app) as (_, port),
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"Accept": MODERN}, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
async def product(laptop: dict[str, str], mongo: Client) -> AsyncIterator[httpx2.AsyncClient]:
    """As in production, where nobody says anything of introspection."""
    async with the_product({name: value for name, value in laptop.items() if name != f"{PREFIX}INTROSPECTION"}) as client:
        yield client
    await mongo.drop_database(laptop[f"{PREFIX}MONGO_DATABASE"])


async def ask(client: httpx2.AsyncClient, query: str, **variables: object) -> httpx2.Response:
    return await client.post("/graphql", json={"query": query, "variables": variables})


@pytest.mark.row("F68")
async def test_a_query_of_fifteen_levels_is_refused_and_one_of_fourteen_is_answered(product: httpx2.AsyncClient) -> None:
    answered, refused = await ask(product, levels(14)), await ask(product, levels(15))

    assert (answered.status_code, answered.json()) == (200, {"data": {"case": None}})
    assert refused.status_code == 400
    assert [error["message"] for error in refused.json()["errors"]] == [
        "At most 14 levels are answered at once, fragments written out; ask in several requests."
    ]


@pytest.mark.row("F68")
async def test_introspection_is_off_unless_a_setting_says_otherwise(product: httpx2.AsyncClient, laptop: dict[str, str]) -> None:
    refused = await ask(product, INTROSPECTION)
    async with the_product(laptop) as development:
        answered = await ask(development, INTROSPECTION)

    assert refused.status_code == 400
    assert "Introspection is off here" in refused.json()["errors"][0]["message"]
    assert answered.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


@pytest.mark.row("F68")
async def test_whoever_checks_certificates_more_than_sixty_times_a_minute_is_held_back_and_nobody_else_s_work_is(
    product: httpx2.AsyncClient,
) -> None:
    """The minute may end while they are at it: then they begin to count anew."""
    answers: list[httpx2.Response] = []
    while len(answers) <= 2 * PER_MINUTE and (not answers or answers[-1].status_code == 200):
        answers.append(await ask(product, CHECK, request=uuid4().hex))
    other = await ask(product, "{ now }")

    assert answers[-1].status_code == 429
    assert len(answers) > PER_MINUTE
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert other.status_code == 200
