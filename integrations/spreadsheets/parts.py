"""The parts of a workbook as XML that streams by: no tree is built, so that memory does not grow with what a part unpacks to."""

from collections.abc import Collection, Iterator, Mapping
from typing import NoReturn, Protocol
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

PIECE = 64 * 1024
DEEPEST = 64
MOST_ELEMENTS = 10_000
LONGEST_TEXT = 2_000
"""Characters of one cell that are kept: nothing in a row of staff is as long."""

Attributes = Mapping[str, str]


class UnwantedXml(Exception):
    """Well-formed, perhaps, but not what a spreadsheet program writes."""


class Handler(Protocol):
    """Told of each element by its local name."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def text(self, piece: str) -> None: ...
    def end(self, name: str) -> None: ...


def fed(archive: ZipFile, part: str, handler: Handler) -> Iterator[None]:
    """Feeds the handler, a piece at a time. Raises UnwantedXml, and what zipfile, zlib and expat raise."""
    watched = _Watched(handler)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = watched.start
    parser.CharacterDataHandler = handler.text
    parser.EndElementHandler = watched.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield


def elements(archive: ZipFile, part: str, names: Collection[str]) -> list[tuple[str, Attributes]]:
    """Those of these names, with their attributes."""
    found = _Elements(frozenset(names))
    for _ in fed(archive, part, found):
        pass
    return found.found


class _Watched:
    """Keeps the depth."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnwantedXml("too deep")
        self._handler.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(_local(name))


class _Elements:
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self.found: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self._names:
            self.found.append((name, attributes))
        if len(self.found) > MOST_ELEMENTS:
            raise UnwantedXml("too many elements")

    def text(self, piece: str) -> None: ...

    def end(self, name: str) -> None: ...


class Kept:
    """The text of an element, as far as it is kept."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._room = LONGEST_TEXT

    def add(self, piece: str) -> None:
        if self._room > 0:
            self._pieces.append(piece[: self._room])
            self._room -= len(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)


def _local(name: str) -> str:
    """Strict and transitional workbooks have other namespaces and the same names."""
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> NoReturn:
    """Entities, which can grow without end, are declared there."""
    raise UnwantedXml("a document type")
