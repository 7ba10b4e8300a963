"""Questions over HTTP to the small schema, without a server between."""

import httpx2
from starlette.applications import Starlette
from starlette.routing import Route

from api.bodies import BodyLimits
from api.graphql.engine import Engine
from api.graphql.http import MODERN
from tests.security.small_gate import SmallGate, over_http


def a_client(engine: Engine | None = None, gate: SmallGate | None = None) -> httpx2.AsyncClient:
    app = BodyLimits(Starlette(routes=[Route("/graphql", over_http(engine, gate))]))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test", headers={"Accept": MODERN})


async def ask(client: httpx2.AsyncClient, query: str, *, token: str | None = None, accept: str = MODERN, **more: object) -> httpx2.Response:
    headers = {"Accept": accept, **({"Authorization": f"Bearer {token}"} if token else {})}
    return await client.post("/graphql", json={"query": query, **more}, headers=headers)
