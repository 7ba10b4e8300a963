"""Handing files in and fetching them, over plain HTTP: GraphQL carries none. On a bad line a file may come in pieces."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from api.problems import PRIVATE, ActingOf, PrivateEdge
from api.receiving import Room, received, received_piece
from api.upload_limits import FILE, PIECE, UploadLimits
from domain.acting import Acting
from domain.file_kinds import MOST_BYTES, too_large
from domain.files import FileDesk, StoredFile
from domain.uploads import LARGEST_PIECE, Progress, UploadDesk
from domain.wording import Wording

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_FILE = "file-"
"""How the ids of files begin; anything else that is asked for is a request's."""


@dataclass(frozen=True)
class _FileEdge:
    uploads: UploadDesk
    edge: PrivateEdge
    limits: UploadLimits

    @property
    def desk(self) -> FileDesk:
        return self.uploads.files

    async def post(self, request: Request) -> Response:
        return await self.edge.answered(request, self._take, not_signed_in="files.not-signed-in")

    async def put(self, request: Request) -> Response:
        return await self.edge.answered(request, self._take_piece, not_signed_in="files.not-signed-in")

    async def get(self, request: Request) -> Response:
        return await self.edge.answered(request, self._give, not_signed_in="files.not-signed-in")

    async def _take(self, request: Request, acting: Acting) -> Response:
        await self.limits.admit(FILE, acting)
        content, asked = await received(request, Room(MOST_BYTES, too_large())), request.query_params
        await self.limits.admit_bytes(len(content), acting)
        file = await self.desk.put(content, request=asked.get("requestId", ""), by=acting, case_id=asked.get("caseId"))
        return JSONResponse(_described(file), headers=PRIVATE)

    async def _take_piece(self, request: Request, acting: Acting) -> Response:
        await self.limits.admit(PIECE, acting)
        content, asked = await received_piece(request, most=LARGEST_PIECE), request.query_params
        await self.limits.admit_bytes(len(content), acting)
        came = await self.uploads.put(
            content,
            request=request.path_params["id"],
            offset=_number(asked.get("offset")),
            total=_number(asked.get("total")),
            by=acting,
            case_id=asked.get("caseId"),
        )
        return _came(came, status=200 if came.file else 202)

    async def _give(self, request: Request, acting: Acting) -> Response:
        id, case = request.path_params["id"], request.query_params.get("caseId")
        if not id.startswith(_FILE):
            return _came(await self.uploads.progress(id, by=acting, case_id=case), status=200)
        file, pieces = await self.desk.read(id, by=acting, case_id=case)
        return StreamingResponse(pieces, media_type=file.content_type, headers=PRIVATE | _named(file))


def files_routes(uploads: UploadDesk, acting_of: ActingOf, wording: Wording, limits: UploadLimits) -> list[Route]:
    edge = _FileEdge(uploads, PrivateEdge(acting_of, wording), limits)
    return [
        Route("/files", edge.post, methods=["POST"]),
        Route("/files/{id}", edge.get, methods=["GET"]),
        Route("/files/{id}", edge.put, methods=["PUT"]),
    ]


def _number(typed: str | None) -> int:
    """-1, which fits nowhere, for what is none."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) <= 12 else -1


def _came(progress: Progress, *, status: int) -> Response:
    far: dict[str, object] = {"received": progress.received, "total": progress.total}
    return JSONResponse({**far, **(_described(progress.file) if progress.file else {})}, status, headers=PRIVATE)


def _described(file: StoredFile) -> Mapping[str, str | int]:
    return {"id": file.id, "contentType": file.content_type, "size": file.size, "sha256": file.sha256}


def _named(file: StoredFile) -> dict[str, str]:
    name = f"{file.id}.{_ENDINGS[file.content_type]}"
    return {"Content-Length": str(file.size), "Content-Disposition": f'attachment; filename="{name}"'}
