"""A sheet is read no further than it may be long: of 100,000 rows nobody looks at the rest."""

from collections.abc import Iterable

from domain.employers.sheet import SheetRow


class TooManyRows(Exception):
    """More rows that hold something than are allowed."""


def at_most(rows: Iterable[SheetRow], most: int) -> tuple[SheetRow, ...]:
    """Raises TooManyRows."""
    taken: list[SheetRow] = []
    for row in rows:
        if len(taken) == most:
            raise TooManyRows
        taken.append(row)
    return tuple(taken)
