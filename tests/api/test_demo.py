"""One command starts everything on a laptop, and tells in a sentence what keeps it from doing so."""

import shutil
import socket
from pathlib import Path

import pytest

from api.__main__ import main
from api.children import CannotRun
from api.demo import demo, sole_use
from api.development import environment
from api.embedded import document_store, installed
from api.ports import LOOPBACK, free_port, remembered
from api.settings import BadSettings, Mode, Settings

PORTS = {"store": 1, "valkey": 2, "mocks": 3, "worker": 4}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose keys have been made."""
    data = tmp_path_factory.mktemp("laptop")
    environment(data, port=8000, ports=PORTS)
    return data


def test_a_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((LOOPBACK, 0)) as other:
        port = other.getsockname()[1]

        assert demo(port=port, data=tmp_path / "data") == 1

    assert capsys.readouterr().err == f"Port {port} is in use, or not ours to use; choose another one (PORT=…).\n"
    assert not (tmp_path / "data").exists()


def test_two_demonstrations_never_share_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sole_use(tmp_path):
        assert demo(port=free_port(), data=tmp_path) == 1

    assert capsys.readouterr().err == f"Another demonstration uses {tmp_path}; stop it, or choose another folder (DATA=…).\n"


def test_a_folder_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")

    assert demo(port=free_port(), data=tmp_path / "data") == 1
    assert capsys.readouterr().err == f"{tmp_path / 'data'} cannot be used as a data folder: File exists.\n"


async def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    for name in ("WiredTiger", "WiredTiger.turtle"):
        (tmp_path / "store" / name).write_text("junk", encoding="utf-8")

    with pytest.raises(CannotRun, match=r"corruption detected\nIf .* is damaged, begin afresh with another folder"):
        async with document_store(tmp_path, port=free_port()):
            pytest.fail("it started")


def test_a_missing_wheel_is_told() -> None:
    with pytest.raises(CannotRun, match=r"The package no-such-store is not installed: run 'make setup'"):
        installed("no-such-store")


def test_a_store_without_its_keys_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "WiredTiger").touch()

    with pytest.raises(CannotRun, match="has a store, but the keys to it are gone"):
        environment(tmp_path, port=8000, ports=PORTS)


@pytest.mark.parametrize("lost", ["sealing.json", "tokens.json", "signer.p12", "signer-passphrase"])
def test_a_lost_key_is_told_before_anything_starts(laptop: Path, tmp_path: Path, lost: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(laptop, data)
    (data / "keys" / lost).unlink()

    assert main(["demo", "--port", str(free_port()), "--data", str(data)]) == 1

    told = capsys.readouterr()
    assert str(data / "keys" / lost) in told.err
    assert told.out == ""


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["demo", f"--port={port}"])

    assert f"{port!r} is no port" in capsys.readouterr().err


def test_ports_are_remembered_unless_something_else_took_one(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    before = remembered(file, ("store", "mocks"))

    with socket.create_server((LOOPBACK, before["mocks"])):
        after = remembered(file, ("store", "mocks"))

    assert after["store"] == before["store"]
    assert after["mocks"] != before["mocks"]
    assert remembered(file, ("store", "mocks")) == after


def test_damaged_notes_about_ports_are_made_again(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    file.write_text("[", encoding="utf-8")

    assert remembered(file, ("store",)) == remembered(file, ("store",))


def test_its_settings_are_whole_and_name_this_machine_only(laptop: Path) -> None:
    names = environment(laptop, port=8000, ports=PORTS)

    settings = Settings.from_environment(names)
    assert (settings.mode, settings.introspection) == (Mode.DEVELOPMENT, True)
    assert [value for value in names.values() if "://" in value and f"://{LOOPBACK}:" not in value] == []


def test_its_keys_are_made_once(laptop: Path) -> None:
    before = {file: file.read_bytes() for file in (laptop / "keys").iterdir()}

    environment(laptop, port=8001, ports=PORTS)

    assert {file: file.read_bytes() for file in (laptop / "keys").iterdir()} == before


@pytest.mark.parametrize(
    "secret",
    [
        "IDENTITY_SECRET",
        "MINI_PROGRAM_SECRET",
        "LICENCES_SECRET",
        "REGISTERS_SECRET",
        "SIGNER_PASSPHRASE",
        "SEALING_KEYS",
        "TOKEN_KEYS",
        "DEPARTMENT_SECRETS",
    ],
)
def test_production_would_refuse_each_secret_of_it(laptop: Path, secret: str) -> None:
    names = environment(laptop, port=8000, ports=PORTS) | {"ZHANGBAN_MODE": "production"}

    with pytest.raises(BadSettings, match=rf"ZHANGBAN_{secret} .*made for development"):
        Settings.from_environment(names)
