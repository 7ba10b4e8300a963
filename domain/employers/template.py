"""The empty list that an employer downloads and fills in, in the reader's words: what it says, whatever kind of file it becomes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.employers.headings import names_of
from domain.employers.sheet import REQUIRED, Column, PostCategory
from domain.identifiers import DocumentKind
from domain.wording import Wording
from domain.words import Language, Text

_CHOICES: dict[Column, tuple[str, type[StrEnum]]] = {
    Column.DOCUMENT_KIND: ("kinds", DocumentKind),
    Column.POST_CATEGORY: ("posts", PostCategory),
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """`choices`: empty for what is written freely."""

    heading: str
    required: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """`rows`: how many people it has room for."""

    file: str
    sheet: str
    notes_sheet: str
    columns: Sequence[TemplateColumn]
    notes: Sequence[str]
    rows: int


def template(wording: Wording, language: Language, *, rows: int) -> Template:
    def said(key: str) -> str:
        return wording.say(Text(f"staff-sheet.template.{key}"), language)

    columns = [_column(column, wording, language) for column in Column]
    return Template(said("file"), said("sheet"), said("notes"), columns, tuple(_notes(columns, wording, language, rows)), rows)


def _column(column: Column, wording: Wording, language: Language) -> TemplateColumn:
    group, meanings = _CHOICES.get(column, ("", None))
    choices = tuple(names_of(wording, group, meaning, language)[0] for meaning in meanings or ())
    return TemplateColumn(names_of(wording, "columns", column, language)[0], column in REQUIRED, choices)


def _notes(columns: Sequence[TemplateColumn], wording: Wording, language: Language, rows: int) -> Iterator[str]:
    def said(key: str, **params: str | int) -> str:
        return wording.say(Text(f"staff-sheet.template.{key}", params), language)

    yield said("one-row", most=rows)
    yield said("as-text")
    yield said("dates")
    for column in columns:
        yield f"{column.heading}: {said('must' if column.required else 'may')}"
        if column.choices:
            yield said("choices", column=column.heading, choices=" / ".join(column.choices))
