"""The issuer's signature (PAdES B-B) on a PDF. The key is a PKCS#12 file in development, later PKCS#11 or a service.

The signature is an incremental update whose field lies outside the page, so that a tagged PDF/A stays one.
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FIELD = "Issuer"
DEVELOPMENT_PASSPHRASE = b"development only"


class NotGenuine(Exception):
    """No signature of a trusted issuer covers the whole document as it is."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    name: str
    at: datetime


class _Addition(IncrementalPdfFileWriter):
    """Leaves the metadata as it is: rewritten by pyHanko, what makes the document PDF/A would stand there in other words."""

    def _update_meta(self) -> None:
        return


class _Signing(PdfSigner):
    """Declares PAdES, which is an extension of PDF 1.7, and nothing else.

    For a key on P-256 pyHanko would declare ISO/TS 32002 as well, and make it a file of PDF 2.0; PDF/A-2 is built on 1.7.
    """

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


@dataclass(frozen=True, slots=True)
class Pkcs12Signer:
    """Satisfies ports.Signer. Signing takes some 50 ms and runs in a thread."""

    key: SimpleSigner

    @classmethod
    def load(cls, file: Path, *, passphrase: bytes) -> "Pkcs12Signer":
        """Raises ValueError for a file that is no key or has another passphrase."""
        key = SimpleSigner.load_pkcs12(file, passphrase=passphrase)  # type: ignore[no-untyped-call]
        if key is None:
            raise ValueError(f"{file.name} is no PKCS#12 file, or its passphrase is another")
        return cls(key)

    @property
    def valid(self) -> tuple[datetime, datetime]:
        """From when until when anybody believes its signature."""
        certificate: Any = self.key.signing_cert
        return certificate.not_valid_before, certificate.not_valid_after

    async def sign_pdf(self, pdf: bytes, *, reason: str) -> bytes:
        return await asyncio.to_thread(self._sign, pdf, reason)

    def _sign(self, pdf: bytes, reason: str) -> bytes:
        outside = SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True), readable_field_name=reason)
        how = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason)
        signed = io.BytesIO()
        _Signing(how, self.key, new_field_spec=outside).sign_pdf(_Addition(io.BytesIO(pdf)), output=signed)
        return signed.getvalue()


async def verify(pdf: bytes, *, trust: Path) -> SignedBy:
    """Who signed the whole of this document, and when. `trust`: PEM of the certificate authority. Raises NotGenuine.

    A signature can be sound while bytes were appended after it: what it covers is asked as well.
    """
    try:
        (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        authority = load_cert_from_pemder(trust)  # type: ignore[no-untyped-call]
        context = ValidationContext(trust_roots=[authority], allow_fetching=False)
        status = await async_validate_pdf_signature(signature, context)
    except (PdfError, ValueError) as error:
        raise NotGenuine("not a document with one signature") from error
    if not status.bottom_line or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE or status.signer_reported_dt is None:
        raise NotGenuine(f"{status.summary()}, covers {status.coverage}")
    return SignedBy(status.signing_cert.subject.native["common_name"], status.signer_reported_dt)


# ---------------------------------------------------------------- development


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """`key`: PKCS#12 of the issuer; `trust`: PEM of the authority that vouches for it."""

    key: Path
    trust: Path
    passphrase: bytes

    def signer(self) -> Pkcs12Signer:
        return Pkcs12Signer.load(self.key, passphrase=self.passphrase)


def make_development_signer(folder: Path, *, now: datetime) -> KeyFiles:
    """Keys for a laptop, made once per folder: an authority of our own and an issuer, both named as development."""
    files = KeyFiles(folder / "development-signer.p12", folder / "development-authority.pem", DEVELOPMENT_PASSPHRASE)
    if not files.key.exists():
        _write_keys(files, now)
    return files


def _write_keys(files: KeyFiles, now: datetime) -> None:
    authority_key, issuer_key = _new_key(), _new_key()
    authority = _certificate("掌办 DEVELOPMENT authority", authority_key, now, by=None, by_key=authority_key)
    issuer = _certificate("掌办 DEVELOPMENT issuer, no legal effect", issuer_key, now, by=authority, by_key=authority_key)
    encryption = BestAvailableEncryption(files.passphrase)
    files.key.parent.mkdir(parents=True, exist_ok=True)
    _put(files.trust, authority.public_bytes(Encoding.PEM))
    _put(files.key, pkcs12.serialize_key_and_certificates(b"issuer", issuer_key, issuer, [authority], encryption))


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, now: datetime, *, by: x509.Certificate | None, by_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """An authority's own certificate if nobody else vouches for it (`by`)."""
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_authority = by is None
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
        .sign(by_key, hashes.SHA256())
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _put(file: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner alone."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(content)
    unfinished.replace(file)
