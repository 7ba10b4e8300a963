"""What the words of a sheet mean, in every language: its headings, kinds of documents, kinds of posts. The words are the catalogue's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar
from unicodedata import normalize

from domain.employers.sheet import HEADINGS_WITHIN, REQUIRED, Column, PostCategory, SheetRow, column_letters, unreadable
from domain.identifiers import DocumentKind
from domain.wording import Wording
from domain.words import Language, Text

_ASIDE = re.compile(r"\(.*?\)|[\s*:]")
"""(必填), asterisks, colons: what people add to a heading."""

Meaning = TypeVar("Meaning", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SheetWords:
    columns: Mapping[str, Column]
    kinds: Mapping[str, DocumentKind]
    posts: Mapping[str, PostCategory]

    @classmethod
    def of(cls, wording: Wording) -> Self:
        return cls(
            columns=_meanings("staff-sheet.columns", Column, wording),
            kinds=_meanings("staff-sheet.kinds", DocumentKind, wording),
            posts=_meanings("staff-sheet.posts", PostCategory, wording),
        )


@dataclass(frozen=True, slots=True)
class Headings:
    """In which row they stand, and which column of the sheet is which."""

    row: int
    places: Mapping[Column, int]


def plain(words: str) -> str:
    return _ASIDE.sub("", normalize("NFKC", words)).casefold()


def names_of(wording: Wording, group: str, meaning: StrEnum, language: Language) -> tuple[str, ...]:
    """All that may be written for it, the usual one first."""
    return tuple(wording.say(Text(f"staff-sheet.{group}.{meaning}"), language).split("|"))


def found_in(rows: Iterable[SheetRow], words: SheetWords) -> Headings:
    """The first of the top rows that has all columns which must be there. Raises InvalidForm."""
    for row in rows:
        if row.number > HEADINGS_WITHIN:
            break
        if headings := _headings(row, words):
            return headings
    raise unreadable("no-headings", {"rows": HEADINGS_WITHIN})


def _headings(row: SheetRow, words: SheetWords) -> Headings | None:
    named = [(words.columns[name], place) for place, cell in sorted(row.cells.items()) if (name := plain(cell.text)) in words.columns]
    places = dict(reversed(named))
    if not places.keys() >= set(REQUIRED):
        return None
    for column, place in named:
        if place != places[column]:
            raise unreadable("same-heading-twice", {"first": column_letters(places[column]), "second": column_letters(place)})
    return Headings(row.number, places)


def _meanings(key: str, meanings: type[Meaning], wording: Wording) -> dict[str, Meaning]:
    said = {meaning: wording.messages[f"{key}.{meaning}"].text for meaning in meanings}
    return {plain(name): meaning for meaning, words in said.items() for language in Language for name in words.in_(language).split("|")}
