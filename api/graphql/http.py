"""POST /graphql, after GraphQL over HTTP. Whatever arrives is answered in JSON with what to do about it; a sender's mistake is no 500.

Only application/json is read, which no HTML form can send: another site cannot post in a citizen's name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson
from graphql import OperationType
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.graphql.engine import Engine
from api.graphql.errors import Json, Told
from api.graphql.gate import Gate, bearer_token, caller_of

MODERN = "application/graphql-response+json"
LEGACY = "application/json"


@dataclass(frozen=True, slots=True)
class GraphQLOverHTTP:
    """An ASGI application for one Route without `methods`."""

    engine: Engine
    gate: Gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        media = chosen_media(request.headers.get("accept"))
        try:
            response = _json(await self._answer(request, media), media=media)
        except Told as told:
            response = _refused(told, media)
        except ClientDisconnect:
            response = Response(status_code=400)
        except HTTPException:
            raise
        except Exception as bug:
            response = _refused(self.engine.faults.outside(bug), media)
        await response(scope, receive, send)

    async def _answer(self, request: Request, media: str | None) -> Json:
        _check_headers(request, media)
        operation = self.engine.read(_decoded(await request.body()))
        caller = caller_of(request, token=bearer_token(request.headers.get("authorization")))
        acting = await self.gate.identify(caller)
        prepared = await self.engine.admit(operation, key=self.gate.counting_key(caller, acting))
        if prepared.kind is OperationType.SUBSCRIPTION:
            raise Told("Subscriptions are served over WebSocket, by the protocol graphql-transport-ws.")
        return await self.engine.execute(prepared, operation, self.gate.context(caller, acting))


def chosen_media(accept: str | None) -> str | None:
    """The media type to answer in, None if neither will do. Who names no media type, or only wildcards, is taken for a legacy client."""
    asked = dict(_media_ranges(accept or "*/*"))
    wildcard = asked.get("application/*", asked.get("*/*", 0.0))
    legacy, modern = asked.get(LEGACY, wildcard), asked.get(MODERN, 0.0)
    if modern and modern >= legacy:
        return MODERN
    return LEGACY if legacy else None


def _media_ranges(accept: str) -> Iterator[tuple[str, float]]:
    for each in accept.split(","):
        media, *parameters = (part.strip().lower() for part in each.split(";"))
        yield media, _quality(parameters)


def _quality(parameters: list[str]) -> float:
    written = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
    try:
        return min(1.0, max(0.0, float(written)))
    except ValueError:
        return 0.0


def _check_headers(request: Request, media: str | None) -> None:
    if request.method != "POST":
        raise Told("Send operations by POST.", status=405, headers={"Allow": "POST"})
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if content_type.strip().lower() != LEGACY or not _is_utf8(parameters):
        raise Told("Send application/json in UTF-8. Files go to POST /files.", status=415, headers={"Accept-Post": LEGACY})
    if media is None:
        raise Told(f"Answers are {MODERN} or {LEGACY}; accept one of them.", status=406)


def _is_utf8(parameters: str) -> bool:
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    return charset in {"", "utf-8", "utf8"}


def _decoded(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Told(f"The body is not JSON: {error.msg}.") from None


def _refused(told: Told, media: str | None) -> Response:
    status = told.status if media == MODERN else told.legacy_status()
    return _json({"errors": told.errors}, media=media, status=status, headers=told.headers)


def _json(body: Json, *, media: str | None, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    told = {**(headers or {}), "Cache-Control": "no-store", "Vary": "Accept"}
    return Response(orjson.dumps(body), status_code=status, headers=told, media_type=f"{media or LEGACY}; charset=utf-8")
