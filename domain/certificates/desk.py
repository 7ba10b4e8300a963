"""What holders can do with their certificate: read it, show it, see who looked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.acting import Acting, Assurance, CapacityKind
from domain.certificates.certificate import Certificate, CertificateStatus, refuse_unless_valid
from domain.certificates.checking import CheckDesk, kept_as
from domain.certificates.codes import code_from, grouped
from domain.certificates.showing import LIVES, Keyed, Presentation, Showing
from domain.certificates.stores import Certificates, Showings, Views
from domain.certificates.views import MOST_AT_ONCE, ViewPage, order_of
from domain.clock import Now
from domain.errors import Conflict, NotFound, Unavailable
from domain.looks.look import Looks, Purpose, look_of
from domain.ports import Documents
from domain.sessions.request import read_request


@dataclass(frozen=True, slots=True)
class CertificateDesk:
    """`check_url`: the public address of the page on which anybody may check; a code follows it. `checks`: what others can do.

    `recent`: how lately holders must have proved who they are to show it.
    """

    certificates: Certificates
    showings: Showings
    looks: Views
    checks: CheckDesk
    documents: Documents
    keyed: Keyed
    check_url: str
    now: Now
    recent: Callable[[], timedelta]
    noted: Looks

    async def mine(self, by: Acting | None) -> Sequence[Certificate]:
        """The valid one first, then newest first."""
        owner = _owner(by)
        found = await self.certificates.of_person(owner) if owner else ()
        await self._note(found, by)
        return sorted(found, key=lambda certificate: certificate.status is not CertificateStatus.VALID)

    async def one(self, id: str, *, by: Acting | None) -> Certificate | None:
        """None: not there, or not theirs."""
        owner = _owner(by)
        found = await self.certificates.several([id], person=owner) if owner else ()
        await self._note(found, by)
        return next(iter(found), None)

    async def _note(self, found: Sequence[Certificate], by: Acting | None) -> None:
        """A guardian looks at what is their ward's."""
        if found and by:
            look = look_of(by, person=found[0].person, purpose=Purpose.READ_CERTIFICATE, at=self.now())
            await self.noted.note([look] if look else [])

    async def views(self, certificate: Certificate, *, by: Acting | None, first: int, after: str | None) -> ViewPage:
        """Empty for anyone but the holder, who may see the certificate with a case."""
        if certificate.person != _owner(by):
            return ViewPage((), more=False, later=False)
        return await self.looks.page(certificate, first=min(max(first, 0), MOST_AT_ONCE), after=order_of(after))

    async def pdf(self, id: str, *, by: Acting) -> tuple[Certificate, bytes]:
        certificate = await self._theirs(id, by)
        pdf = await self.certificates.pdf(certificate)
        if pdf is None:
            raise Unavailable("certificate.being-printed", retry_after_seconds=5)
        return certificate, pdf

    async def present(self, id: str, *, by: Acting, request: str) -> Presentation:
        """Needs the person themselves, proved lately. The code follows from person and request: asked again, it is the same."""
        asked = read_request(request, "present", id)
        certificate = await self._theirs(id, by)
        now = self.now()
        by.require(Assurance.L3, within=self.recent(), now=now)
        refuse_unless_valid(certificate)
        code = code_from(bytes.fromhex(self.keyed.fingerprint(f"{certificate.person}\x00{asked.id}", purpose="certificate-code")))
        showing = await self.showings.add(Showing(kept_as(code, self.keyed), certificate.id, certificate.person, now + LIVES))
        if showing.certificate != certificate.id:
            raise Conflict("refusal.request-reused")
        return self._shown(showing, grouped(code), now=now)

    def _shown(self, showing: Showing, code: str, *, now: datetime) -> Presentation:
        left = max(timedelta(), showing.expires_at - now)
        return Presentation(
            f"presentation-{showing.id[:32]}", code, f"{self.check_url}/{code}", showing.expires_at, int(left.total_seconds())
        )

    def qr_svg(self, presentation: Presentation) -> str:
        return self.documents.qr_svg(presentation.url)

    async def _theirs(self, id: str, by: Acting) -> Certificate:
        certificate = await self.one(id, by=by)
        if certificate is None:
            raise NotFound("certificate.not-found")
        return certificate


def _owner(by: Acting | None) -> str | None:
    """Whose certificates this session may read: one's own, once name and number have been checked; a ward's, as their guardian."""
    if by is None or by.person is None:
        return None
    if by.capacity is CapacityKind.PROXY and by.mandate is None:
        return by.on_behalf_of
    return by.person.id if by.capacity is CapacityKind.SELF else None
