"""The certificate: read by its holder, shown with a code, checked by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry
from strawberry import ID, UNSET, Parent

from domain.certificates.certificate import Certificate
from domain.certificates.showing import Check, Presentation, Verifier
from domain.certificates.views import View, ViewPage, cursor_of
from resolvers.context import Info
from resolvers.pages import PageInfo, page_info


@strawberry.input
class CheckCertificateInput:
    code: str
    purpose: str | None = UNSET


@dataclass(frozen=True, slots=True)
class ViewEdge:
    cursor: str
    node: View


async def certificate(info: Info, id: ID) -> Certificate | None:
    return await info.context.desks.certificates.one(id, by=info.context.acting)


async def certificates(info: Info) -> Sequence[Certificate]:
    return await info.context.desks.certificates.mine(info.context.acting)


async def present(info: Info, request_id: ID, certificate_id: ID) -> Presentation:
    return await info.context.desks.certificates.present(certificate_id, by=info.context.must_act(), request=request_id)


async def check(info: Info, request_id: ID, input: CheckCertificateInput) -> Check:
    desk = info.context.desks.certificates.checks
    return await desk.check(input.code, by=_verifier(info), request=request_id, purpose=input.purpose or None)


def _verifier(info: Info) -> Verifier:
    context = info.context
    person = context.acting.person if context.acting else None
    return Verifier(counted=context.address, known=context.caller, place=context.place, person=person)


def status_text(certificate: Parent[Certificate], info: Info) -> str:
    return info.context.say(f"certificate.status.{certificate.status}")


def issuer(of: Parent[Certificate], info: Info) -> str:
    return info.context.say(of.issuer)


def check_issuer(check: Parent[Check], info: Info) -> str | None:
    return info.context.say(check.issuer) if check.issuer else None


def qr_svg(presentation: Parent[Presentation], info: Info) -> str:
    return info.context.desks.certificates.qr_svg(presentation)


async def views(certificate: Parent[Certificate], info: Info, first: int = 20, after: str | None = None) -> ViewPage:
    return await info.context.desks.certificates.views(certificate, by=info.context.acting, first=first, after=after)


def viewed_by(view: Parent[View], info: Info) -> str:
    return info.context.say(view.by)


def view_edges(page: Parent[ViewPage]) -> Sequence[ViewEdge]:
    return [ViewEdge(cursor_of(view), view) for view in page.views]


def view_page_info(page: Parent[ViewPage]) -> PageInfo:
    return page_info([cursor_of(view) for view in page.views], more=page.more, later=page.later)
