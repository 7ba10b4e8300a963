"""A file of keys that is read again whenever it changes, so that no process need be restarted for a new key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")

log = structlog.stdlib.get_logger("keys")


@dataclass(slots=True)
class Followed(Generic[T]):
    """`read` raises `fault` for a file that is not one of ours: at first that goes to whoever begins to follow it."""

    path: Path
    read: Callable[[Path], T]
    fault: type[Exception]
    _stamp: tuple[int, ...] = field(init=False)
    _said: T = field(init=False)

    def __post_init__(self) -> None:
        self._stamp, self._said = _stamp(self.path), self.read(self.path)

    def now(self) -> T:
        """As the file says now. One that is damaged later changes nothing, and is told once."""
        stamp = _stamp(self.path)
        if stamp != self._stamp:
            self._stamp = stamp
            self._read_again()
        return self._said

    def _read_again(self) -> None:
        try:
            self._said = self.read(self.path)
        except self.fault as fault:
            log.error("keys were not read again; the former ones stay", fault=str(fault))


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file is written or replaced; empty when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size)
