"""Everything that differs between one place it runs and another: one frozen object, read once from the environment.

All that is wrong is told at once, each fault naming its variable. docs/operating.md lists the variables.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "ZHANGBAN_"
DEVELOPMENT_MARKER = "development"
"""Every secret and key id that is made for a laptop begins so; production refuses them."""
MARKER_IN_BASE64 = b64encode(DEVELOPMENT_MARKER.encode()).decode()[: len(DEVELOPMENT_MARKER) * 8 // 6]
PLACEHOLDER = "PLACEHLD"
KEY_FILES = ("SEALING_KEYS", "TOKEN_KEYS", "DEPARTMENT_SECRETS")


class Mode(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class BadSettings(Exception):
    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("The settings are not right:\n" + "\n".join(f"  {fault}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Account:
    """An outside system, and who we are to it."""

    url: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    mode: Mode
    public_url: str
    host: str
    port: int
    mongo_url: str = field(repr=False)
    mongo_database: str
    redis_url: str = field(repr=False)
    identity: Account
    mini_program: Account
    licences: Account
    registers: Account
    departments_url: str
    """Holds {department} where the department's code goes."""
    department_secrets: Mapping[str, str] = field(repr=False)
    messages_url: str
    sealing_keys: Path
    token_keys: Path
    signer: Path
    signer_passphrase: str = field(repr=False)
    licence_type_code: str
    """Of the retirement certificate in the official directory: the definer's 统一社会信用代码 and three more characters (GB/T 36904)."""
    licence_issuer_code: str
    """The issuer's own 统一社会信用代码."""
    anchors: Path
    """The folder outside the database into which the daily anchors go."""
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    trusted_proxies: str | None
    """Whose X-Forwarded-For counts: addresses, with commas between."""
    introspection: bool
    worker_concurrency: int
    worker_metrics_port: int | None
    """Where a worker tells its figures; None: nowhere."""

    @property
    def check_url(self) -> str:
        """Where anybody checks a certificate."""
        return f"{self.public_url}/check"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises BadSettings with every fault there is."""
        read = _Reader(environment)
        settings = _read(read)
        read.refuse_unknown_names()
        if settings.mode is Mode.PRODUCTION:
            read.refuse_what_is_for_a_laptop()
        if read.faults:
            raise BadSettings(read.faults)
        return settings


def _read(read: "_Reader") -> Settings:
    mode = read.mode("MODE")
    public_url = read.url("PUBLIC_URL")
    return Settings(
        mode=mode,
        public_url=public_url,
        host=read.text("HOST", "127.0.0.1"),
        port=read.whole("PORT", "8000", least=1, most=65_535),
        mongo_url=read.url("MONGO_URL", "mongodb", "mongodb+srv"),
        mongo_database=read.text("MONGO_DATABASE", "zhangban"),
        redis_url=read.url("REDIS_URL", "redis", "rediss"),
        identity=read.account("IDENTITY"),
        mini_program=read.account("MINI_PROGRAM"),
        licences=read.account("LICENCES"),
        registers=read.account("REGISTERS"),
        departments_url=read.template("DEPARTMENTS_URL", "{department}"),
        department_secrets=read.secrets_by_name("DEPARTMENT_SECRETS"),
        messages_url=read.url("MESSAGES_URL"),
        sealing_keys=read.file("SEALING_KEYS"),
        token_keys=read.file("TOKEN_KEYS"),
        signer=read.file("SIGNER"),
        signer_passphrase=read.text("SIGNER_PASSPHRASE"),
        licence_type_code=read.text("LICENCE_TYPE_CODE"),
        licence_issuer_code=read.text("LICENCE_ISSUER_CODE"),
        anchors=read.folder("ANCHORS"),
        allowed_hosts=read.several("ALLOWED_HOSTS", urlsplit(public_url).hostname or ""),
        allowed_origins=read.several("ALLOWED_ORIGINS", public_url),
        trusted_proxies=read.text("TRUSTED_PROXIES", "") or None,
        introspection=read.yes_no("INTROSPECTION", "no"),
        worker_concurrency=read.whole("WORKER_CONCURRENCY", "16", least=1, most=64),
        worker_metrics_port=read.whole("WORKER_METRICS_PORT", "0", least=0, most=65_535) or None,
    )


class _Reader:
    """Reads one variable after another; what is wrong becomes a fault, and reading goes on."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.given = {name.removeprefix(PREFIX): value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
        self.asked: set[str] = set()
        self.faults: list[str] = []

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"{PREFIX}{name} {what}")

    def text(self, name: str, default: str | None = None) -> str:
        self.asked.add(name)
        value = self.given.get(name) or default
        if value is None:
            self.fault(name, "is missing")
        return value or ""

    def mode(self, name: str) -> Mode:
        value = self.text(name)
        if value and value not in list(Mode):
            self.fault(name, f"is {value!r}; it is one of {', '.join(Mode)}")
        return Mode(value) if value in list(Mode) else Mode.PRODUCTION

    def whole(self, name: str, default: str, *, least: int, most: int) -> int:
        value = self.text(name, default)
        if value.isdecimal() and least <= int(value) <= most:
            return int(value)
        self.fault(name, f"is {value!r}; it is a whole number from {least} to {most}")
        return least

    def yes_no(self, name: str, default: str) -> bool:
        value = self.text(name, default)
        if value not in ("yes", "no"):
            self.fault(name, f"is {value!r}; it is yes or no")
        return value == "yes"

    def several(self, name: str, default: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name, default).split(",") if part.strip())

    def url(self, name: str, *schemes: str) -> str:
        value = self.text(name)
        allowed = schemes or ("https", "http")
        if value and (urlsplit(value).scheme not in allowed or not urlsplit(value).netloc):
            self.fault(name, f"is not a URL that begins with {' or '.join(f'{scheme}://' for scheme in allowed)}")
        scheme, mark, rest = value.partition("://")
        return (scheme.lower() + mark + rest).rstrip("/")

    def template(self, name: str, place: str) -> str:
        value = self.url(name)
        if value and place not in value:
            self.fault(name, f"has no {place}")
        return value

    def account(self, name: str) -> Account:
        return Account(url=self.url(f"{name}_URL"), client_id=self.text(f"{name}_CLIENT_ID"), secret=self.text(f"{name}_SECRET"))

    def file(self, name: str) -> Path:
        path = Path(self.text(name))
        if str(path) != "." and not path.is_file():
            self.fault(name, f"names {path}, which is not a file")
        return path

    def folder(self, name: str) -> Path:
        path = Path(self.text(name))
        if str(path) != "." and not path.is_dir():
            self.fault(name, f"names {path}, which is not a folder")
        return path

    def secrets_by_name(self, name: str) -> Mapping[str, str]:
        path = self.file(name)
        if not path.is_file():
            return {}
        try:
            found = json.loads(path.read_bytes())
        except ValueError:
            found = None
        if isinstance(found, dict) and all(isinstance(secret, str) for secret in found.values()):
            return found
        self.fault(name, f"names {path}, which is not a JSON object of secrets by department")
        return {}

    def refuse_unknown_names(self) -> None:
        for name in sorted(self.given.keys() - self.asked):
            self.fault(name, "is not a setting; is it misspelt?")

    def refuse_what_is_for_a_laptop(self) -> None:
        for name, value in self.given.items():
            if why := _for_a_laptop(name, value):
                self.fault(name, why)
        for name in KEY_FILES:
            path = Path(self.given.get(name, ""))
            held = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            if DEVELOPMENT_MARKER in held.lower() or MARKER_IN_BASE64 in held:
                self.fault(name, f"names {path}, which holds keys that were made for development")


def _for_a_laptop(name: str, value: str) -> str | None:
    """Why production refuses it, however it is spelt."""
    if name.endswith("_URL") and urlsplit(value).scheme == "http":
        return "must be https:// in production"
    if name.startswith("LICENCE_") and PLACEHOLDER in value.upper():
        return "is a placeholder; the official directory has the code"
    if name.endswith(("_SECRET", "_PASSPHRASE")) and value.lower().startswith(DEVELOPMENT_MARKER):
        return "is one that was made for development"
    if name == "INTROSPECTION" and value == "yes":
        return "must be no in production"
    return None
