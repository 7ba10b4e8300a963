"""Where people can go in person, whether it is open, and the list of what is done there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from strawberry import Parent

from domain.catalogue.points import Matter, MatterDetail, ServicePoint, SubMatter
from domain.days.opening_hours import Extension, Opening, Span, opening
from resolvers.context import Info
from resolvers.scalars import DateTime, moment_typed


@dataclass(frozen=True, slots=True)
class PointAt:
    """A service point at a moment."""

    point: ServicePoint
    at: datetime
    opening: Opening


@dataclass(frozen=True, slots=True)
class Extended:
    kind: Extension
    spans: Sequence[Span]


async def service_points(info: Info, region: str, at: DateTime | None = None, only_open: bool = False) -> Sequence[PointAt]:
    """Of a region that is not here, none."""
    catalogue, moment = await info.context.catalogues.find(region), moment_typed(at, "at") or info.context.now
    calendar = info.context.desks.calendars.in_force
    points = [PointAt(point, moment, opening(point.hours, moment, calendar)) for point in (catalogue.points if catalogue else ())]
    return [point for point in points if point.opening.open or not only_open]


async def matters(info: Info, region: str) -> Sequence[Matter]:
    catalogue = await info.context.catalogues.find(region)
    return catalogue.matters if catalogue else ()


def point_name(of: Parent[PointAt], info: Info) -> str:
    return info.context.say(of.point.name)


def point_address(of: Parent[PointAt], info: Info) -> str | None:
    return info.context.say(of.point.address) if of.point.address else None


def extensions(of: Parent[PointAt]) -> Sequence[Extended]:
    return [Extended(kind, spans) for kind, spans in of.point.hours.extended.items()]


def extension_label(of: Parent[Extended], info: Info) -> str:
    return info.context.say(f"opening.by.{of.kind}")


def opening_text(of: Parent[PointAt], info: Info) -> str:
    how = of.opening
    return info.context.say(f"opening.by.{how.by}" if how.by else f"opening.{'open' if how.open else 'closed'}")


def matter_title(of: Parent[Matter | MatterDetail | SubMatter], info: Info) -> str:
    return info.context.say(of.title)
