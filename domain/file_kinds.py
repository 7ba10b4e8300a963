"""What a handed-in file is, known by its own bytes and not by its name."""

from collections.abc import Callable
from enum import StrEnum

import puremagic

from domain.errors import InvalidForm, Issue
from domain.words import Text

MOST_BYTES = 10 * 1024 * 1024

_HEAD = 1024
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


class ContentType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


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
