"""A file of sealing keys is right, or told to be wrong without showing what is in it."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from api.keys import development_sealing, sealing
from api.settings import BadSettings

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

    assert sealing(file).current.startswith("development")
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
