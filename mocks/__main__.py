"""The command line of the stand-ins: `python -m mocks serve`, and `python -m mocks journey` for an ordinary client of the product."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str]) -> int:
    if argv[:1] == ["journey"]:
        from mocks.journey import main as journey  # here, as the server needs none of it

        return journey(argv[1:])
    return _serve(argv)


def _serve(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m mocks", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("journey", help="one person retires, told step by step in the terminal", add_help=False)
    serving = commands.add_parser("serve", help="all outside systems on 127.0.0.1")
    serving.add_argument("--port", type=int, default=0, help="0: any free one (default)")
    serving.add_argument("--data", type=Path, help="folder of the departments' ledgers; without it they live in memory")
    serving.add_argument("--callback-base", help="where callbacks go, instead of to the host that a hand-off names")
    given = parser.parse_args(argv)

    if given.data and (damage := _damage(given.data / "departments")):
        print(damage, file=sys.stderr)
        return 1
    from mocks.serve import serve

    return serve(port=given.port, data=given.data, callback_base=given.callback_base)


def _damage(ledgers: Path) -> str | None:
    """In the first ledger that cannot be read: told by its name and with what to do, which the server could only end with a traceback."""
    from mocks.ledger import Ledger  # here, as a journey needs it not

    file = ledgers
    try:
        ledgers.mkdir(parents=True, exist_ok=True)
        for file in sorted(ledgers.glob("*.jsonl")):
            Ledger(file).close()
    except OSError as error:
        return f"{file} cannot be used ({error.strerror}). Move it away, or choose another folder (DATA=…)."
    except ValueError:
        return f"{file} is damaged. Move it away, and that department begins anew; or choose another folder (DATA=…)."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
