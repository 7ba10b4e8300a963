"""The catalogue as the contract shows it."""

import strawberry

from domain.catalogue import types
from resolvers import catalogue as resolvers

strawberry.enum(types.ItemMode, description="DECISION a department decides; LOOKUP it answers from its records; GUIDANCE it tells how.")
strawberry.enum(types.TimeUnit)
strawberry.enum(types.PromiseMark)
strawberry.enum(types.FilingChannel, description="个人掌上办, 企业自助办, 朋友代替办, 社区帮扶办, 窗口现场 (后台补录) 办.")


@strawberry.type
class Department:
    id: strawberry.ID
    code: str
    name: str = strawberry.field(resolver=resolvers.name)
    telephone: str | None = strawberry.field(description="Where questions about its services are answered.")


@strawberry.type
class LicenceKind:
    code: str
    name: str = strawberry.field(resolver=resolvers.name)


@strawberry.type(description="startEvent: the code of the event that starts the clock.")
class TimeLimit:
    amount: int
    unit: types.TimeUnit
    start_event: str
    text: str = strawberry.field(resolver=resolvers.limit_text)


@strawberry.type
class MaterialRule:
    code: str
    title: str = strawberry.field(resolver=resolvers.title)
    condition: str | None = strawberry.field(resolver=resolvers.condition)
    satisfied_by: list[LicenceKind] = strawberry.field(resolver=lambda self: self.licence_kinds)
    if_lost: str | None = strawberry.field(resolver=resolvers.if_lost)
    needs: list[types.PromiseMark] = strawberry.field(description="What a written promise must bear to be complete: 签字, 按手印.")


@strawberry.type
class ConsentText:
    purpose: str
    version: str
    title: str = strawberry.field(resolver=resolvers.title)
    text: str = strawberry.field(resolver=resolvers.consent_text)
    spoken: str = strawberry.field(resolver=resolvers.consent_spoken)
    licences: list[LicenceKind] = strawberry.field(resolver=lambda self: self.licence_kinds)


@strawberry.type(description="id is the same in every version of the region's catalogue.")
class ServiceItem:
    id: strawberry.ID = strawberry.field(resolver=lambda self: self.item.id)
    code: str = strawberry.field(resolver=lambda self: self.item.code)
    title: str = strawberry.field(resolver=resolvers.item_title)
    department: Department
    mode: types.ItemMode = strawberry.field(resolver=lambda self: self.item.mode)
    basic: bool = strawberry.field(resolver=lambda self: self.item.basic)
    waits_for: list["ServiceItem"]
    only_with: list["ServiceItem"] = strawberry.field(
        description="It is chosen together with one of these, or by somebody who is retired already."
    )
    materials: list[MaterialRule]
    statutory_limit: TimeLimit | None = strawberry.field(resolver=lambda self: self.item.statutory_limit)
    promise: TimeLimit | None = strawberry.field(resolver=lambda self: self.item.promise)
    source: str = strawberry.field(resolver=lambda self: self.item.source)
    legal_basis: list[str] = strawberry.field(resolver=lambda self: self.item.legal_basis, description="By their official names.")
    requirements: str | None = strawberry.field(resolver=resolvers.requirements, description="What must hold for it to be granted.")
    result: str | None = strawberry.field(resolver=resolvers.item_result, description="What comes of it.")


@strawberry.type
class Catalogue:
    id: strawberry.ID
    region: "Region"
    title: str = strawberry.field(resolver=resolvers.title)
    version: str
    items = strawberry.field(resolver=resolvers.items, graphql_type=list[ServiceItem])
    channels: list[types.FilingChannel]
    source: str
    declared_total: int = strawberry.field(description="What the region's own document declares; it can be more than it names.")
    consents: list[ConsentText] = strawberry.field(description="What a holder is asked to allow, to be shown before a case is opened.")


@strawberry.type
class Region:
    id: strawberry.ID
    code: str
    name: str = strawberry.field(resolver=resolvers.name)
    catalogue = strawberry.field(resolver=resolvers.catalogue_in_force, graphql_type=Catalogue)


@strawberry.type
class CatalogueQuery:
    regions = strawberry.field(resolver=resolvers.regions, graphql_type=list[Region])
    catalogue = strawberry.field(
        resolver=resolvers.catalogue, graphql_type=Catalogue | None, description="The version in force, if none is named."
    )
