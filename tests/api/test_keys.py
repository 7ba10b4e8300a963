"""Sealing keys and the departments' secrets are right, or told to be wrong without showing what is in them."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from standardwebhooks import Webhook

from api.development import environment
from api.keys import WHAT_A_SECRET_IS, demand_department_secrets, development_sealing, read_sealing_keys, sealing
from api.parts import parts
from api.settings import BadSettings, Settings
from domain.catalogue.types import Catalogue, ItemMode
from integrations.catalogue_files import load

KEY, OTHER = (b64encode(bytes([number]) * 32).decode() for number in (1, 2))
GOOD = {"current": "b", "keys": {"a": KEY, "b": OTHER}, "hash_key": KEY}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sealing.json"


def test_the_current_key_seals_and_every_key_opens(file: Path) -> None:
    file.write_text(json.dumps({**GOOD, "current": "a"}), encoding="utf-8")
    former = sealing(file).seal(b"plain", about="case-1")
    file.write_text(json.dumps(GOOD), encoding="utf-8")

    now = sealing(file)

    assert now.open(former, about="case-1") == b"plain"
    assert now.key_id(now.seal(b"plain", about="case-1")) == "b"


def test_keys_made_for_a_laptop_are_fresh_each_time(file: Path) -> None:
    file.write_text(development_sealing(), encoding="utf-8")

    assert read_sealing_keys(file).current.startswith("development")
    assert development_sealing() != development_sealing()


@pytest.mark.parametrize(
    "wrong",
    [
        "not json",
        "[]",
        "{}",
        json.dumps({**GOOD, "current": "c"}),
        json.dumps({**GOOD, "keys": {"b": "AAAA"}}),
        json.dumps({**GOOD, "keys": {"b": f"{OTHER}!"}}),
        json.dumps({**GOOD, "keys": [OTHER]}),
        json.dumps({**GOOD, "hash_key": 7}),
    ],
)
def test_a_wrong_file_is_told_and_not_quoted(file: Path, wrong: str) -> None:
    file.write_text(wrong, encoding="utf-8")

    with pytest.raises(BadSettings) as told:
        sealing(file)

    assert str(file) in str(told.value)
    assert OTHER not in str(told.value)


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(BadSettings):
        sealing(file)


# ---------------------------------------------------------------- departments

USABLE = "whsec_" + b64encode(bytes(range(24))).decode()
HANDED_TO = ("health", "housing-fund", "hrss", "insurance-centre", "medical", "personnel-services", "police", "towns", "veterans")
"""By the catalogues of all regions; the others that take part (data, tax, finance …) execute nothing."""


@pytest.fixture(scope="module")
def catalogues() -> list[Catalogue]:
    return list(load(today=date(2026, 11, 23)).catalogues.built.catalogues.values())


def demanded(given: Mapping[str, str], catalogues: list[Catalogue]) -> list[str]:
    try:
        demand_department_secrets(given, catalogues)
    except BadSettings as told:
        return [fault.removeprefix("ZHANGBAN_DEPARTMENT_SECRETS ") for fault in told.faults]
    return []


def test_each_department_that_is_handed_something_has_a_secret(catalogues: list[Catalogue]) -> None:
    assert demanded(dict.fromkeys(HANDED_TO, USABLE), catalogues) == []


def test_all_departments_without_one_are_told_at_once(catalogues: list[Catalogue]) -> None:
    told = demanded({"hrss": "x"}, catalogues)

    others = [f"has no secret for {code}, to which items are handed off" for code in HANDED_TO if code != "hrss"]
    assert told == [*others, f"has a secret for hrss that is not {WHAT_A_SECRET_IS}"]


def test_who_only_gives_guidance_needs_no_secret(catalogues: list[Catalogue]) -> None:
    guiding = [replace(one, items={code: replace(item, mode=ItemMode.GUIDANCE) for code, item in one.items.items()}) for one in catalogues]

    assert demanded({}, guiding) == []


@pytest.mark.parametrize(
    "secret", [USABLE, USABLE[:-4] + b64encode(b"abcd").decode(), USABLE[:-4] + b64encode(b"abcd").decode().rstrip("=")]
)
def test_a_secret_that_is_accepted_signs(secret: str) -> None:
    assert demanded({"hrss": secret}, []) == []
    Webhook(secret)


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "x",
        "whsec_",
        USABLE.removeprefix("whsec_"),
        "whsec_" + b64encode(bytes(23)).decode(),
        USABLE[:-1],
        USABLE + "==A",
        f" {USABLE}",
        USABLE.replace("A", "-"),
        USABLE.replace("A", "é"),
    ],
)
def test_a_secret_that_cannot_be_used_is_told_and_not_quoted(secret: str) -> None:
    (told,) = demanded({"hrss": secret}, [])

    assert told == f"has a secret for hrss that is not {WHAT_A_SECRET_IS}"


async def test_nothing_starts_without_the_departments_secrets(mongo_url: str, redis_url: str, tmp_path: Path) -> None:
    ports = {"store": urlsplit(mongo_url).port, "valkey": urlsplit(redis_url).port, "mocks": 1, "worker": 2}
    settings = Settings.from_environment(environment(tmp_path, port=8000, ports=ports))
    poor = replace(settings, mongo_database="without-secrets", department_secrets={"hrss": USABLE})

    with pytest.raises(BadSettings, match=r"no secret for medical"):
        async with parts(poor, lambda *told: None):
            pytest.fail("it started")
