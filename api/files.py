"""Handing files in and fetching them, over plain HTTP: GraphQL carries none."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from api.problems import PRIVATE, ActingOf, PrivateEdge
from domain.acting import Acting
from domain.errors import InvalidForm, Issue
from domain.files import MOST_BYTES, FileDesk, StoredFile, too_large
from domain.wording import Wording
from domain.words import Text

AROUND_THE_FILE = 16 * 1024
"""Bytes that multipart may put around the file."""

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
        content = await _received(request)
        file = await self.desk.put(content, request=request.query_params.get("requestId", ""), by=acting)
        return JSONResponse({"id": file.id, "contentType": file.content_type, "size": file.size, "sha256": file.sha256}, headers=PRIVATE)

    async def _give(self, request: Request, acting: Acting) -> Response:
        file, pieces = await self.desk.read(request.path_params["id"], by=acting)
        return StreamingResponse(pieces, media_type=file.content_type, headers=PRIVATE | _named(file))


def files_routes(desk: FileDesk, acting_of: ActingOf, wording: Wording) -> list[Route]:
    edge = _FileEdge(desk, PrivateEdge(acting_of, wording))
    return [Route("/files", edge.post, methods=["POST"]), Route("/files/{id}", edge.get, methods=["GET"])]


def _named(file: StoredFile) -> dict[str, str]:
    name = f"{file.id}.{_ENDINGS[file.content_type]}"
    return {"Content-Length": str(file.size), "Content-Disposition": f'attachment; filename="{name}"'}


async def _received(request: Request) -> bytes:
    """The one part named `file`; in memory only, because what waits on a disk would lie there unsealed."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise _not_one_part()
    _refuse_what_is_announced_too_large(request)
    parser = MultiPartParser(request.headers, _at_most(request.stream()), max_files=1, max_fields=0)
    parser.spool_max_size = MOST_BYTES + AROUND_THE_FILE
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise _not_one_part() from error
    try:
        return await _the_one_file(form)
    finally:
        await form.close()


async def _the_one_file(form: FormData) -> bytes:
    match form.multi_items():
        case [("file", UploadFile() as part)]:
            return await part.read()
        case _:
            raise _not_one_part()


def _refuse_what_is_announced_too_large(request: Request) -> None:
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced[:20]) > MOST_BYTES + AROUND_THE_FILE:
        raise too_large()


async def _at_most(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in stream:
        taken += len(chunk)
        if taken > MOST_BYTES + AROUND_THE_FILE:
            raise too_large()
        yield chunk


def _not_one_part() -> InvalidForm:
    text = Text("files.not-one-part")
    return InvalidForm([Issue(("file",), text)], text)
