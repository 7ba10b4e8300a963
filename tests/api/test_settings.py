"""Settings are read once, told whole, and keep their secrets."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from api.settings import BadSettings, Mode, Settings


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """A whole environment of a real place."""
    for name in ("sealing.json", "tokens.json", "signer.p12"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "departments.json").write_text(json.dumps({"medical": "whsec_bWVkaWNhbA=="}), encoding="utf-8")
    return {
        "ZHANGBAN_MODE": "production",
        "ZHANGBAN_PUBLIC_URL": "https://retire.example.org",
        "ZHANGBAN_MONGO_URL": "mongodb://zhangban:mongo-password@store.internal/?replicaSet=rs0",
        "ZHANGBAN_REDIS_URL": "rediss://:redis-password@valkey.internal:6379",
        "ZHANGBAN_IDENTITY_URL": "https://id.example.org",
        "ZHANGBAN_IDENTITY_CLIENT_ID": "zhangban",
        "ZHANGBAN_IDENTITY_SECRET": "identity-secret",
        "ZHANGBAN_MINI_PROGRAM_URL": "https://mini.example.org",
        "ZHANGBAN_MINI_PROGRAM_CLIENT_ID": "wx1",
        "ZHANGBAN_MINI_PROGRAM_SECRET": "mini-secret",
        "ZHANGBAN_LICENCES_URL": "https://licences.example.org",
        "ZHANGBAN_LICENCES_CLIENT_ID": "zhangban",
        "ZHANGBAN_LICENCES_SECRET": "licences-secret",
        "ZHANGBAN_REGISTERS_URL": "https://registers.example.org",
        "ZHANGBAN_REGISTERS_CLIENT_ID": "zhangban",
        "ZHANGBAN_REGISTERS_SECRET": "registers-secret",
        "ZHANGBAN_DEPARTMENTS_URL": "https://{department}.example.org",
        "ZHANGBAN_DEPARTMENT_SECRETS": str(tmp_path / "departments.json"),
        "ZHANGBAN_MESSAGES_URL": "https://messages.example.org",
        "ZHANGBAN_SEALING_KEYS": str(tmp_path / "sealing.json"),
        "ZHANGBAN_TOKEN_KEYS": str(tmp_path / "tokens.json"),
        "ZHANGBAN_SIGNER": str(tmp_path / "signer.p12"),
        "ZHANGBAN_SIGNER_PASSPHRASE": "signer-secret",
        "ZHANGBAN_LICENCE_TYPE_CODE": "TYPE",
        "ZHANGBAN_LICENCE_ISSUER_CODE": "ISSUER",
        "ZHANGBAN_ANCHORS": str(tmp_path),
    }


def faults(environment: Mapping[str, str]) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as told:
        Settings.from_environment(environment)
    return told.value.faults


def test_a_whole_environment_becomes_settings(production: dict[str, str]) -> None:
    settings = Settings.from_environment({**production, "PATH": "/bin"})

    assert settings.mode is Mode.PRODUCTION
    assert settings.department_secrets == {"medical": "whsec_bWVkaWNhbA=="}
    assert (settings.allowed_hosts, settings.allowed_origins) == (("retire.example.org",), ("https://retire.example.org",))
    assert (settings.host, settings.port, settings.introspection) == ("127.0.0.1", 8000, False)


def test_a_scheme_is_the_same_in_capitals(production: dict[str, str]) -> None:
    """Cookies are Secure, and addresses compared, by how it begins."""
    settings = Settings.from_environment({**production, "ZHANGBAN_PUBLIC_URL": " HTTPS://retire.example.org/ "})

    assert settings.public_url == "https://retire.example.org"


def test_all_that_is_missing_is_told_at_once(production: dict[str, str]) -> None:
    told = faults({})

    assert {fault.split()[0] for fault in told} >= production.keys()
    assert all(fault.endswith("is missing") for fault in told)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MODE", "test", "is 'test'; it is one of development, production"),
        ("PORT", "99999", "is '99999'; it is a whole number from 1 to 65535"),
        ("WORKER_CONCURRENCY", "many", "is 'many'; it is a whole number from 1 to 64"),
        ("INTROSPECTION", "true", "is 'true'; it is yes or no"),
        ("MONGO_URL", "store.internal", "is not a URL that begins with mongodb:// or mongodb+srv://"),
        ("DEPARTMENTS_URL", "https://departments.example.org", "has no {department}"),
        ("SIGNER", "nowhere.p12", "names nowhere.p12, which is not a file"),
        ("ANCHORS", "nowhere", "names nowhere, which is not a folder"),
        ("PUBIC_URL", "https://a.example.org", "is not a setting; is it misspelt?"),
        ("PUBLIC_URL", "http://retire.example.org", "must be https:// in production"),
        ("PUBLIC_URL", "HTTP://retire.example.org", "must be https:// in production"),
        ("MESSAGES_URL", " Http://messages.example.org", "must be https:// in production"),
        ("INTROSPECTION", "yes", "must be no in production"),
        ("INTROSPECTION", " yes ", "must be no in production"),
        ("LICENCES_SECRET", "development-licences", "is one that was made for development"),
        ("IDENTITY_SECRET", " development-identity", "is one that was made for development"),
        ("SIGNER_PASSPHRASE", "Development only", "is one that was made for development"),
        ("LICENCE_ISSUER_CODE", "11000000placehld0d", "is a placeholder; the official directory has the code"),
        ("LICENCE_TYPE_CODE", "11000000PLACEHLD0D000", "is a placeholder; the official directory has the code"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(production: dict[str, str], name: str, value: str, said: str) -> None:
    assert faults({**production, f"ZHANGBAN_{name}": value}) == (f"ZHANGBAN_{name} {said}",)


@pytest.mark.parametrize("content", ["not json", '["a"]', '{"medical": 1}'])
def test_department_secrets_are_a_json_object(production: dict[str, str], content: str) -> None:
    path = Path(production["ZHANGBAN_DEPARTMENT_SECRETS"])
    path.write_text(content, encoding="utf-8")

    assert faults(production) == (f"ZHANGBAN_DEPARTMENT_SECRETS names {path}, which is not a JSON object of secrets by department",)


@pytest.mark.parametrize("name", ["SEALING_KEYS", "TOKEN_KEYS", "DEPARTMENT_SECRETS"])
@pytest.mark.parametrize("secret", ["development-1", "DEVELOPMENT-1", "whsec_ZGV2ZWxvcG1lbnQtbWVkaWNhbA=="])
@pytest.mark.parametrize("before", ["", " "])
def test_production_refuses_key_files_made_for_a_laptop(production: dict[str, str], name: str, secret: str, before: str) -> None:
    path = Path(production[f"ZHANGBAN_{name}"])
    path.write_text(json.dumps({"a": secret}), encoding="utf-8")

    assert faults({**production, f"ZHANGBAN_{name}": f"{before}{path}"}) == (
        f"ZHANGBAN_{name} names {path}, which holds keys that were made for development",
    )


def test_settings_show_no_secret(production: dict[str, str]) -> None:
    shown = repr(Settings.from_environment(production))

    assert [
        word for word in ("identity-secret", "mini-secret", "licences-secret", "signer-secret", "password", "whsec_") if word in shown
    ] == []
