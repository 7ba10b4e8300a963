"""National beneath, region above: a region states what differs, its key replaces the national one whole, and lists are never merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.catalogue.faults import fault

Table = Mapping[str, object]
Files = Mapping[str, Table]
"""Parsed files by their path under the catalogue folder, as in `guangxi/items.toml`."""

NATIONAL = "national"
MESSAGES = f"{NATIONAL}/messages/"
GROUPS = (
    "region", "departments", "licences", "materials", "items", "fields", "sections", "guide", "consents", "declarations", "parameters",
    "points", "matters", "organisations", "queues", "priorities",
)  # fmt: skip
OWN = frozenset({"region", "items", "points", "matters", "organisations"})
"""What no region takes from the national catalogue: who it is, which services it offers, where, and who works there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One keyed table, and the file that states it."""

    path: str
    table: Table


Groups = Mapping[str, Mapping[str, Entry]]
"""What one region has: group (items, fields …) → key → entry, in the order in which they are written."""


def regions_of(files: Files) -> list[str]:
    """Every folder is a region; the national one if it says of itself that it is."""
    folders = {path.partition("/")[0] for path in files}
    return sorted(folders if f"{NATIONAL}/region.toml" in files else folders - {NATIONAL})


def layered(files: Files, region: str) -> Groups:
    return {group: _layered(files, region, group) for group in GROUPS}


def misplaced(files: Files) -> Iterator[str]:
    """Files that nobody would read, top-level values that are no tables, and keys that a group has twice: slips of the pen."""
    seen: dict[tuple[str, str, str], str] = {}
    for path, table in files.items():
        if path.startswith(MESSAGES):
            continue
        place, group = _place(path)
        if group not in GROUPS:
            yield fault(path, "this file", f"is none of {', '.join(f'{group}.toml' for group in GROUPS)}")
        for key, value in table.items():
            if not isinstance(value, dict):
                yield fault(path, key, "is not a table")
            elif (first := seen.setdefault((place, group, key), path)) != path:
                yield fault(path, f"{group}.{key}", f"is stated in {first} already")


def _place(path: str) -> tuple[str, str]:
    """Whose it is, and of which group: `guangxi/items.toml`, or one of several in `guangxi/items/`."""
    place, _, rest = path.partition("/")
    folder, _, file = rest.rpartition("/")
    return place, folder or file.removesuffix(".toml")


def _layered(files: Files, region: str, group: str) -> dict[str, Entry]:
    below = {} if group in OWN else _entries(files, NATIONAL, group)
    return {**below, **_entries(files, region, group)}


def _entries(files: Files, place: str, group: str) -> dict[str, Entry]:
    return {
        key: Entry(path, table)
        for path, tables in files.items()
        if _place(path) == (place, group)
        for key, table in tables.items()
        if isinstance(table, dict)
    }
