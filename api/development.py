"""The settings of the demonstration: everything on this machine, with keys made once and kept in the data folder."""

import json
import shutil
import tomllib
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from api.children import CannotRun
from api.keys import development_sealing
from api.keys import sealing as read_sealing
from api.ports import LOOPBACK, noted
from api.settings import DEVELOPMENT_MARKER, PREFIX, BadSettings
from domain.certificates.identifier import PLACEHOLDER_CODES
from integrations.sealing import CannotOpen, Sealing

PORTS_FILE = "ports.json"
PARTS = ("store", "valkey", "mocks", "worker")
ANY_PORT = 8000
CANARY = "sealed"
"""The file, beside the store, that only the keys open with which the store was begun."""
BEGIN_AFRESH = "begin afresh with another folder (DATA=…)"
UNREADABLE = (BadSettings, OSError, ValueError)

Key = TypeVar("Key")


def environment(data: Path, *, port: int, ports: Mapping[str, int]) -> dict[str, str]:
    """`ports`: by PARTS. Raises CannotRun if a key is damaged, or is not the one that the folder's store was begun with; OSError."""
    outside = f"http://{LOOPBACK}:{ports['mocks']}"
    settings = {
        "MODE": "development",
        "PUBLIC_URL": f"http://{LOOPBACK}:{port}",
        "HOST": LOOPBACK,
        "PORT": str(port),
        "MONGO_URL": f"mongodb://{LOOPBACK}:{ports['store']}",
        "REDIS_URL": f"redis://{LOOPBACK}:{ports['valkey']}",
        **_account("IDENTITY", f"{outside}/identity"),
        **_account("MINI_PROGRAM", f"{outside}/mini-program"),
        **_account("LICENCES", f"{outside}/licences"),
        **_account("REGISTERS", f"{outside}/registers"),
        "DEPARTMENTS_URL": f"{outside}/departments/{{department}}",
        "MESSAGES_URL": f"{outside}/messages",
        "LICENCE_TYPE_CODE": PLACEHOLDER_CODES.type_code,
        "LICENCE_ISSUER_CODE": PLACEHOLDER_CODES.issuer,
        "ALLOWED_HOSTS": f"{LOOPBACK},localhost",
        "INTROSPECTION": "yes",
        "WORKER_METRICS_PORT": str(ports["worker"]),
        **_keys(data),
    }
    return {f"{PREFIX}{name}": value for name, value in settings.items()}


def running_environment(data: Path) -> dict[str, str]:
    """Of the demonstration that runs in that folder, for a command beside it. Raises CannotRun."""
    ports = noted(data / PORTS_FILE)
    if not (ports and (data / "keys").exists()):
        raise CannotRun(f"No demonstration has run in {data}.")
    return environment(data, port=ANY_PORT, ports=ports)


def has_lost_its_store(data: Path) -> bool:
    """It was prepared before, and nothing is in its store."""
    return (data / CANARY).exists() and _is_empty(data / "store")


def _is_empty(folder: Path) -> bool:
    return not (folder.exists() and any(folder.iterdir()))


def _account(name: str, url: str) -> dict[str, str]:
    return {f"{name}_URL": url, f"{name}_CLIENT_ID": "zhangban", f"{name}_SECRET": f"{DEVELOPMENT_MARKER}-{name.lower()}"}


def _keys(data: Path) -> dict[str, str]:
    folder, anchors, departments = data / "keys", data / "anchors", data / "departments.json"
    if not folder.exists():
        if not _is_empty(data / "store"):
            raise CannotRun(f"{data} has a store, but the keys to it are gone; {BEGIN_AFRESH}.")
        _make_keys(folder)
    anchors.mkdir(exist_ok=True)
    departments.write_text(json.dumps({code: _department_secret(code) for code in _departments()}), encoding="utf-8")
    passphrase = _sound(folder / "signer-passphrase", _passphrase)
    _demand_sound_keys(folder, passphrase)
    _demand_former_sealing(data, _sound(folder / "sealing.json", read_sealing))
    return {
        "SEALING_KEYS": str(folder / "sealing.json"),
        "TOKEN_KEYS": str(folder / "tokens.json"),
        "SIGNER": str(folder / "signer.p12"),
        "SIGNER_PASSPHRASE": passphrase,
        "DEPARTMENT_SECRETS": str(departments),
        "ANCHORS": str(anchors),
    }


