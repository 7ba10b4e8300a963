"""A department's book of hand-offs: in memory, and as one line of JSON per event in a file, so that it survives `kill -9`.

Every line has left the process before anybody is answered. It holds keys and decisions and nothing that names a person.
"""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

from msgspec import Struct, json


class Statement(Struct, frozen=True, omit_defaults=True):
    """What the department says at a moment; `sequence` rises with each. It is also the answer's and the callback's form."""

    sequence: int
    status: Literal["accepted", "working", "decided"]
    at: datetime
    outcome: str | None = None
    text: str = ""
    reasons: tuple[str, ...] = ()


class Entry(Struct):
    """`statements` in their order, the later ones perhaps still to come; `calls`: which of them to call back, in which order."""

    key: str
    item: str
    digest: str
    callback: str
    statements: tuple[Statement, ...]
    calls: tuple[int, ...] = ()
    received: int = 1
    told: int = 0
    cancelled: bool = False

    def stands(self, now: datetime) -> Statement:
        if self.cancelled:
            return self.statements[0]
        return max((said for said in self.statements if said.at <= now), key=lambda said: said.sequence, default=self.statements[0])

    def still_to_call(self) -> list[Statement]:
        by_sequence = {said.sequence: said for said in self.statements}
        return [by_sequence[sequence] for sequence in self.calls[self.told :]]


class Received(Struct, frozen=True, tag="received"):
    entry: Entry


class Again(Struct, frozen=True, tag="again"):
    key: str


class Told(Struct, frozen=True, tag="told"):
    key: str


class Cancelled(Struct, frozen=True, tag="cancelled"):
    key: str


Event = Received | Again | Told | Cancelled
_EVENT: json.Decoder[Event] = json.Decoder(Event)


def _opened(file: Path) -> BinaryIO:
    """For reading from the start and writing at the end, without the last line if the end came in its middle."""
    file.parent.mkdir(parents=True, exist_ok=True)
    book = file.open("a+b")
    book.seek(0)
    book.truncate(book.read().rfind(b"\n") + 1)
    book.seek(0)
    return book


class Ledger:
    """`file`: None keeps everything in memory only."""

    def __init__(self, file: Path | None = None) -> None:
        self.entries: dict[str, Entry] = {}
        self.cancelled_unseen: set[str] = set()
        self._file = _opened(file) if file else None
        for line in self._file or ():
            self._apply(_EVENT.decode(line))

    def write(self, event: Event) -> None:
        if self._file:
            self._file.write(json.encode(event) + b"\n")
            self._file.flush()
        self._apply(event)

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _apply(self, event: Event) -> None:
        if isinstance(event, Received):
            self.entries[event.entry.key] = event.entry
            return
        entry = self.entries.get(event.key)
        if entry is None:
            self.cancelled_unseen.add(event.key)
        elif isinstance(event, Again):
            entry.received += 1
        elif isinstance(event, Told):
            entry.told += 1
        else:
            entry.cancelled = True
