"""Shared strings: a workbook keeps each text once, in a part of its own; of all of them only those that are needed are kept here."""

from collections.abc import Collection
from zipfile import ZipFile

from integrations.spreadsheets.parts import Attributes, Kept, fed


def shared_strings(archive: ZipFile, part: str | None, needed: Collection[int]) -> dict[int, str]:
    """Raises LookupError for one that is not there."""
    if not needed:
        return {}
    if part is None:
        raise LookupError("no shared strings")
    strings = _Strings(frozenset(needed))
    for _ in fed(archive, part, strings):
        if strings.complete:
            break
    return {place: strings.found[place] for place in needed}


class _Strings:
    """`t` holds text, `rPh` how it is pronounced."""

    def __init__(self, needed: frozenset[int]) -> None:
        self._needed = needed
        self._last = max(needed)
        self._place = -1
        self._kept: Kept | None = None
        self._told = self._pronounced = False
        self.found: dict[int, str] = {}

    @property
    def complete(self) -> bool:
        return self._place > self._last

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "si":
                self._place += 1
                self._kept = Kept() if self._place in self._needed else None
            case "rPh":
                self._pronounced = True
            case "t":
                self._told = not self._pronounced

    def text(self, piece: str) -> None:
        if self._told and self._kept:
            self._kept.add(piece)

    def end(self, name: str) -> None:
        match name:
            case "si" if self._kept:
                self.found[self._place] = str(self._kept)
            case "rPh":
                self._pronounced = False
            case "t":
                self._told = False
