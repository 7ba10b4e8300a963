"""Places for tests: the real table that is shipped, and whatever a test says an operator imported."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from domain.places.divisions import Divisions, divisions
from domain.places.held import RecentCounties
from domain.places.places import Places
from integrations.division_files import shipped
from tests.cases import MONDAY, loaded

QINGXIU = {"450103": (("450103001", "甲街道"), ("450103001001", "乙社区"), ("450103002", "丙镇"))}
"""Invented: there are no such towns."""


@dataclass
class Imported:
    """`asked`: each county that was read."""

    tables: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def county(self, code: str) -> Divisions | None:
        self.asked.append(code)
        return divisions(self.tables[code], hant=str) if code in self.tables else None

    async def imported(self, codes: Sequence[str]) -> Collection[str]:
        return [code for code in codes if code in self.tables]


@cache
def shipped_divisions() -> Divisions:
    return shipped(loaded().hant)


def some_places(imported: Imported | None = None, *, at: datetime = MONDAY) -> Places:
    return Places(shipped_divisions(), RecentCounties(imported or Imported(), lambda: at))
