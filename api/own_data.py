"""Where people take away everything that is kept about them, as JSON or as a PDF, with their session's token only."""

from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.problems import PRIVATE, ActingOf, PrivateEdge
from domain.acting import Acting
from domain.keeping.own_data import OwnDataDesk
from domain.wording import Wording, language_of


@dataclass(frozen=True)
class _OwnDataEdge:
    desk: OwnDataDesk
    edge: PrivateEdge

    async def json(self, request: Request) -> Response:
        return await self.edge.answered(request, self._json, not_signed_in="refusal.not-signed-in")

    async def pdf(self, request: Request) -> Response:
        return await self.edge.answered(request, self._pdf, not_signed_in="refusal.not-signed-in")

    async def _json(self, request: Request, acting: Acting) -> Response:
        data = await self.desk.everything(by=acting, language=language_of(request.headers.get("Accept-Language")))
        content = msgspec.json.encode({"made_at": data.made_at, **data.sections})
        return Response(content, media_type="application/json", headers=PRIVATE | _named("json"))

    async def _pdf(self, request: Request, acting: Acting) -> Response:
        content = await self.desk.printed(by=acting, language=language_of(request.headers.get("Accept-Language")))
        return Response(content, media_type="application/pdf", headers=PRIVATE | _named("pdf"))


def _named(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="my-data.{ending}"'}


def own_data_routes(desk: OwnDataDesk, acting_of: ActingOf, wording: Wording) -> list[Route]:
    edge = _OwnDataEdge(desk, PrivateEdge(acting_of, wording))
    return [Route("/me/data.json", edge.json, methods=["GET"]), Route("/me/data.pdf", edge.pdf, methods=["GET"])]
