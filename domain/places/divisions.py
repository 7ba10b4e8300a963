"""Administrative divisions (行政区划) by the codes of the National Bureau of Statistics, in which each code begins with that of its parent.

Five levels: province 2 digits, city 4, county 6, town 9, village or community 12.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from domain.words import Words

LENGTHS = (2, 4, 6, 9, 12)
COUNTY = 6

UNSPOKEN = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of cities that are none: they stand in the codes between a province and counties of its own, and in no address."""


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: Words

    @property
    def spoken_of(self) -> bool:
        return len(self.code) != 4 or self.name.hans not in UNSPOKEN


@dataclass(frozen=True)
class Divisions:
    """Some divisions, in the order of their codes; all of a country, or all within a county."""

    names: Mapping[str, Words]

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        by_parent: dict[str, list[str]] = {}
        for code in self.names:
            by_parent.setdefault(parent_of(code), []).append(code)
        return {parent: tuple(codes) for parent, codes in by_parent.items()}

    def one(self, code: str) -> Division | None:
        name = self.names.get(code)
        return Division(code, name) if name else None

    def children(self, parent: str) -> tuple[str, ...]:
        """Codes; of "" the provinces."""
        return self._children.get(parent, ())

    def below(self, parent: str) -> Iterable[Division]:
        """Everything within it, however deep."""
        return (Division(code, name) for code, name in self.names.items() if code.startswith(parent) and code != parent)


def divisions(rows: Iterable[tuple[str, str]], hant: Callable[[str], str]) -> Divisions:
    """From (code, name in simplified characters); official names have no English ones."""
    ordered = sorted(rows)
    traditional = hant("\n".join(name for _, name in ordered)).split("\n")
    return Divisions({code: Words(name, other, name) for (code, name), other in zip(ordered, traditional, strict=True)})


def is_code(text: str) -> bool:
    return len(text) in LENGTHS and text.isascii() and text.isdecimal()


def parent_of(code: str) -> str:
    """The code of a province has none: ""."""
    return code[: LENGTHS[LENGTHS.index(len(code)) - 1]] if len(code) > LENGTHS[0] else ""


def county_of(code: str) -> str:
    return code[:COUNTY]


def line_of(code: str) -> tuple[str, ...]:
    """The code with all those above it, the province first."""
    return tuple(code[:length] for length in LENGTHS if length <= len(code))


def is_path(text: str) -> bool:
    """Codes from a province down, each within the one before, joined by "/"."""
    codes = text.split("/")
    return all(map(is_code, codes)) and tuple(codes) == line_of(codes[-1])


def address(divisions: Sequence[Division]) -> Words:
    """As it is written in one piece; a city that is its own county (东莞市) is named once."""
    named = [name for name, _ in groupby(division.name for division in divisions if division.spoken_of)]
    return Words("".join(name.hans for name in named), "".join(name.hant for name in named), "".join(name.en for name in named))
