"""Where the signed PDF is fetched, with the session's token only: what is not there and what is not yours look the same."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.problems import PRIVATE, ActingOf, PrivateEdge
from domain.acting import Acting
from domain.certificates.certificate import Certificate
from domain.certificates.desk import CertificateDesk
from domain.wording import Wording, language_of
from domain.words import Language, Text


@dataclass(frozen=True)
class _CertificateEdge:
    desk: CertificateDesk
    edge: PrivateEdge

    async def get(self, request: Request) -> Response:
        return await self.edge.answered(request, self._give, not_signed_in="refusal.not-signed-in")

    async def _give(self, request: Request, acting: Acting) -> Response:
        certificate, pdf = await self.desk.pdf(request.path_params["id"], by=acting)
        named = self._named(certificate, language_of(request.headers.get("Accept-Language")))
        return Response(pdf, media_type="application/pdf", headers=PRIVATE | {"Content-Disposition": named})

    def _named(self, certificate: Certificate, language: Language) -> str:
        """Twice, after RFC 6266: for clients that read letters beyond ASCII, and for those that do not."""
        name = self.edge.wording.say(Text("certificate.file-name", {"number": certificate.number}), language)
        return f"attachment; filename=\"{certificate.number}.pdf\"; filename*=UTF-8''{quote(name, safe='')}.pdf"


def certificate_routes(desk: CertificateDesk, acting_of: ActingOf, wording: Wording) -> list[Route]:
    return [Route("/certificates/{id}.pdf", _CertificateEdge(desk, PrivateEdge(acting_of, wording)).get, methods=["GET"])]
