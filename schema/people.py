"""People, and who did what, as the contract shows them."""

from typing import TYPE_CHECKING, Annotated

import strawberry

import schema.problems  # noqa: F401  Assurance must have its place in the schema before it is used here
from domain.acting import Assurance, CapacityKind
from domain.identifiers import DocumentKind
from resolvers import people as resolvers

if TYPE_CHECKING:
    from schema.mandates import Mandate

strawberry.enum(DocumentKind)
strawberry.enum(
    CapacityKind, description="In which capacity somebody acts. SYSTEM: the product or a department's system, nobody's session."
)


@strawberry.type
class Organisation:
    id: strawberry.ID
    name: str = strawberry.field(resolver=resolvers.organisation_name)


@strawberry.type(description="name is masked as 张* unless the viewer is that person, acts for them or has taken the case.")
class Person:
    id = strawberry.field(
        graphql_type=strawberry.ID, resolver=resolvers.person_id, description="Not the same in another organisation's sessions."
    )
    name: str = strawberry.field(resolver=resolvers.name)
    document_kind: DocumentKind
    masked_document_number: str = strawberry.field(description="Masked for everyone.")


@strawberry.type(description="Who did it, as far as this viewer is told. assurance as it was then; null for SYSTEM.")
class Actor:
    name: str = strawberry.field(resolver=resolvers.actor_name)
    capacity: CapacityKind
    organisation: Organisation | None
    is_viewer: bool = strawberry.field(resolver=resolvers.is_viewer)
    assurance: Assurance | None
    on_behalf_of: Person | None
    mandate = strawberry.field(
        graphql_type=Annotated["Mandate", strawberry.lazy("schema.mandates")] | None,
        resolver=resolvers.actor_mandate,
        description="For those between whom it is.",
    )
