"""Whatever is damaged in a data folder is told in a sentence that names the file and what to do, before anything is started."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from api.children import CannotRun
from api.demo import demo
from api.development import environment
from api.embedded import whole
from api.keys import development_sealing
from api.ports import free_port, remembered

ROOT = Path(__file__).parents[2]
PORTS = {"store": 1, "valkey": 2, "mocks": 3, "worker": 4}
FORMER = "put back the former one, or begin afresh with another folder (DATA=…)."
AWAY = "Move it away, or choose another folder (DATA=…)."
A_FOLDER, A_FILE = "there is a folder where a file has to be", "there is a file where a folder has to be"


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a demonstration leaves it: its keys, and a store with something in it."""
    data = tmp_path_factory.mktemp("laptop")
    environment(data, port=8000, ports=PORTS)
    (data / "store").mkdir()
    (data / "store" / "WiredTiger").write_text("a store", encoding="utf-8")
    return data


@pytest.fixture
def data(laptop: Path, tmp_path: Path) -> Path:
    return shutil.copytree(laptop, tmp_path / "data")


def in_place_of(path: Path, *, put_a_folder: bool = False) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.mkdir() if put_a_folder else path.write_text("not this", encoding="utf-8")


def changed(file: Path, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    file.write_text(json.dumps(change(json.loads(file.read_text(encoding="utf-8")))), encoding="utf-8")


# ---------------------------------------------------------------- files and folders


@pytest.mark.parametrize("name", ["ports.json", "departments.json", "logs/mock-outside-systems.log"])
def test_a_folder_where_a_file_has_to_be_is_told(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (data / name).parent.mkdir(exist_ok=True)
    in_place_of(data / name, put_a_folder=True)

    assert demo(port=free_port(), data=data) == 1

    assert capsys.readouterr() == ("", f"{data / name} cannot be used: {A_FOLDER}. {AWAY}\n")


@pytest.mark.parametrize("name", ["anchors", "logs", "store"])
def test_a_file_where_a_folder_has_to_be_is_told(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    in_place_of(data / name)

    assert demo(port=free_port(), data=data) == 1

    assert capsys.readouterr() == ("", f"{data / name} cannot be used: {A_FILE}. {AWAY}\n")


def test_ports_that_are_none_are_found_anew(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    file.write_text('{"store": 65536, "valkey": -1, "mocks": "x", "worker": 0}', encoding="utf-8")

    assert all(0 < port < 65_536 for port in remembered(file, PORTS).values())


def test_a_store_that_was_taken_away_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(data / "store")
    in_place_of(data / "logs")  # so that nothing is started

    assert demo(port=free_port(), data=data) == 1

    assert capsys.readouterr().out == f"{data / 'store'} is empty: beginning anew.\n"


def test_who_begins_is_not_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_place_of(tmp_path / "logs")

    assert demo(port=free_port(), data=tmp_path) == 1

    assert capsys.readouterr().out == ""


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize(
    "garbage", [b"garbage", b"\xff\xfe\x00", b"", b"{}", b'{"keys": [{"kty": "OKP", "kid": "\xff", "x": "", "d": ""}]}']
)
@pytest.mark.parametrize("name", ["sealing.json", "tokens.json", "signer.p12"])
def test_a_damaged_key_is_told(data: Path, name: str, garbage: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "keys" / name
    file.write_bytes(garbage)

    assert demo(port=free_port(), data=data) == 1

    or_else = f", or {data / 'keys' / 'signer-passphrase'} is not its passphrase" if name == "signer.p12" else ""
    assert capsys.readouterr() == ("", f"{file} is damaged{or_else}; {FORMER}\n")


@pytest.mark.parametrize("wrong", [b"another", b"", b"\xff", b"\0"])
def test_another_passphrase_is_told(data: Path, wrong: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    passphrase = data / "keys" / "signer-passphrase"
    passphrase.write_bytes(wrong)

    assert demo(port=free_port(), data=data) == 1

    told = capsys.readouterr()
    assert str(passphrase) in told.err
    assert told.err.endswith(f"; {FORMER}\n")
    assert told.out == ""


def test_other_sealing_keys_than_the_store_was_begun_with_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "keys" / "sealing.json").write_text(development_sealing(), encoding="utf-8")

    assert demo(port=free_port(), data=data) == 1

    why = f"{data / 'keys' / 'sealing.json'} does not hold the keys that {data / 'store'} was begun with ({data / 'sealed'} does not open)"
    assert capsys.readouterr() == ("", f"{why}; {FORMER}\n")


def test_another_key_for_look_ups_is_told_as_well(data: Path) -> None:
    other = json.loads(development_sealing())["hash_key"]
    changed(data / "keys" / "sealing.json", lambda found: {**found, "hash_key": other})

    with pytest.raises(CannotRun, match="does not hold the keys"):
        environment(data, port=8000, ports=PORTS)


def test_a_new_sealing_key_beside_the_former_one_is_good(data: Path) -> None:
    new = json.loads(development_sealing())["keys"]["development-1"]
    changed(data / "keys" / "sealing.json", lambda found: {**found, "current": "b", "keys": {**found["keys"], "b": new}})

    environment(data, port=8000, ports=PORTS)


def test_with_a_new_store_any_sealing_key_is_good_and_only_that_one_from_then_on(data: Path) -> None:
    (data / "keys" / "sealing.json").write_text(development_sealing(), encoding="utf-8")
    shutil.rmtree(data / "store")

    environment(data, port=8000, ports=PORTS)

    shutil.copytree(data / "keys", data / "store")
    environment(data, port=8000, ports=PORTS)
    (data / "keys" / "sealing.json").write_text(development_sealing(), encoding="utf-8")
    with pytest.raises(CannotRun, match="does not hold the keys"):
        environment(data, port=8000, ports=PORTS)


def test_a_folder_from_before_is_watched_from_now_on(data: Path) -> None:
    (data / "sealed").unlink()

    environment(data, port=8000, ports=PORTS)

    assert (data / "sealed").is_file()


# ---------------------------------------------------------------- ledgers


def stand_ins(data: Path) -> tuple[int, str, str]:
    ended = subprocess.run([sys.executable, "-m", "mocks", "serve", "--data", data], cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def test_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    ledger = tmp_path / "departments" / "hrss.jsonl"
    ledger.parent.mkdir()
    ledger.write_bytes(b"garbage\n")

    what_to_do = "Move it away, and that department begins anew; or choose another folder (DATA=…)."
    assert stand_ins(tmp_path) == (1, "", f"{ledger} is damaged. {what_to_do}\n")


def test_ledgers_that_cannot_be_are_told(tmp_path: Path) -> None:
    in_place_of(tmp_path / "departments")

    assert stand_ins(tmp_path) == (1, "", f"{tmp_path / 'departments'} cannot be used (File exists). {AWAY}\n")


# ---------------------------------------------------------------- packages


def test_a_wheel_that_lost_a_file_is_told(tmp_path: Path) -> None:
    about = tmp_path / "store-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: store\n", encoding="utf-8")
    (about / "RECORD").write_text("store/__init__.py,,\nstore/__pycache__/__init__.cpython-311.pyc,,\n", encoding="utf-8")
    package = Distribution.at(about)

    with pytest.raises(CannotRun) as told:
        whole(package)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "__init__.py").touch()

    assert str(told.value).startswith(f"The package store has lost {tmp_path / 'store' / '__init__.py'}: run 'rm -r .venv && make setup'")
    assert whole(package) is package
