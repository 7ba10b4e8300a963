"""The one file of a multipart request; in memory only, because what waits on a disk would lie there unsealed."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from domain.errors import InvalidForm, Issue
from domain.words import Text

AROUND_THE_FILE = 16 * 1024
"""Bytes that multipart may put around the file."""


@dataclass(frozen=True, slots=True)
class Room:
    """How large the file may be, and what is told of a larger one."""

    bytes: int
    too_large: InvalidForm

    @property
    def with_the_rest(self) -> int:
        return self.bytes + AROUND_THE_FILE


async def received(request: Request, room: Room) -> bytes:
    """The one part named `file`. Raises InvalidForm."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise _not_one_part()
    _refuse_what_is_announced_too_large(request, room)
    parser = MultiPartParser(request.headers, _at_most(request.stream(), room), max_files=1, max_fields=0)
    parser.spool_max_size = room.with_the_rest
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise _not_one_part() from error
    try:
        return await _the_one_file(form)
    finally:
        await form.close()


async def received_piece(request: Request, *, most: int) -> bytes:
    """The body as it is, and one byte more than may be: the desk says what is too much."""
    taken = b""
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > most:
            return taken[: most + 1]
    return taken


async def _the_one_file(form: FormData) -> bytes:
    match form.multi_items():
        case [("file", UploadFile() as part)]:
            return await part.read()
        case _:
            raise _not_one_part()


def _refuse_what_is_announced_too_large(request: Request, room: Room) -> None:
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced[:20]) > room.with_the_rest:
        raise room.too_large


async def _at_most(stream: AsyncIterator[bytes], room: Room) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in stream:
        taken += len(chunk)
        if taken > room.with_the_rest:
            raise room.too_large
        yield chunk


def _not_one_part() -> InvalidForm:
    text = Text("files.not-one-part")
    return InvalidForm([Issue(("file",), text)], text)
