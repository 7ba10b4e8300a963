"""Anchors as files outside the database, one a day, signed with the issuer's key; whoever has the file can check it."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from domain.cases.anchors import Anchor
from domain.clock import day_in_china

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PADDING = padding.PKCS1v15()


class NotAnAnchor(Exception):
    """Not there, not one of ours, or altered since it was signed."""


class _File(msgspec.Struct, frozen=True):
    anchor: Anchor
    certificate: str
    signature: str


@dataclass(frozen=True, slots=True)
class SignedAnchor:
    """`signer`: the certificate's subject and SHA-256, for a person to compare."""

    anchor: Anchor
    signer: str


@dataclass(frozen=True, slots=True)
class AnchorFolder:
    folder: Path
    key: PrivateKey = field(repr=False)
    certificate: x509.Certificate

    @classmethod
    def of(cls, folder: Path, *, signer: Path, passphrase: bytes) -> "AnchorFolder":
        """Raises ValueError for a file that holds no key of ours to sign with."""
        key, certificate, _ = pkcs12.load_key_and_certificates(signer.read_bytes(), passphrase)
        if certificate is None or not isinstance(key, PrivateKey):
            raise ValueError(f"{signer.name} holds no key (EC or RSA) with its certificate")
        return cls(folder, key, certificate)

    def newest(self) -> Anchor | None:
        """Raises NotAnAnchor."""
        files = sorted(self.folder.glob("anchor-*.json"))
        return read_anchor(files[-1]).anchor if files else None

    def keep(self, anchor: Anchor) -> bool:
        """False: another process has written the one of that day."""
        pem = self.certificate.public_bytes(Encoding.PEM).decode()
        content = msgspec.json.encode(_File(anchor, pem, b64encode(self._signed(anchor.root.encode())).decode()))
        unfinished = self.folder / f".{anchor.root}"
        unfinished.write_bytes(content)
        try:
            (self.folder / f"anchor-{day_in_china(anchor.at)}.json").hardlink_to(unfinished)
        except FileExistsError:
            return False
        finally:
            unfinished.unlink()
        return True

    def _signed(self, message: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(message, ec.ECDSA(SHA256()))
        return self.key.sign(message, PADDING, SHA256())


def read_anchor(file: Path) -> SignedAnchor:
    """Raises NotAnAnchor."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_File)
        certificate = x509.load_pem_x509_certificate(found.certificate.encode())
        _verify(certificate, b64decode(found.signature), found.anchor.root.encode())
    except (OSError, ValueError, InvalidSignature) as error:
        raise NotAnAnchor(f"{file} is no anchor that we signed: {type(error).__name__}") from error
    if not found.anchor.whole:
        raise NotAnAnchor(f"{file} was altered: its root is not that of its cases")
    return SignedAnchor(found.anchor, f"{certificate.subject.rfc4514_string()} ({certificate.fingerprint(SHA256()).hex()})")


def _verify(certificate: x509.Certificate, signature: bytes, message: bytes) -> None:
    """Raises InvalidSignature, ValueError."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, message, ec.ECDSA(SHA256()))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, PADDING, SHA256())
    else:
        raise ValueError("a certificate of another kind")
