"""The law as it stands on one day: dated figures, each with the place where it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from domain.catalogue.types import Catalogue, Parameter
from domain.reasons import LawFigure
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands: a number, a word, or a table of them."""

    key: str
    label: Words
    value: int | str | Mapping[str, int | str]
    since: date
    source: str

    @property
    def number(self) -> int:
        """Of a whole number."""
        return int(self.text)

    @property
    def decimal(self) -> Decimal:
        """Of an exact number that is written as text."""
        return Decimal(self.text)

    @property
    def text(self) -> str:
        assert not isinstance(self.value, Mapping), f"{self.key} is a table"
        return str(self.value)

    @property
    def table(self) -> Mapping[str, int | str]:
        assert isinstance(self.value, Mapping), f"{self.key} is no table"
        return self.value

    def cited(self, shown: object = None) -> LawFigure:
        """For a reason; `shown`: what was taken from a table."""
        return LawFigure(self.key, self.label, str(self.text if shown is None else shown), self.since, self.source)


@dataclass(frozen=True, slots=True)
class Law:
    """All figures of one region (the national ones among them) on one day. `region`: its code."""

    parameters: Mapping[str, Parameter]
    day: date
    region: str = "national"

    def find(self, key: str) -> Figure | None:
        """None: this region, or the law of that day, knows no such figure."""
        parameter = self.parameters.get(key)
        value = parameter.find(self.day) if parameter else None
        return Figure(key, parameter.label, value.value, value.since, value.source) if parameter and value else None

    def figure(self, key: str) -> Figure:
        """Raises LookupError where `find` gives None."""
        if found := self.find(key):
            return found
        raise LookupError(f"{self.region} has no {key} on {self.day.isoformat()}")

    def on(self, day: date) -> Self:
        """The same region's law on another day."""
        return type(self)(self.parameters, day, self.region)


def law_of(catalogue: Catalogue, day: date) -> Law:
    return Law(catalogue.parameters, day, catalogue.region.code)
