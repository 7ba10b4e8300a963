"""The command line: `python -m api COMMAND`. What goes wrong is told in a sentence, and the exit code is not zero."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

from api.children import CannotRun
from api.development import running_environment
from api.settings import BadSettings, Settings
from domain.catalogue.faults import CatalogueFaults
from domain.days.reading import CalendarFaults
from domain.ports import NoAnswer

SHIPPED = Path(__file__).parents[1] / "catalogue"


@dataclass(frozen=True, slots=True)
class Command:
    """`run` answers the exit code. It imports what it needs itself: nobody waits for the parts of another command."""

    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None


def serve(_: argparse.Namespace) -> int:
    settings = _settings()
    from api.app import build_app
    from api.server import serve_until_stopped

    serve_until_stopped(build_app(settings), settings)
    return 0


def work(_: argparse.Namespace) -> int:
    settings = _settings()
    from api.worker import run_worker

    run_worker(settings)
    return 0


def demonstrate(given: argparse.Namespace) -> int:
    from api.demo import demo

    return demo(port=given.port, data=given.data)


def healthy(_: argparse.Namespace) -> int:
    settings = _settings()
    api = HTTPConnection("127.0.0.1", settings.port, timeout=3)
    try:
        api.request("GET", "/healthz", headers={"Host": urlsplit(settings.public_url).netloc})
        return 0 if api.getresponse().status == HTTPStatus.OK else 1
    except (OSError, HTTPException):
        return 1
    finally:
        api.close()


def print_schema(_: argparse.Namespace) -> int:
    from schema import schema

    print(schema.as_str())
    return 0


def tell_stuck(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api.stuck import tell

    return tell(settings)


def retry_stuck(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api.stuck import retry

    return retry(settings, number=given.number, item=given.item)


def verify_history(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api.history import verify

    return verify(settings, anchor=given.anchor)


def rotate_keys(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api.development import seal_canary_anew
    from api.keys import sealing
    from api.rotation import rotate_keys
    from domain.clock import day_in_china, system_now

    code = rotate_keys(settings, new_key=given.new_key, pause=given.pause, today=day_in_china(system_now()))
    if given.data and code == 0:
        seal_canary_anew(given.data, sealing(settings.sealing_keys))
    return code


def appoint(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api import organisations

    return organisations.appoint(settings, given.file)


def import_divisions(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api import divisions

    return divisions.import_divisions(settings, given.file)


def import_calendar(given: argparse.Namespace) -> int:
    settings = _settings(given.data)
    from api import calendars

    return calendars.import_calendar(settings, given.file)


def check_catalogue(given: argparse.Namespace) -> int:
    from api.law import check_catalogue

    return check_catalogue(given.folder)


def explain_law(given: argparse.Namespace) -> int:
    from api.law import explain_law

    return explain_law(given.key, on=given.on, region=given.region, folder=given.folder)


def _settings(data: Path | None = None) -> Settings:
    return Settings.from_environment(running_environment(data) if data else os.environ)


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; a port is a number from 1 to 65535")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(normalize("NFKC", text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day of the calendar; write year, month and day, as in 2026-11-23") from None


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="where the API listens (default: 8000)")
    parser.add_argument("--data", type=Path, default=Path(".data"), help="where everything is kept (default: .data)")


def _retry_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", help="the public number of the application")
    parser.add_argument("item", help="the item's code, as `stuck` tells it")
    _data_argument(parser)


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--anchor", type=Path, help="a daily anchor file; also names cases that were cut short, rewritten or taken away")
    _data_argument(parser)


def _rotate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-key", action="store_true", help="first put a fresh key in front of the file of sealing keys")
    slowest = "seconds between two ways through everything: longer than the slowest save (default: 15)"
    parser.add_argument("--pause", type=float, default=15.0, metavar="SECONDS", help=slowest)
    _data_argument(parser)


def _divisions_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV with the header code,name or code,name,parent, in the order of the codes as text")
    _data_argument(parser)


def _appoint_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="TOML: a [[supervisor]] for each, with organisation, name, document_kind, document_number")
    _data_argument(parser)


def _calendar_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="TOML of one year, written as catalogue/national/calendar/2026.toml is")
    _data_argument(parser)


def _law_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", help="the name of a figure, as in catalogue/national/parameters/, e.g. minimum-contribution-months")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day, as in 2026-11-23 (default: today in China)")
    parser.add_argument("--region", default="national", help="whose law: the name of a folder of the catalogue (default: national)")
    _folder_argument(parser)


def _folder_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=SHIPPED, metavar="DIR", help="another catalogue than the one that is shipped")


def _data_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="the data folder of a running demonstration, instead of settings in the environment")


COMMANDS = {
    "serve": Command("the API, with the settings of the environment", serve),
    "worker": Command("a worker, with the settings of the environment; run as many as you like", work),
    "demo": Command("everything on this machine, until Ctrl-C", demonstrate, _demo_arguments),
    "healthy": Command("whether the API of this machine answers, for a container's health check", healthy),
    "schema": Command("print the GraphQL schema", print_schema),
    "stuck": Command("what was put off after a fault, and what could not be handed to a department", tell_stuck, _data_argument),
    "retry": Command("hand an item that failed to its department once more", retry_stuck, _retry_arguments),
    "verify-history": Command(
        "prove that no step of a case and no look was altered, removed or reordered", verify_history, _verify_arguments
    ),
    "rotate-keys": Command("seal under the current key what former keys sealed, while everything runs", rotate_keys, _rotate_arguments),
    "check-catalogue": Command("every fault of the catalogue, named with file and key", check_catalogue, _folder_argument),
    "explain-law": Command("a figure of law on a day: since when, by which source, and what it was before", explain_law, _law_arguments),
    "appoint": Command("the first supervisors of organisations; they appoint everybody else", appoint, _appoint_arguments),
    "import-calendar": Command("the days off of a year, as they were announced", import_calendar, _calendar_arguments),
    "import-divisions": Command("towns and villages, from an official table of divisions", import_divisions, _divisions_arguments),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m api", description="掌办: one form, and a person has retired.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.help, description=command.help))
    given = parser.parse_args(arguments)
    try:
        return COMMANDS[given.command].run(given)
    except (BadSettings, CannotRun, CatalogueFaults, CalendarFaults, NoAnswer) as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
