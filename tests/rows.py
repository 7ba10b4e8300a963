"""Each row of docs/requirements.md and the tests that decide it: `make rows`."""

import re
import sys
import tempfile
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[1] / "docs" / "requirements.md"
ROW = re.compile(r"^\| ([FABC]\d\d) \| ([^|]+)", re.MULTILINE)


def rows() -> dict[str, str]:
    """What must hold (or the practice's name) by id."""
    return {row: text.strip() for row, text in ROW.findall(REQUIREMENTS.read_text(encoding="utf-8"))}


def deciding() -> dict[str, set[str]]:
    """The tests of each row, asked of pytest; the cases of one test count once."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as found, redirect_stdout(StringIO()) as said:
        if code := pytest.main(["--collect-only", f"--rows={found.name}"]):
            sys.stderr.write(said.getvalue())
            raise SystemExit(int(code))
        tests = defaultdict(set)
        for line in found:
            row, test = line.rstrip("\n").split(" ", 1)
            tests[row].add(test.partition("[")[0])
        return tests


def main() -> None:
    tests = deciding()
    for row, text in rows().items():
        print(f"{row}  {text}")
        for test in sorted(tests.get(row, ())):
            print(f"       {test}")
    print(f"\n{len(tests)} of {len(rows())} rows are decided by tests.")


if __name__ == "__main__":
    main()
