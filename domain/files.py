"""What people hand in: photographs and papers, known by what they are and not by their names; gone after a day unless a case keeps them."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

import puremagic

from domain.acting import Acting, Actor
from domain.clock import Now
from domain.errors import Conflict, InvalidForm, Issue, NotFound
from domain.requests import checked_request_id
from domain.words import Text

MOST_BYTES = 10 * 1024 * 1024
MOST_AT_ONCE = 100
UNATTACHED_FOR = timedelta(days=1)

_HEAD = 1024
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


class ContentType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`person`: whose matter it belongs to; `by` handed it in. `attached`: the one case that keeps it."""

    id: str
    person: str
    by: Actor
    request: str
    content_type: ContentType
    size: int
    sha256: str
    at: datetime
    attached: str | None = None
    whole: bool = False
    """Whether its content has been kept to the end."""

    @property
    def url(self) -> str:
        return f"/files/{self.id}"


class FileStore(Protocol):
    async def add(self, file: StoredFile, *, next_due: datetime) -> StoredFile:
        """Note the file, or answer the one that the same request of the same actor noted before."""
        ...

    async def keep(self, file: StoredFile, content: bytes) -> None:
        """Seal the content and mark the file whole; of two that do it at once, one copy stays."""
        ...

    async def content(self, file: StoredFile) -> AsyncIterator[bytes]:
        """Opened, piece by piece."""
        ...

    async def find(self, ids: Sequence[str], *, person: str) -> Sequence[StoredFile]:
        """Those of the person that are whole, in any order."""
        ...

    async def attach(self, ids: Sequence[str], *, person: str, case: str) -> int:
        """How many of them the case keeps from now on; not those that another case has."""
        ...


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Handing in, reading, and giving to a case. A file of somebody else and one that is not there look the same."""

    store: FileStore
    now: Now
    new_id: Callable[[], str]

    async def put(self, content: bytes, *, request: str, by: Acting) -> StoredFile:
        """The same request with the same content has one effect, however often and however many at once; with other content, Conflict."""
        file = self._described(content, request=request, by=by)
        noted = await self.store.add(file, next_due=file.at + UNATTACHED_FOR)
        if noted.sha256 != file.sha256:
            raise Conflict("files.other-content")
        if not noted.whole:
            await self.store.keep(noted, content)
        return noted

    def _described(self, content: bytes, *, request: str, by: Acting) -> StoredFile:
        return StoredFile(
            id=self.new_id(),
            person=by.beneficiary(),
            by=by.actor(),
            request=checked_request_id(request),
            content_type=content_type_of(content),
            size=len(content),
            sha256=sha256(content).hexdigest(),
            at=self.now(),
        )

    async def read(self, id: str, *, by: Acting) -> tuple[StoredFile, AsyncIterator[bytes]]:
        (file,) = await self.owned([id], by=by)
        return file, await self.store.content(file)

    async def owned(self, ids: Sequence[str], *, by: Acting) -> tuple[StoredFile, ...]:
        """Exactly these, in this order; NotFound if one is not there or not theirs."""
        if len(ids) > MOST_AT_ONCE:
            raise NotFound("files.not-found")
        found = {file.id: file for file in await self.store.find(ids, person=by.beneficiary())}
        if not found.keys() >= set(ids):
            raise NotFound("files.not-found")
        return tuple(found[id] for id in ids)

    async def attach(self, ids: Sequence[str], *, case: str, by: Acting) -> tuple[StoredFile, ...]:
        """Give the files to a case, which from then on keeps them. Done before the case is saved, so that none is purged under it."""
        files = await self.owned(ids, by=by)
        if await self.store.attach(ids, person=by.beneficiary(), case=case) < len(set(ids)):
            raise Conflict("files.kept-by-another-case")
        return files


def content_type_of(content: bytes) -> ContentType:
    """What it is by its own bytes. Raises InvalidForm for what is empty, too large, of another kind, or cut off."""
    if not content:
        raise _slip("empty")
    if len(content) > MOST_BYTES:
        raise too_large()
    kind = _recognised(content[:_HEAD])
    if kind is None:
        raise _slip("kind-not-accepted")
    if not _WHOLE[kind](content):
        raise _slip("damaged")
    return kind


def too_large() -> InvalidForm:
    return _slip("too-large")


def _slip(code: str) -> InvalidForm:
    text = Text(f"files.{code}", {"megabytes": MOST_BYTES // 1024 // 1024})
    return InvalidForm([Issue(("file",), text)], text)


def _recognised(head: bytes) -> ContentType | None:
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return next((ContentType(guess.mime_type) for guess in guesses if guess.mime_type in list(ContentType)), None)


def _whole_jpeg(content: bytes) -> bool:
    """A first segment that fits, and the end-of-image marker; some cameras pad with zeros after it."""
    first_segment = int.from_bytes(content[4:6], "big")
    return content[:3] == b"\xff\xd8\xff" and 2 <= first_segment <= len(content) - 6 and content.rstrip(b"\x00").endswith(b"\xff\xd9")


def _whole_png(content: bytes) -> bool:
    header, width, height = content[8:16], content[16:20], content[20:24]
    return header == b"\x00\x00\x00\x0dIHDR" and any(width) and any(height) and content.endswith(_PNG_END)


def _whole_pdf(content: bytes) -> bool:
    """The tail says where the cross-references begin, and that place is inside."""
    _, found, tail = content[-_HEAD:].rpartition(b"startxref")
    place, ended, end = tail.partition(b"%%EOF")
    return bool(found and ended) and not end.strip() and place.strip().isdigit() and int(place) < len(content)


_WHOLE: dict[ContentType, Callable[[bytes], bool]] = {
    ContentType.JPEG: _whole_jpeg,
    ContentType.PNG: _whole_png,
    ContentType.PDF: _whole_pdf,
}
