"""Keys that are files: those that seal, kept outside the store, with a set made for a laptop; and the secrets of the departments."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from api.settings import DEVELOPMENT_MARKER, PREFIX, BadSettings
from domain.catalogue.types import Catalogue, ItemMode
from integrations.followed_files import Followed
from integrations.sealing import Keys, Sealing

KEY_BYTES = 32
SECRET_MARK = "whsec_"
LEAST_SECRET_BYTES = 24
"""Both after Standard Webhooks."""
WHAT_A_SECRET_IS = f"{SECRET_MARK} and the base64 of at least {LEAST_SECRET_BYTES} bytes"


def sealing(file: Path) -> Sealing:
    """{"current": id, "keys": {id: base64}, "hash_key": base64}, each of 32 bytes. Raises BadSettings.

    Read again whenever it changes; only `hash_key` stays as it was at the start.
    """
    keys = Followed(file, read_sealing_keys, BadSettings)
    return Sealing(keys, hash_key=_key(_load(file)["hash_key"]))


def read_sealing_keys(file: Path) -> Keys:
    """Raises BadSettings."""
    found = _load(file)
    try:
        keys = {str(key_id): _key(text) for key_id, text in found["keys"].items()}
        current = str(found["current"])
        _key(found["hash_key"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadSettings([f"{file} is not a file of sealing keys: {error}"]) from error
    if current not in keys:
        raise BadSettings([f"{file} names {current!r} as its current key, and does not hold it"])
    return Keys(keys, current)


def add_sealing_key(file: Path, *, today: date) -> str:
    """A fresh key in front of the others, named after the day; it seals from now on, and the others still open. Raises BadSettings."""
    known = read_sealing_keys(file)
    names = chain([today.isoformat()], (f"{today.isoformat()}-{number}" for number in count(2)))
    fresh = next(name for name in names if name not in known.by_id)
    found = _load(file)
    written = found | {"current": fresh, "keys": {fresh: _fresh(), **found["keys"]}}
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        json.dump(written, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
    return fresh


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


def _load(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise BadSettings([f"{file} is not a file of sealing keys: {error}"]) from error
    if not isinstance(found, dict):
        raise BadSettings([f"{file} is not a file of sealing keys: it holds no object"])
    return found


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
