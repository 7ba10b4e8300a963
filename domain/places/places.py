"""Where people live: the divisions that are shipped, those that an operator imported, and whether a chosen path holds together."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import normalize

from domain.places.divisions import COUNTY, LENGTHS, Division, Divisions, address, county_of, is_code, line_of, parent_of
from domain.words import Text, Words

LARGEST_PAGE = 50
LONGEST_TOLD = 40


class Counties(Protocol):
    """What was imported: the towns and villages of each county."""

    async def county(self, code: str) -> Divisions | None:
        """None: nothing was imported for it."""
        ...

    async def imported(self, codes: Sequence[str]) -> Collection[str]:
        """Which of these counties are there."""
        ...


class HeldCounties(Counties, Protocol):
    def held(self, code: str) -> Divisions | None:
        """What was read lately, without reading."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """A division among others; `label` is its name, or its whole address where it was searched for."""

    value: str
    label: Words
    has_children: bool


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """`more` follow; `later`: some came before."""

    choices: Sequence[Choice] = ()
    more: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    shipped: Divisions
    counties: HeldCounties

    # ------------------------------------------------------------ drop-downs

    async def options(self, parent: str | None, search: str | None, *, first: int, after: str | None) -> ChoicePage:
        """The children of a division, or all within it whose name holds what is searched for; by code. A parent unknown has none."""
        within = _codes(parent)[-1] if parent else ""  # of a whole path the last code counts
        if parent and not is_code(within):
            return ChoicePage()
        tree, sought = await self._tree(within), normalize("NFKC", search or "").strip()
        found = _matching(tree.below(within), sought) if sought else tuple(filter(None, map(tree.one, tree.children(within))))
        rest = [division for division in found if division.code > (after or "")]
        shown = rest[: max(1, min(first, LARGEST_PAGE))]
        choices = await self._choices(shown, tree, lambda one: self._beneath(within, one, tree) if sought else one.name)
        return ChoicePage(choices, more=len(shown) < len(rest), later=len(rest) < len(found))

    async def _choices(self, shown: Sequence[Division], tree: Divisions, label: Callable[[Division], Words]) -> tuple[Choice, ...]:
        imported = await self.counties.imported([one.code for one in shown if len(one.code) == COUNTY])
        return tuple(Choice(one.code, label(one), bool(tree.children(one.code)) or one.code in imported) for one in shown)

    def _beneath(self, within: str, one: Division, tree: Divisions) -> Words:
        line = (tree.one(code) or self.shipped.one(code) for code in line_of(one.code) if len(code) > len(within))
        return address([division for division in line if division])

    async def _tree(self, within: str) -> Divisions:
        """Where the divisions within it are: what was imported of a county stands for what was shipped of it."""
        imported = await self.counties.county(county_of(within)) if len(within) >= COUNTY else None
        return imported or self.shipped

    # ------------------------------------------------------------ answers

    async def find(self, typed: str) -> tuple[Division, ...] | Text:
        """The line from the province down to at least a county, as codes joined by "/" or by the last code alone; else what is wrong."""
        codes = _codes(typed)
        if len(codes) > len(LENGTHS) or not all(map(is_code, codes)):
            return Text("issue.unknown-division", {"code": typed.strip()[:LONGEST_TOLD]})
        line: list[Division] = []
        for code in (*line_of(codes[0])[:-1], *codes):
            found = await self._one(code)
            if found is None:
                return Text("issue.unknown-division", {"code": code})
            if line and parent_of(code) != line[-1].code:
                return _astray(found, line[-1])
            line.append(found)
        deep_enough = len(line[-1].code) >= COUNTY or not self.shipped.children(line[-1].code)
        return tuple(line) if deep_enough else Text("issue.division-incomplete")

    async def bring(self, path: str) -> None:
        """So that `address` can name all of it."""
        code = path.rpartition("/")[2]
        if len(code) > COUNTY and is_code(code):
            await self.counties.county(county_of(code))

    def address(self, path: str) -> Words:
        """In words as far as it is known here; what is no path is said as it stands."""
        line = [one for one in map(self._at_hand, path.split("/")) if one]
        return address(line) if line else Words(path, path, path)

    async def _one(self, code: str) -> Division | None:
        tree = await self._tree(code) if len(code) > COUNTY else self.shipped
        return tree.one(code)

    def _at_hand(self, code: str) -> Division | None:
        held = self.counties.held(county_of(code)) if len(code) > COUNTY else None
        return (held or self.shipped).one(code)


def _codes(typed: str) -> list[str]:
    return [code.strip() for code in normalize("NFKC", typed).strip().split("/")]


def _matching(divisions: Iterable[Division], sought: str) -> tuple[Division, ...]:
    return tuple(one for one in divisions if one.spoken_of and (sought in one.name.hans or sought in one.name.hant))


def _astray(division: Division, above: Division) -> Text:
    return Text("issue.bad-division", {"name": division.name, "code": division.code, "parent": above.name, "parentCode": above.code})
