"""Figures of law and policy, each with the dates on which it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.words import Words


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of law or policy with all its values; the newest whose `since` is not after the day holds."""

    key: str
    label: Words
    values: tuple["ParameterValue", ...]

    def on(self, day: date) -> "ParameterValue":
        """The value that holds on that day. Raises LookupError for a day before the first."""
        if found := self.find(day):
            return found
        raise LookupError(f"{self.key} has no value on {day.isoformat()}; its first is of {self.values[0].since.isoformat()}")

    def find(self, day: date) -> "ParameterValue | None":
        """None: the law knew no such figure yet."""
        return next((value for value in reversed(self.values) if value.since <= day), None)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """Exact numbers that are not whole are written as text. A table stands where one source gives several figures at once."""

    value: int | str | Mapping[str, int | str]
    since: date
    source: str

    @property
    def number(self) -> int:
        """Of a figure that is one whole number."""
        assert not isinstance(self.value, Mapping)
        return int(self.value)
