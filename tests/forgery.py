"""Tokens as no honest library would make them: any header, any payload, any signature."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

Sign = Callable[[bytes], bytes]


def segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: object, payload: object, sign: Sign) -> str:
    signed = f"{segment(header)}.{segment(payload)}"
    return f"{signed}.{segment(sign(signed.encode()))}"


def unsigned(data: bytes) -> bytes:
    return b""


def hs256(secret: bytes) -> Sign:
    return lambda data: hmac.new(secret, data, sha256).digest()


def es256(key: EllipticCurvePrivateKey) -> Sign:
    def sign(data: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(data, ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return sign
