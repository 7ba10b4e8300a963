"""What is wrong with the catalogue: every fault of a run, each naming file and key, told at once."""

from collections.abc import Iterable

FOLDER = "catalogue"


class CatalogueFaults(Exception):
    """The catalogue cannot be used as it is written."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def fault(path: str, key: str, what: str) -> str:
    """`path` is the file's under the catalogue folder; `key` the dotted way to the place."""
    return f"{FOLDER}/{path}: {key} {what}"
