"""The endpoint that the case's page is measured against: one Starlette route in a process of its own, without GraphQL and without a domain.

It checks the same token and session in the same way, reads the same document with the same driver, and writes the same JSON, which it
was given. `/opened` makes a case of the document besides, which means to open what is sealed; `/same` does no more than read the request
and write the JSON, `/guided` works the guide out besides. `python -m bench.bare PORT ANSWERS`.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.capacities import capacities_of
from api.keys import sealing
from api.server import Server
from api.settings import Settings
from domain.access.capacities import Capacities
from domain.cases.filling import AnswerGiven
from domain.clock import day_in_china, system_now
from domain.guide.guide import guide
from domain.people import Person
from domain.registers import Ward
from domain.sessions.live import LiveSessions
from integrations.catalogue_files import load
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database, Document, connect, database
from integrations.mongo.sessions import MongoSessions
from integrations.sealing import Sealing
from integrations.token_keys import KeyFile
from integrations.tokens import JwtAccessTokens
from mocks.answers import Json

Endpoint = Callable[[Request], Awaitable[Response]]


def unsigned(answers: dict[str, object]) -> list[tuple[str, Endpoint]]:
    """Where nobody is signed in and nothing is read from the store: the answer by the region that is asked about."""
    today = day_in_china(system_now())
    catalogues = load(today=today).catalogues

    async def same(request: Request) -> Response:
        return _given((await _variables(request))["region"])

    async def guided(request: Request) -> Response:
        asked = await _variables(request)
        guide(catalogues.in_force(asked["region"]), [AnswerGiven(one["key"], one["value"]) for one in asked["answers"]], day=today)
        return _given(asked["region"])

    def _given(region: str) -> Response:
        return Response(orjson.dumps(answers[region]), media_type="application/json")

    return [("/same", same), ("/guided", guided)]


async def _variables(request: Request) -> Json:
    found: Json = orjson.loads(await request.body())["variables"]
    return found


class _NobodysGuardian:
    """The register is asked for no one who acts for themselves."""

    async def wards_of(self, guardian: Person) -> tuple[Ward, ...]:
        return ()


def _capacities(store: Database, keys: Sealing) -> Capacities:
    return capacities_of(store, keys, load(today=day_in_china(system_now())).catalogues, _NobodysGuardian())


def bare_app(settings: Settings, answers: dict[str, object]) -> Starlette:
    client = connect(settings.mongo_url)
    store, keys = database(client, settings.mongo_database), sealing(settings.sealing_keys)
    live = LiveSessions(
        MongoSessions(store, keys), JwtAccessTokens(KeyFile(settings.token_keys), settings.public_url), _capacities(store, keys), system_now
    )
    codec = CaseCodec(keys)

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        yield
        client.close()

    async def found(request: Request) -> Document | None:
        acting = await live.acting_of(request.headers.get("authorization", "").removeprefix("Bearer "))
        if acting is None or acting.person is None:
            return None
        asked = orjson.loads(await request.body())["variables"]["id"]
        return await store[CASES.name].find_one({"_id": asked, "person": acting.person.id})

    async def plain(request: Request) -> Response:
        return _answer(await found(request))

    async def opened(request: Request) -> Response:
        document = await found(request)
        if document:
            codec.case(document)
        return _answer(document)

    def _answer(document: Document | None) -> Response:
        if document is None:
            return Response(status_code=404)
        return Response(orjson.dumps(answers[str(document["_id"])]), media_type="application/json")

    routes = [("/plain", plain), ("/opened", opened), *unsigned(answers)]
    return Starlette(routes=[Route(path, endpoint, methods=["POST"]) for path, endpoint in routes], lifespan=living)


def main(port: int, answers: Path) -> None:
    app = bare_app(Settings.from_environment(os.environ), orjson.loads(answers.read_bytes()))
    asyncio.run(Server(app).listen(host="127.0.0.1", port=port))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
