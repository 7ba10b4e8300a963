"""The sealing keys: a JSON file kept outside the store, and a set made for a laptop."""

import json
import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from api.settings import DEVELOPMENT_MARKER, BadSettings
from integrations.sealing import Sealing

KEY_BYTES = 32


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
