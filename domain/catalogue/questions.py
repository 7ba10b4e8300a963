"""What the one form asks, as frozen values: questions, where answers come from, pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.words import Words


class AnswerKind(StrEnum):
    """The shape of an answer: CHOICES and FILE use `values`, the rest `value`."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    MONTH = "MONTH"
    YES_NO = "YES_NO"
    CHOICE = "CHOICE"
    CHOICES = "CHOICES"
    FILE = "FILE"


class SourceKind(StrEnum):
    """Where a value came from."""

    PERSON = "PERSON"
    LICENCE = "LICENCE"
    REGISTER = "REGISTER"
    EARLIER_CASE = "EARLIER_CASE"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Origin:
    """Which attribute of which licence or register fills a field; an earlier one takes precedence (F27).

    `values`: what the register writes (工人), and the answer that it means (ORDINARY); empty: the answer is what the register writes.
    """

    licence: str
    attribute: str
    values: Mapping[str, str] = field(default_factory=dict)

    def answer(self, written: str) -> str | None:
        """None: what is written means no answer to this question."""
        return self.values.get(written) if self.values else written


DIVISION, DIVISIONS = "division", "divisions"
"""The format of a place, and the list of places."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One question of the one form; `key` is unique in it.

    `format` names the check (document-number, phone, bank-account, money …). `locked`: once a register has filled it, only the
    register can correct it. `always`: asked whatever the items; otherwise asked if a chosen item names the key. `asked_if`
    names a rule of domain/policy: the question is left out where that is not met.
    """

    key: str
    label: Words
    kind: AnswerKind
    required: bool
    spoken: Words | None = None
    help: Words | None = None
    format: str | None = None
    options: tuple[Option, ...] = ()
    option_list: str | None = None
    decides: bool = False
    origins: tuple[Origin, ...] = ()
    locked: bool = False
    always: bool = False
    asked_if: str | None = None

    @property
    def chosen_from(self) -> str | None:
        """The long list that it is picked from. Of a place, the first catalogues that were stored name none; it is picked all the same."""
        return self.option_list or (DIVISIONS if self.format == DIVISION else None)


@dataclass(frozen=True, slots=True)
class Repetition:
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class SectionRule:
    key: str
    title: Words
    fields: tuple[FieldRule, ...]
    spoken: Words | None = None
    repeats: Repetition | None = None
