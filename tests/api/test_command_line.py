"""`python -m api` tells what it can do, and what is wrong in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.__main__ import COMMANDS, main
from api.development import environment
from api.ports import free_port
from schema import schema

ROOT = Path(__file__).parents[2]


def api(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    whole = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run([sys.executable, "-m", "api", *arguments], cwd=ROOT, env=whole, capture_output=True, text=True, check=False)


def test_help_tells_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    told = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert [name for name, command in COMMANDS.items() if f"{name} {command.help}" not in told] == []


@pytest.mark.parametrize("command", ["serve", "worker", "verify-history", "healthy"])
def test_without_settings_each_command_names_all_that_are_missing(command: str) -> None:
    ended = api(command)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The settings are not right:\n  ZHANGBAN_MODE is missing\n  ZHANGBAN_PUBLIC_URL is missing\n")
    assert "Traceback" not in ended.stderr


def test_a_table_of_divisions_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import-divisions"])

    assert ended.value.code == 2
    assert "required: file" in capsys.readouterr().err


def test_a_table_of_divisions_that_is_not_there_is_told_to_be_so(tmp_path: Path) -> None:
    settings = environment(tmp_path, port=free_port(), ports={"store": 1, "valkey": 2, "mocks": 3, "worker": 4})

    ended = api("import-divisions", "nowhere.csv", **settings)

    assert (ended.returncode, ended.stderr) == (1, "nowhere.csv cannot be read: No such file or directory\n")


def test_a_calendar_that_is_not_there_is_told_to_be_so(tmp_path: Path) -> None:
    settings = environment(tmp_path, port=free_port(), ports={"store": 1, "valkey": 2, "mocks": 3, "worker": 4})

    ended = api("import-calendar", "nowhere.toml", **settings)

    told = "nowhere.toml cannot be read: No such file or directory\nNothing was imported.\n"
    assert (ended.returncode, ended.stderr) == (1, told)


def test_the_schema_is_printed() -> None:
    ended = api("schema")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == schema.as_str() + "\n"


def test_without_a_demonstration_there_is_nothing_to_prove(tmp_path: Path) -> None:
    ended = api("verify-history", "--data", str(tmp_path))

    assert (ended.returncode, ended.stderr) == (1, f"No demonstration has run in {tmp_path}.\n")


def test_an_api_that_does_not_answer_is_not_healthy(tmp_path: Path) -> None:
    settings = environment(tmp_path, port=free_port(), ports={"store": 1, "valkey": 2, "mocks": 3, "worker": 4})

    assert api("healthy", **settings).returncode == 1
