"""National beneath, region above: a region states what differs, its key replaces the national one whole, and lists are never merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.catalogue.faults import fault

Table = Mapping[str, object]
Files = Mapping[str, Table]
"""Parsed files by their path under the catalogue folder, as in `guangxi/items.toml`."""

NATIONAL = "national"
MESSAGES = f"{NATIONAL}/messages/"
GROUPS = ("region", "departments", "licences", "materials", "items", "fields", "sections", "consents", "declarations", "parameters")


@dataclass(frozen=True, slots=True)
class Entry:
    """One keyed table, and the file that states it."""

    path: str
    table: Table


Groups = Mapping[str, Mapping[str, Entry]]
"""What one region has: group (items, fields …) → key → entry, in the order in which they are written."""


def regions_of(files: Files) -> list[str]:
    """Every folder beside the national one is a region."""
    return sorted({path.partition("/")[0] for path in files} - {NATIONAL})


def layered(files: Files, region: str) -> Groups:
    return {group: {**_entries(files, NATIONAL, group), **_entries(files, region, group)} for group in GROUPS}


def misplaced(files: Files) -> Iterator[str]:
    """Files that nobody would read, and top-level values that are no tables: almost always a slip of the pen."""
    for path, table in files.items():
        if path.startswith(MESSAGES):
            continue
        if path.rpartition("/")[2].removesuffix(".toml") not in GROUPS or path.count("/") != 1:
            yield fault(path, "this file", f"is none of {', '.join(f'{group}.toml' for group in GROUPS)}")
        yield from (fault(path, key, "is not a table") for key, value in table.items() if not isinstance(value, dict))


def _entries(files: Files, place: str, group: str) -> dict[str, Entry]:
    path = f"{place}/{group}.toml"
    return {key: Entry(path, table) for key, table in files.get(path, {}).items() if isinstance(table, dict)}
