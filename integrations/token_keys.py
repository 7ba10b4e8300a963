"""The keys of our tokens: one JSON file of private keys (RFC 7517), read again whenever it changes, so that no process need be restarted.

Ed25519 keys sign access tokens, `oct` keys make refresh tokens. Of each kind the first makes and all verify: a new one in front and the
former behind it log nobody out. The file holds the secrets in the clear; who can read it can sign in as anybody.
"""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from integrations.followed_files import Followed

FORMER_KEYS = 3
KEY_BYTES = 32


class BadTokenKeys(Exception):
    """The file is not there, or not one of ours."""


class _Signing(Struct, frozen=True, tag_field="kty", tag="OKP"):
    kid: str
    x: str
    d: str
    crv: Literal["Ed25519"] = "Ed25519"


class _Refresh(Struct, frozen=True, tag_field="kty", tag="oct"):
    kid: str
    k: str


class _File(Struct, frozen=True):
    keys: tuple[_Signing | _Refresh, ...]

    def signing(self) -> tuple[_Signing, ...]:
        return tuple(key for key in self.keys if isinstance(key, _Signing))

    def refresh(self) -> tuple[_Refresh, ...]:
        return tuple(key for key in self.keys if isinstance(key, _Refresh))


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """`kid` and `signing` are of the first; `verifying`: all, by key id."""

    kid: str
    signing: Ed25519PrivateKey = field(repr=False)
    verifying: Mapping[str, Ed25519PublicKey]
    refresh: tuple[bytes, ...] = field(repr=False)

    def public(self) -> dict[str, list[dict[str, str]]]:
        """For /.well-known/jwks.json."""
        return {"keys": [_public(kid, key) for kid, key in self.verifying.items()]}


class KeyFile:
    def __init__(self, path: Path) -> None:
        """Raises BadTokenKeys."""
        self._file = Followed(path, read_keys, BadTokenKeys)

    def keys(self) -> TokenKeys:
        """As the file says now. One that is damaged later changes nothing, and is told once."""
        return self._file.now()

    def refresh_keys(self) -> tuple[bytes, ...]:
        return self.keys().refresh


def read_keys(path: Path) -> TokenKeys:
    """Raises BadTokenKeys, in whose text no key stands."""
    found = _load(path)
    try:
        signing = {key.kid: Ed25519PrivateKey.from_private_bytes(_bytes(key.d)) for key in found.signing()}
        refresh = tuple(_bytes(key.k) for key in found.refresh())
    except ValueError:
        raise BadTokenKeys(f"{path} holds a key that is none") from None
    if not signing or not refresh or min(map(len, refresh)) < KEY_BYTES:
        raise BadTokenKeys(f"{path} needs an Ed25519 key and an oct key of {KEY_BYTES} bytes or more")
    first = next(iter(signing))
    return TokenKeys(first, signing[first], {kid: key.public_key() for kid, key in signing.items()}, refresh)


def fresh_keys(kid: str) -> str:
    """The text of a new file: one key of each kind."""
    refresh = _Refresh(f"{kid}-refresh", _base64(secrets.token_bytes(KEY_BYTES)))
    return msgspec.json.encode(_File((_new_signing(kid), refresh))).decode()


def rotate(path: Path, *, kid: str) -> None:
    """A new key for access tokens in front, a few former ones behind it. Raises BadTokenKeys, and then the file is as it was."""
    read_keys(path)
    found = _load(path)
    rotated = _File((_new_signing(kid), *found.signing()[:FORMER_KEYS], *found.refresh()))
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(msgspec.json.encode(rotated))
    new.replace(path)


def _load(path: Path) -> _File:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BadTokenKeys(f"{path} is not a file of token keys ({type(error).__name__})") from None


def _new_signing(kid: str) -> _Signing:
    key = Ed25519PrivateKey.generate()
    return _Signing(kid, x=_base64(key.public_key().public_bytes_raw()), d=_base64(key.private_bytes_raw()))


def _public(kid: str, key: Ed25519PublicKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": _base64(key.public_bytes_raw())}


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
