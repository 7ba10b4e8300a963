"""Service points and the list of matters, as additions to the contract."""

import strawberry

from domain.days.opening_hours import Extension
from resolvers import points as resolvers

strawberry.enum(Extension, name="HoursExtension", description="早晚弹性办, 午间轮班办, 周六延时办.")


@strawberry.type(description="Clock times in China, as 08:30. closes: the first moment at which it is closed again.")
class OpeningSpan:
    opens: str = strawberry.field(resolver=lambda self: f"{self.opens:%H:%M}")
    closes: str = strawberry.field(resolver=lambda self: f"{self.closes:%H:%M}")


@strawberry.type
class ExtendedHours:
    kind: Extension
    label: str = strawberry.field(resolver=resolvers.extension_label)
    spans: list[OpeningSpan]


@strawberry.type(description="open: at the moment asked about. provisional: that day's year has not been announced yet.")
class ServicePoint:
    id: strawberry.ID = strawberry.field(resolver=lambda self: self.point.id)
    code: str = strawberry.field(resolver=lambda self: self.point.code)
    name: str = strawberry.field(resolver=resolvers.point_name)
    address: str | None = strawberry.field(resolver=resolvers.point_address)
    telephone: str | None = strawberry.field(resolver=lambda self: self.point.telephone)
    always_open: bool = strawberry.field(resolver=lambda self: self.point.hours.always)
    hours: list[OpeningSpan] = strawberry.field(resolver=lambda self: self.point.hours.regular, description="On working days.")
    extended = strawberry.field(graphql_type=list[ExtendedHours], resolver=resolvers.extensions)
    open: bool = strawberry.field(resolver=lambda self: self.opening.open)
    open_by: Extension | None = strawberry.field(resolver=lambda self: self.opening.by)
    open_text: str = strawberry.field(resolver=resolvers.opening_text)
    provisional: bool = strawberry.field(resolver=lambda self: self.opening.provisional)
    source: str = strawberry.field(resolver=lambda self: self.point.source)


@strawberry.type(description="子项.")
class SubMatter:
    code: str
    title: str = strawberry.field(resolver=resolvers.matter_title)


@strawberry.type(description="细项.")
class MatterDetail:
    code: str
    title: str = strawberry.field(resolver=resolvers.matter_title)
    parts: list[SubMatter]


@strawberry.type(description="事项: what service points do, as the region itself counts it.")
class Matter:
    code: str
    title: str = strawberry.field(resolver=resolvers.matter_title)
    source: str
    parts: list[MatterDetail]


@strawberry.type
class PointQuery:
    service_points = strawberry.field(
        graphql_type=list[ServicePoint],
        resolver=resolvers.service_points,
        description="at: now, if it is not given. onlyOpen leaves out those that are closed then.",
    )
    matters = strawberry.field(graphql_type=list[Matter], resolver=resolvers.matters)
