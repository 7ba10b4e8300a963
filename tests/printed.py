"""A printed certificate and the code that leads to its check, and what can be read off them."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import segno
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from domain.certificates.certificate import Facts, new_certificate, printed
from domain.certificates.identifier import PLACEHOLDER_CODES
from domain.people import Person
from domain.ports import CertificateContent
from tests.certificates import CHECK_URL, ZHANG, issuance

ISSUED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    rows = b"".join(bytes([0]) + bytes(x * y % 251 for x in range(width * 3)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def content(*, holder: Person = ZHANG, said: Facts | None = None, portrait: bytes | None = None) -> CertificateContent:
    made = new_certificate(issuance(holder=holder, said=said), PLACEHOLDER_CODES, at=ISSUED)
    return printed(made, portrait=portrait, check_url=CHECK_URL)


def named(name: str) -> CertificateContent:
    return content(holder=replace(ZHANG, name=name))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def words(pdf: bytes) -> str:
    """Everything that stands on the page, without the spaces that only space it out."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in read(pdf).pages))


def elements(pdf: bytes) -> Iterator[DictionaryObject]:
    """The structure tree in reading order."""
    todo: list[object] = [read(pdf).root_object["/StructTreeRoot"]]
    while todo:
        element = todo.pop(0)
        element = element.get_object() if isinstance(element, IndirectObject) else element
        if isinstance(element, DictionaryObject):
            yield element
            inner = element.get("/K", ArrayObject())
            todo[:0] = list(inner) if isinstance(inner, ArrayObject) else [inner]


def everything(pdf: bytes) -> Iterator[DictionaryObject]:
    """Each dictionary of the file that a reader can come to."""
    todo: list[object] = [read(pdf).trailer]
    seen: set[int] = set()
    while todo:
        thing = todo.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            todo.extend(thing.values())
        if isinstance(thing, ArrayObject):
            todo.extend(thing)


def modules(text: str) -> list[list[bool]]:
    """The QR code of a text: its dark modules."""
    return [[bool(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]


def drawn(svg: str) -> list[list[bool]]:
    """The modules that the picture's strokes cover, without the quiet zone of four."""
    found = re.search(r'viewBox="0 0 (\d+) \d+"', svg)
    assert found
    side = int(found[1])
    grid = [[False] * side for _ in range(side)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg.split("stroke", 1)[1]):
        steps = [float(number) for number in numbers.split()]
        if command == "h":
            for module in range(int(steps[0])):
                grid[int(y)][int(x) + module] = True
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if command == "M" else (x + steps[0], y + steps[1])
    return [row[4:-4] for row in grid[4:-4]]
