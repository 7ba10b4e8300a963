"""Handing files in and fetching them, over plain HTTP: GraphQL carries none."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from api.problems import PRIVATE, ActingOf, PrivateEdge
from api.receiving import Room, received
from domain.acting import Acting
from domain.files import MOST_BYTES, FileDesk, StoredFile, too_large
from domain.wording import Wording

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@dataclass(frozen=True)
class _FileEdge:
    desk: FileDesk
    edge: PrivateEdge

    async def post(self, request: Request) -> Response:
        return await self.edge.answered(request, self._take, not_signed_in="files.not-signed-in")

    async def get(self, request: Request) -> Response:
        return await self.edge.answered(request, self._give, not_signed_in="files.not-signed-in")

    async def _take(self, request: Request, acting: Acting) -> Response:
        content = await received(request, Room(MOST_BYTES, too_large()))
        asked = request.query_params
        file = await self.desk.put(content, request=asked.get("requestId", ""), by=acting, case_id=asked.get("caseId"))
        return JSONResponse({"id": file.id, "contentType": file.content_type, "size": file.size, "sha256": file.sha256}, headers=PRIVATE)

    async def _give(self, request: Request, acting: Acting) -> Response:
        file, pieces = await self.desk.read(request.path_params["id"], by=acting, case_id=request.query_params.get("caseId"))
        return StreamingResponse(pieces, media_type=file.content_type, headers=PRIVATE | _named(file))


def files_routes(desk: FileDesk, acting_of: ActingOf, wording: Wording) -> list[Route]:
    edge = _FileEdge(desk, PrivateEdge(acting_of, wording))
    return [Route("/files", edge.post, methods=["POST"]), Route("/files/{id}", edge.get, methods=["GET"])]


def _named(file: StoredFile) -> dict[str, str]:
    name = f"{file.id}.{_ENDINGS[file.content_type]}"
    return {"Content-Length": str(file.size), "Content-Disposition": f'attachment; filename="{name}"'}
