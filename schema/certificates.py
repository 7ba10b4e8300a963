"""The certificate as the contract shows it."""

from typing import Annotated

import strawberry

from domain.certificates import certificate as domain
from domain.certificates import showing
from resolvers import certificates as resolvers
from schema.pages import PageInfo
from schema.people import Person
from schema.problems import InvalidForm, Refusal
from schema.scalars import DateTime

strawberry.enum(domain.CertificateStatus)


@strawberry.type(description="Who looked, where, and when.")
class CertificateView:
    id: strawberry.ID
    at: DateTime
    by: str = strawberry.field(resolver=resolvers.viewed_by)
    place: str | None
    purpose: str | None


@strawberry.type
class CertificateViewEdge:
    cursor: str
    node: CertificateView


@strawberry.type
class CertificateViewConnection:
    edges = strawberry.field(graphql_type=list[CertificateViewEdge], resolver=resolvers.view_edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=resolvers.view_page_info)


@strawberry.type
class Certificate:
    id: strawberry.ID
    number: str
    licence_identifier: str
    status: domain.CertificateStatus
    status_text: str = strawberry.field(resolver=resolvers.status_text)
    holder: Person
    issued_at: DateTime
    issuer: str = strawberry.field(resolver=resolvers.issuer)
    pdf_url: str = strawberry.field(description="Where the signed PDF is fetched, with the session's token.")
    views = strawberry.field(
        graphql_type=CertificateViewConnection, resolver=resolvers.views, description="To its holder; empty to others."
    )


@strawberry.type(description="A code to show: new each time, used once, short-lived; count livesSeconds down, not to the phone's clock.")
class Presentation:
    id: strawberry.ID
    code: str
    url: str
    qr_svg: str = strawberry.field(resolver=resolvers.qr_svg)
    expires_at: DateTime
    lives_seconds: int

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, showing.Presentation)


@strawberry.type(description="All that a verifier without an account is told; unknown, used and expired look the same.")
class CertificateCheck:
    genuine: bool
    status: domain.CertificateStatus | None
    holder: str | None
    issuer: str | None = strawberry.field(resolver=resolvers.check_issuer)
    issued_at: DateTime | None

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, showing.Check)


PresentationResult = Annotated[Presentation | Refusal | InvalidForm, strawberry.union("PresentationResult")]
CertificateCheckResult = Annotated[CertificateCheck | Refusal | InvalidForm, strawberry.union("CertificateCheckResult")]


@strawberry.type
class CertificateQuery:
    certificate = strawberry.field(graphql_type=Certificate | None, resolver=resolvers.certificate)
    certificates = strawberry.field(
        graphql_type=list[Certificate], resolver=resolvers.certificates, description="The person's own, the valid one first."
    )


@strawberry.type
class CertificateMutation:
    present_certificate = strawberry.field(graphql_type=PresentationResult, resolver=resolvers.present)
    check_certificate = strawberry.field(
        graphql_type=CertificateCheckResult,
        resolver=resolvers.check,
        description="It uses the code up and is recorded, so it is no query. Needs no account.",
    )
