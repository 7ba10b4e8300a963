"""Whose the open sockets are. One caller holds a small share of them at most, so that nobody shuts the others out.

A socket is its address's until somebody greets on it, then theirs: a whole village behind one address needs few places at a time.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Places:
    """By counting key. `each`: as many as one caller may hold."""

    each: int
    _held: Counter[str] = field(default_factory=Counter)

    def taken(self) -> int:
        return self._held.total()

    def any_left_for(self, key: str) -> bool:
        return self._held[key] < self.each

    @contextmanager
    def place_of(self, key: str) -> Iterator["Place"]:
        self._held[key] += 1
        place = Place(self, key)
        try:
            yield place
        finally:
            self.give_back(place.key)

    def move(self, *, giver: str, taker: str) -> None:
        self._held[taker] += 1
        self.give_back(giver)

    def give_back(self, key: str) -> None:
        self._held[key] -= 1
        if not self._held[key]:
            del self._held[key]


@dataclass(slots=True)
class Place:
    places: Places
    key: str

    def pass_to(self, key: str) -> bool:
        """False if they have their share already."""
        if key == self.key:
            return True
        if not self.places.any_left_for(key):
            return False
        self.places.move(giver=self.key, taker=key)
        self.key = key
        return True