def _make_keys(folder: Path) -> None:
    """All or none: whoever interrupts it finds no folder."""
    from integrations.signing import make_development_signer  # here, as pyHanko takes two seconds to import
    from integrations.token_keys import fresh_keys

    new = folder.with_name("keys.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    (new / "sealing.json").write_text(development_sealing(), encoding="utf-8")
    (new / "tokens.json").write_text(fresh_keys(f"{DEVELOPMENT_MARKER}-1"), encoding="utf-8")
    signer = make_development_signer(new, now=datetime.now(UTC))
    signer.key.rename(new / "signer.p12")
    (new / "signer-passphrase").write_bytes(signer.passphrase)
    new.rename(folder)


def _demand_sound_keys(folder: Path, passphrase: str) -> None:
    """As far as can be told quickly: a person is told here, rather than by the last words of a child. Raises CannotRun."""
    from integrations.anchor_files import AnchorFolder  # here, as most commands need neither
    from integrations.token_keys import BadTokenKeys, read_keys

    _sound(folder / "tokens.json", read_keys, faults=(BadTokenKeys, ValueError))
    or_else = f", or {folder / 'signer-passphrase'} is not its passphrase"
    _sound(folder / "signer.p12", lambda file: AnchorFolder.of(folder, signer=file, passphrase=passphrase.encode()), or_else=or_else)


def _passphrase(file: Path) -> str:
    """Raises OSError, ValueError. With a zero in it, neither an environment nor the library could take it."""
    text = file.read_text(encoding="utf-8").strip()
    if not text.isprintable():
        raise ValueError("not a line of text")
    return text


def _sound(file: Path, read: Callable[[Path], Key], *, faults: tuple[type[Exception], ...] = UNREADABLE, or_else: str = "") -> Key:
    """What `read` makes of it. Raises CannotRun for its `faults`; `or_else`: what may be wrong instead of the file."""
    try:
        return read(file)
    except faults:
        fault = f"is damaged{or_else}" if file.exists() else "is gone"
        raise CannotRun(f"{file} {fault}; put back the former one, or {BEGIN_AFRESH}.") from None


def _demand_former_sealing(data: Path, sealing: Sealing) -> None:
    """Under other keys everybody the store knows would meet a fault, one after another. Raises CannotRun."""
    store, canary = data / "store", data / CANARY
    if _is_empty(store) or not canary.exists():
        _put(canary, sealing.seal(_mark(sealing), about=CANARY))
    if not _opens(canary.read_bytes(), sealing):
        why = f"{data / 'keys' / 'sealing.json'} does not hold the keys that {store} was begun with ({canary} does not open)"
        raise CannotRun(f"{why}; put back the former one, or {BEGIN_AFRESH}.")


def seal_canary_anew(data: Path, sealing: Sealing) -> None:
    """After a rotation the former key may go from this file too."""
    _put(data / CANARY, sealing.seal(_mark(sealing), about=CANARY))


def _mark(sealing: Sealing) -> bytes:
    """Differs if the key for look-ups does."""
    return sealing.fingerprint(CANARY, purpose=CANARY).encode()


def _opens(canary: bytes, sealing: Sealing) -> bool:
    try:
        return sealing.open(canary, about=CANARY) == _mark(sealing)
    except (CannotOpen, ValueError, IndexError):
        return False


def _put(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    new = file.with_suffix(".new")
    new.write_bytes(content)
    new.replace(file)


def _departments() -> list[str]:
    """Of every region: each has its secret, whether or not it executes something."""
    files = (Path(__file__).parents[1] / "catalogue").glob("*/departments.toml")
    return sorted({code for file in files for code in tomllib.loads(file.read_text(encoding="utf-8"))})


def _department_secret(code: str) -> str:
    """As the mock departments make theirs."""
    return "whsec_" + b64encode(f"{DEVELOPMENT_MARKER}-department-{code}".encode()).decode()
