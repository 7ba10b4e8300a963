"""A signature leaves a certificate the version of PDF that it was written in: PDF/A-2 is built on 1.7, and knows no 2.0."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.certificates.certificate import printed
from integrations.documents.renderer import TypstDocuments
from integrations.signing import make_development_signer, verify
from tests.certificates import CHECK_URL, certificate
from tests.printed import read

NOW = datetime.now(UTC)


@pytest.mark.row("B10")
async def test_a_signed_certificate_stays_at_its_version_of_pdf(tmp_path: Path) -> None:
    documents, keys = TypstDocuments(), make_development_signer(tmp_path, now=NOW)
    page = await documents.certificate(printed(certificate(NOW), portrait=None, check_url=CHECK_URL))
    documents.close()

    signed = await keys.signer().sign_pdf(page, reason="签发电子退休证")

    assert page.startswith(b"%PDF-1.7")
    assert "/Version" not in read(signed).root_object
    assert {name: said["/BaseVersion"] for name, said in read(signed).root_object["/Extensions"].items()} == {"/ESIC": "/1.7"}
    assert (await verify(signed, trust=keys.trust)).name == "掌办 DEVELOPMENT issuer, no legal effect"
