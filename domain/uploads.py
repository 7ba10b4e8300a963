"""A file that comes in pieces over a bad line: what has arrived stays for a day, and goes on from there, whichever phone or process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from domain.acting import Acting
from domain.clock import Now
from domain.errors import Conflict, InvalidForm, Issue
from domain.file_kinds import MOST_BYTES, too_large
from domain.files import FileDesk, StoredFile
from domain.requests import checked_request_id
from domain.words import Text

LARGEST_PIECE = 512 * 1024
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """One request of one person, about somebody."""

    person: str
    by: str
    request: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Where it begins, and how long the whole is to be."""

    offset: int
    total: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """`received`: without a gap, from the beginning. `file`: once it is whole."""

    received: int
    total: int | None
    file: StoredFile | None = None


class Pieces(Protocol):
    async def add(self, upload: Upload, piece: Piece, content: bytes, *, expires_at: datetime) -> Piece:
        """The piece that stands there: this, or one that was there already."""
        ...

    async def of(self, upload: Upload) -> Sequence[Piece]:
        """By where they begin."""
        ...

    async def content(self, upload: Upload) -> bytes: ...

    async def forget(self, upload: Upload) -> None: ...


@dataclass(frozen=True, slots=True)
class UploadDesk:
    files: FileDesk
    pieces: Pieces
    now: Now

    async def put(self, content: bytes, *, request: str, offset: int, total: int, by: Acting, case_id: str | None = None) -> Progress:
        """The same piece again changes nothing. Raises what handing in a whole file raises, once it is whole."""
        upload = await self._upload(request, case_id, by)
        if file := await self.files.handed_in(upload.person, by=upload.by, request=upload.request):
            return Progress(file.size, file.size, file)
        piece = Piece(offset, total, len(content), sha256(content).hexdigest())
        _must_fit(piece, await self.pieces.of(upload))
        if await self.pieces.add(upload, piece, content, expires_at=self.now() + KEPT) != piece:
            raise Conflict("files.other-content")
        there = _received(await self.pieces.of(upload))
        return await self._whole(upload, by, case_id) if there == total else Progress(there, total)

    async def progress(self, request: str, *, by: Acting, case_id: str | None = None) -> Progress:
        upload = await self._upload(request, case_id, by)
        if file := await self.files.handed_in(upload.person, by=upload.by, request=upload.request):
            return Progress(file.size, file.size, file)
        there = await self.pieces.of(upload)
        return Progress(_received(there), there[0].total if there else None)

    async def _whole(self, upload: Upload, by: Acting, case_id: str | None) -> Progress:
        """What turns out to be no file that can be taken is forgotten, so that another can come under the same request.

        If the store fails, the pieces stay: the last of them sent again is enough.
        """
        try:
            file = await self.files.put(await self.pieces.content(upload), request=upload.request, by=by, case_id=case_id)
        except InvalidForm:
            await self.pieces.forget(upload)
            raise
        await self.pieces.forget(upload)
        return Progress(file.size, file.size, file)

    async def _upload(self, request: str, case_id: str | None, by: Acting) -> Upload:
        checked = checked_request_id(request)
        person, _ = await self.files.owner(case_id, by)
        return Upload(person, by.known_person().id, checked)


def _received(pieces: Sequence[Piece]) -> int:
    end = 0
    for piece in pieces:
        if piece.offset != end:
            break
        end += piece.size
    return end


def _must_fit(piece: Piece, there: Sequence[Piece]) -> None:
    """Behind what is there, or again one that is. Raises InvalidForm, Conflict."""
    if piece.total > MOST_BYTES:
        raise too_large()
    if not (piece.offset >= 0 and 1 <= piece.size <= LARGEST_PIECE and piece.offset + piece.size <= piece.total):
        text = Text("files.bad-piece", {"kilobytes": LARGEST_PIECE // 1024})
        raise InvalidForm([Issue(("file",), text)], text)
    if any(other.total != piece.total for other in there):
        raise Conflict("files.other-content")
    received = _received(there)
    if piece.offset != received and piece.offset not in {other.offset for other in there}:
        raise Conflict(Text("files.piece-elsewhere", {"received": received}))
