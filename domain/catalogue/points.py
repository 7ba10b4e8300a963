"""Where and for what a region's people can go in person: its service points with their hours, and the three-level list of matters (A48).

The list is how a region counts what its points do: 事项, within each its 细项, within each its 子项. What a case is made of are items.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.days.opening_hours import OpeningHours
from domain.words import Words


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A counter, a service centre (便民服务中心), or a 24-hour self-service area."""

    code: str
    name: Words
    hours: OpeningHours
    source: str
    address: Words | None = None
    telephone: str | None = None
    region: str = ""

    @property
    def id(self) -> str:
        return f"point-{self.region}-{self.code}"


@dataclass(frozen=True, slots=True)
class SubMatter:
    """子项."""

    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class MatterDetail:
    """细项."""

    code: str
    title: Words
    parts: tuple[SubMatter, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """事项."""

    code: str
    title: Words
    source: str
    parts: tuple[MatterDetail, ...] = ()


def counts(matters: Iterable[Matter]) -> tuple[int, int, int]:
    """事项, 细项, 子项."""
    all_matters = list(matters)
    details = [detail for matter in all_matters for detail in matter.parts]
    return len(all_matters), len(details), sum(len(detail.parts) for detail in details)


def stated_twice(matter: Matter) -> Iterator[str]:
    """Codes that stand more than once within one matter."""
    codes = Counter(code for detail in matter.parts for code in (detail.code, *(part.code for part in detail.parts)))
    yield from (code for code, times in codes.items() if times > 1)
