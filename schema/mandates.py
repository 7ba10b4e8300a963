"""A mandate as the contract shows it: an authority given by one person to another. Every actor and capacity may name one."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.mandates import MandateAction, MandateStatus
from schema.catalogue import ServiceItem
from schema.people import Person
from schema.scalars import Date

if TYPE_CHECKING:
    from schema.cases import Case
    from schema.sessions import Capacity

strawberry.enum(MandateStatus)
strawberry.enum(MandateAction)


@strawberry.type(description="from and until are the first and last day, both included; it is for items or for one case.")
class Mandate:
    id: strawberry.ID
    principal: Person
    delegate: Person
    status: MandateStatus
    status_text: str
    from_: Date = strawberry.field(name="from")
    until: Date
    scope_text: str
    items: list[ServiceItem]
    case: Annotated["Case", strawberry.lazy("schema.cases")] | None
    actions: list[MandateAction]
    acceptance_code: str | None = strawberry.field(description="Shown to the principal only, until it is used.")
    capacity: Annotated["Capacity", strawberry.lazy("schema.sessions")] | None = strawberry.field(
        description="For actAs; the delegate's only."
    )
