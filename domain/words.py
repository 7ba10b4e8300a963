"""What is said to a person, kept as a key and its parameters until the reader's language is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """A language of the citizen; zh-Hans is the default."""

    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in every language."""

    hans: str
    hant: str
    en: str

    def in_(self, language: Language) -> str:
        if language is Language.ZH_HANS:
            return self.hans
        return self.hant if language is Language.ZH_HANT else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to read and, where it differs, one to hear; both may hold {parameters}."""

    text: Words
    spoken: Words | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the message catalogue by its key. A parameter may itself be a Text or Words."""

    key: str
    params: Mapping[str, "Parameter"] = field(default_factory=dict)


Parameter = str | int | Words | Text
