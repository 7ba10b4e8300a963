"""The settings of the demonstration: everything on this machine, with keys made once and kept in the data folder."""

import json
import shutil
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from api.children import CannotRun
from api.keys import development_sealing
from api.ports import LOOPBACK, noted
from api.settings import DEVELOPMENT_MARKER, PREFIX
from domain.certificates.identifier import PLACEHOLDER_CODES

PORTS_FILE = "ports.json"
PARTS = ("store", "valkey", "mocks", "worker")
ANY_PORT = 8000


def environment(data: Path, *, port: int, ports: Mapping[str, int]) -> dict[str, str]:
    """`ports`: by PARTS. Raises CannotRun if the folder has a store and lost the keys to it."""
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


def _account(name: str, url: str) -> dict[str, str]:
    return {f"{name}_URL": url, f"{name}_CLIENT_ID": "zhangban", f"{name}_SECRET": f"{DEVELOPMENT_MARKER}-{name.lower()}"}


def _keys(data: Path) -> dict[str, str]:
    folder, anchors, departments = data / "keys", data / "anchors", data / "departments.json"
    if not folder.exists():
        if (data / "store").exists():
            raise CannotRun(f"{data} has a store, but the keys to it are gone; begin afresh with another folder (DATA=…).")
        _make_keys(folder)
    anchors.mkdir(exist_ok=True)
    departments.write_text(json.dumps({code: _department_secret(code) for code in _departments()}), encoding="utf-8")
    try:
        passphrase = (folder / "signer-passphrase").read_text(encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{folder} is damaged: {error.strerror}: {error.filename}; begin afresh with another folder (DATA=…).") from error
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


def _departments() -> list[str]:
    """Of every region: each has its secret, whether or not it executes something."""
    files = (Path(__file__).parents[1] / "catalogue").glob("*/departments.toml")
    return sorted({code for file in files for code in tomllib.loads(file.read_text(encoding="utf-8"))})


def _department_secret(code: str) -> str:
    """As the mock departments make theirs."""
    return "whsec_" + b64encode(f"{DEVELOPMENT_MARKER}-department-{code}".encode()).decode()
