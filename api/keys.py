"""Keys that are files: those that seal, kept outside the store, with a set made for a laptop; and the secrets of the departments."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from api.settings import DEVELOPMENT_MARKER, PREFIX, BadSettings
from domain.catalogue.types import Catalogue, ItemMode
from integrations.sealing import Sealing

KEY_BYTES = 32
SECRET_MARK = "whsec_"
LEAST_SECRET_BYTES = 24
"""Both after Standard Webhooks."""
WHAT_A_SECRET_IS = f"{SECRET_MARK} and the base64 of at least {LEAST_SECRET_BYTES} bytes"


def sealing(file: Path) -> Sealing:
    """{"current": id, "keys": {id: base64}, "hash_key": base64}, each of 32 bytes. Raises BadSettings."""
    try:
        found = json.loads(file.read_bytes())
        keys = {str(key_id): _key(text) for key_id, text in found["keys"].items()}
        current = str(found["current"])
        hash_key = _key(found["hash_key"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadSettings([f"{file} is not a file of sealing keys: {error}"]) from error
    if current not in keys:
        raise BadSettings([f"{file} names {current!r} as its current key, and does not hold it"])
    return Sealing(keys=keys, current=current, hash_key=hash_key)


def demand_department_secrets(given: Mapping[str, str], catalogues: Iterable[Catalogue]) -> None:
    """Told at start rather than to the first citizen whose item cannot be handed over. Raises BadSettings, which names every fault."""
    needed = _handed_to(catalogues)
    faults = [f"has no secret for {code}, to which items are handed off" for code in sorted(needed - given.keys())]
    faults += [f"has a secret for {code} that is not {WHAT_A_SECRET_IS}" for code in sorted(given) if not _signs(given[code])]
    if faults:
        raise BadSettings([f"{PREFIX}DEPARTMENT_SECRETS {fault}" for fault in faults])


def development_sealing() -> str:
    """The text of such a file with fresh keys."""
    current = f"{DEVELOPMENT_MARKER}-1"
    return json.dumps({"current": current, "keys": {current: _fresh()}, "hash_key": _fresh()}, indent=2)


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {len(key)} bytes, not {KEY_BYTES}")
    return key


def _fresh() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _handed_to(catalogues: Iterable[Catalogue]) -> set[str]:
    """The departments that decide something or are asked; guidance is given without them."""
    items = (item for catalogue in catalogues for item in catalogue.items.values())
    return {item.department for item in items if item.mode is not ItemMode.GUIDANCE}


def _signs(secret: str) -> bool:
    """Whether the library reads the same key from it as the other side does: by itself it takes any text, and skips odd letters in it."""
    text = secret.removeprefix(SECRET_MARK).rstrip("=")
    try:
        key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    return secret.startswith(SECRET_MARK) and len(key) >= LEAST_SECRET_BYTES
