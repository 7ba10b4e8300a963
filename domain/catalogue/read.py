"""Makes the catalogue's values out of parsed tables, and finds all that is wrong with them, not only the first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Generic, TypeVar, get_type_hints

import msgspec

from domain.catalogue.faults import fault
from domain.catalogue.layers import Entry, Table
from domain.words import Words

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Hant = Callable[[str], str]
"""Simplified characters in, traditional ones out."""

LANGUAGES = frozenset({"zh-Hans", "en"})
DERIVED = frozenset({"region", "licence_kinds"})
"""What the builder sets; no file may."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """What a table of one kind may and must state. `key`: the field that the table's own name fills, if any."""

    kind: type[T]
    hints: Mapping[str, object]
    required: tuple[str, ...]
    key: str = ""


def shape_of(kind: type[T], *, keyed: bool = True) -> Shape[T]:
    """The key of a keyed kind is its first field."""
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in DERIVED}
    key = next(iter(hints)) if keyed else ""
    required = (each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING)
    return Shape(kind, {name: hint for name, hint in hints.items() if name != key}, tuple(name for name in required if name != key), key)


@dataclass(frozen=True, slots=True)
class Reader:
    """`faults` gathers what is wrong, for whoever reads on."""

    hant: Hant
    faults: list[str] = field(default_factory=list)

    def read_all(self, kind: type[T], group: str, entries: Mapping[str, Entry]) -> dict[str, T]:
        """The group's well-formed values by their keys."""
        shape = shape_of(kind)
        made = {key: self.read(shape, f"{group}.{key}", entry, key=key) for key, entry in entries.items()}
        return {key: value for key, value in made.items() if value is not None}

    def read(self, shape: Shape[T], at: str, entry: Entry, *, key: str = "") -> T | None:
        stated = {name: self._worded(value, f"{at}.{name}", entry.path) for name, value in entry.table.items()}
        wrong = [fault(entry.path, place, what) for place, what in _wrong(shape, stated, at)]
        self.faults.extend(wrong)
        return None if wrong else msgspec.convert({**stated, shape.key: key} if shape.key else stated, shape.kind)

    def words(self, table: Table, at: str, path: str) -> Words:
        hans, en = (self._wording(table, language, at, path) for language in ("zh-Hans", "en"))
        self.faults.extend(fault(path, f"{at}.{name}", "is not a language that is written here") for name in table.keys() - LANGUAGES)
        return Words(hans, self.hant(hans), en)

    def _wording(self, table: Table, language: str, at: str, path: str) -> str:
        found = table.get(language)
        if isinstance(found, str) and found.strip():
            return found
        self.faults.append(fault(path, at, f"has no {language}"))
        return ""

    def _worded(self, value: object, at: str, path: str) -> object:
        """The same value with `{zh-Hans = …, en = …}` made into Words wherever it stands."""
        if isinstance(value, list):
            return [self._worded(each, f"{at}[{place}]", path) for place, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if value.keys() & LANGUAGES:
            return msgspec.to_builtins(self.words(value, at, path))
        return {name: self._worded(each, f"{at}.{name}", path) for name, each in value.items()}


def _wrong(shape: Shape[T], stated: Table, at: str) -> Iterator[tuple[str, str]]:
    yield from ((f"{at}.{name}", "is missing") for name in shape.required if name not in stated)
    for name, value in stated.items():
        if name in shape.hints:
            yield from _wrong_value(shape.hints[name], value, f"{at}.{name}")
        else:
            yield f"{at}.{name}", "is not a key known here"


def _wrong_value(hint: object, value: object, at: str) -> Iterator[tuple[str, str]]:
    try:
        understood: object = msgspec.to_builtins(msgspec.convert(value, hint))
    except msgspec.ValidationError as error:
        yield at, f"cannot be read: {error}"
    else:
        yield from ((place, "is not a key known here") for place in _unread(value, understood, at))


def _unread(given: object, understood: object, at: str) -> Iterator[str]:
    """Where a nested table holds a key that left no trace."""
    if isinstance(given, dict) and isinstance(understood, dict):
        yield from (f"{at}.{name}" for name in given.keys() - understood.keys())
        for name in given.keys() & understood.keys():
            yield from _unread(given[name], understood[name], f"{at}.{name}")
    elif isinstance(given, list) and isinstance(understood, list | tuple):
        for place, (each, taken) in enumerate(zip(given, understood, strict=False)):
            yield from _unread(each, taken, f"{at}[{place}]")
