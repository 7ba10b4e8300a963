"""Issuing on real parts: one certificate for one case, whatever is tried at once or broken off."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from domain.certificates.certificate import CertificateStatus
from domain.certificates.identifier import PLACEHOLDER_CODES
from domain.certificates.office import CertificateOffice
from domain.ports import CertificateContent, Documents, NoAnswer, Signer
from domain.wording import Wording
from domain.words import Message, Words
from integrations.documents.renderer import TypstDocuments
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from integrations.signing import KeyFiles, make_development_signer, verify
from tests.certificates import CHECK_URL, LI, Office, issuance, open_office
from tests.printed import words

WORDING = Wording({"certificate.signature-reason": Message(Words("签发电子退休证", "簽發電子退休證", "Issue"))})


@dataclass(slots=True)
class Breaking:
    """Documents and signer that are killed before they have answered, or after, as often as `breaks` says; then the real ones."""

    documents: Documents
    signer: Signer
    breaks: list[str] = field(default_factory=list)

    async def certificate(self, content: CertificateContent) -> bytes:
        self._break("before printing")
        page = await self.documents.certificate(content)
        self._break("after printing")
        return page

    def qr_svg(self, text: str) -> str:
        return self.documents.qr_svg(text)

    async def sign_pdf(self, pdf: bytes, *, reason: str) -> bytes:
        signed = await self.signer.sign_pdf(pdf, reason=reason)
        self._break("after signing")
        return signed

    def _break(self, where: str) -> None:
        if where in self.breaks:
            self.breaks.remove(where)
            raise NoAnswer("test", where)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFiles:
    return make_development_signer(tmp_path_factory.mktemp("keys"), now=datetime.now().astimezone())


@pytest.fixture(scope="module")
async def documents() -> AsyncIterator[TypstDocuments]:
    rendering = TypstDocuments()
    yield rendering
    rendering.close()


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


@pytest.fixture
def issuing(office: Office, documents: TypstDocuments, keys: KeyFiles) -> CertificateOffice:
    return CertificateOffice(office.certificates, documents, keys.signer(), WORDING, PLACEHOLDER_CODES, CHECK_URL, office.clock)


@pytest.mark.row("B10")
async def test_an_issued_certificate_is_a_document_that_the_issuer_signed(issuing: CertificateOffice, keys: KeyFiles) -> None:
    issued = await issuing.issue(issuance())

    pdf = await issuing.certificates.pdf(issued)
    assert pdf
    assert (await verify(pdf, trust=keys.trust)).name == "掌办 DEVELOPMENT issuer, no legal effect"
    assert issued.licence_identifier in words(pdf)


async def test_many_workers_at_once_issue_one_certificate(issuing: CertificateOffice, database: Database) -> None:
    issued = await asyncio.gather(*(issuing.issue(issuance()) for _ in range(10)))

    assert {certificate.number for certificate in issued} == {"TXGX20267F3A"}
    assert await database["certificates"].count_documents({}) == 1
    assert await database["certificate_files"].count_documents({}) == 1


@pytest.mark.parametrize("where", ["before printing", "after printing", "after signing"])
async def test_what_was_broken_off_is_finished_with_the_first_record(issuing: CertificateOffice, office: Office, where: str) -> None:
    breaking = Breaking(issuing.documents, issuing.signer, [where])
    unlucky = replace(issuing, documents=breaking, signer=breaking)
    with pytest.raises(NoAnswer):
        await unlucky.issue(issuance())
    begun_at = office.clock()
    office.clock.wind(days=1)

    changed = replace(issuance(), holder=replace(LI, id="person-zhang"), portrait=b"other")
    finished = await unlucky.issue(changed)

    assert (finished.issued_at, finished.holder.name) == (begun_at, "张丰年")
    pdf = await office.certificates.pdf(finished)
    assert pdf
    assert "张丰年" in words(pdf)


async def test_a_finished_certificate_is_not_printed_again(issuing: CertificateOffice, office: Office) -> None:
    issued = await issuing.issue(issuance())
    first = await office.certificates.pdf(issued)
    never = Breaking(issuing.documents, issuing.signer, ["before printing"])

    again = await replace(issuing, documents=never).issue(issuance())

    assert (again, await office.certificates.pdf(again)) == (issued, first)


async def test_a_revoked_certificate_stays_revoked_when_it_is_issued_again(issuing: CertificateOffice) -> None:
    await issuing.revoke(await issuing.issue(issuance()))

    assert (await issuing.issue(issuance())).status is CertificateStatus.REVOKED


def test_the_wording_that_signs_is_in_the_catalogue() -> None:
    written = (Path(__file__).parents[2] / "catalogue" / "national" / "messages" / "certificates.toml").read_text(encoding="utf-8")

    assert "[certificate.signature-reason]" in written
