"""The printed copy of one's own data as its template reads it. Whatever a person or a register wrote goes in as data, never as markup."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from domain.keeping.own_data import Line
from domain.words import Language
from integrations.documents.certificate import parts, plain

_REGIONS = {Language.ZH_HANS: ("zh", "cn"), Language.ZH_HANT: ("zh", "hk"), Language.EN: ("en", "cn")}


@dataclass(frozen=True, slots=True)
class Copy:
    """Small enough to hand to another process. `made`: seconds, the document's own date."""

    title: str
    lines: tuple[tuple[int, str, str], ...]
    language: Language
    made: int

    @property
    def letters(self) -> frozenset[str]:
        return frozenset("".join([self.title, *(label + value for _, label, value in self.lines)]))

    def inputs(self, *, unset: frozenset[str]) -> dict[str, str]:
        lang, region = _REGIONS[self.language]
        title = "".join("?" if letter in unset else letter for letter in self.title)
        lines = [{"depth": depth, "label": parts(label, unset), "value": parts(value, unset)} for depth, label, value in self.lines]
        return {"own-data": json.dumps({"title": title, "heading": title, "lang": lang, "region": region, "lines": lines})}


def copy(lines: Sequence[Line], *, title: str, language: Language, made: int) -> Copy:
    return Copy(plain(title), tuple((line.depth, plain(line.label), plain(line.value)) for line in lines), language, made)
