"""Issuing: from an approved item to a signed certificate, exactly once, however often it is tried and wherever it is broken off.

The record is kept first, under an id made from the case; everything after it is made from the kept record. So a second attempt, and a
second worker, print the same number and identifier, and of two prints the first one kept stays.
"""

from dataclasses import dataclass

from domain.certificates.certificate import Certificate, CertificateStatus, Issuance, new_certificate, printed
from domain.certificates.identifier import LicenceCodes
from domain.certificates.stores import Certificates
from domain.clock import Now
from domain.ports import Documents, Signer
from domain.wording import Wording
from domain.words import Language, Text


@dataclass(frozen=True, slots=True)
class CertificateOffice:
    certificates: Certificates
    documents: Documents
    signer: Signer
    wording: Wording
    codes: LicenceCodes
    check_url: str
    now: Now

    async def issue(self, on: Issuance) -> Certificate:
        """Raises NoAnswer if it cannot be printed or signed just now; trying again goes on where it stopped."""
        certificate = await self.certificates.add(new_certificate(on, self.codes, at=self.now()), portrait=on.portrait)
        if await self.certificates.pdf(certificate) is None:
            await self.certificates.keep_pdf(certificate, await self._printed_and_signed(certificate))
        return certificate

    async def revoke(self, certificate: Certificate) -> None:
        await self.certificates.mark(certificate, CertificateStatus.REVOKED)

    async def _printed_and_signed(self, certificate: Certificate) -> bytes:
        portrait = await self.certificates.portrait(certificate)
        page = await self.documents.certificate(printed(certificate, portrait=portrait, check_url=self.check_url))
        reason = self.wording.say(Text("certificate.signature-reason"), Language.ZH_HANS)
        return await self.signer.sign_pdf(page, reason=reason)
