"""The message catalogue: every sentence that a citizen reads or hears, from all files of national/messages, by dotted key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.catalogue.faults import fault
from domain.catalogue.layers import MESSAGES, Files, Table
from domain.catalogue.read import LANGUAGES, Reader
from domain.words import Message, Words

LEAF = LANGUAGES | {"spoken"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One message as it is written."""

    path: str
    key: str
    table: Table


def messages_of(files: Files, reader: Reader) -> dict[str, Message]:
    """Everything under one roof; a key that two files define is a fault."""
    found: dict[str, Leaf] = {}
    for leaf in (leaf for path, table in files.items() if path.startswith(MESSAGES) for leaf in _leaves(path, "", table)):
        if leaf.key in found:
            reader.faults.append(fault(leaf.path, leaf.key, f"is defined in {found[leaf.key].path} already"))
        found.setdefault(leaf.key, leaf)
    return {key: _message(leaf, reader) for key, leaf in found.items()}


def _leaves(path: str, key: str, table: Table) -> Iterator[Leaf]:
    if table.keys() & LEAF:
        yield Leaf(path, key, table)
        return
    for name, below in table.items():
        inner = f"{key}.{name}" if key else name
        yield from _leaves(path, inner, below if isinstance(below, Mapping) else {"zh-Hans": None})


def _message(leaf: Leaf, reader: Reader) -> Message:
    text = {name: value for name, value in leaf.table.items() if name != "spoken"}
    return Message(text=reader.words(text, leaf.key, leaf.path), spoken=_spoken(leaf, reader))


def _spoken(leaf: Leaf, reader: Reader) -> Words | None:
    spoken = leaf.table.get("spoken")
    if spoken is None:
        return None
    return reader.words(spoken if isinstance(spoken, Mapping) else {}, f"{leaf.key}.spoken", leaf.path)
