"""Is the code still in small pieces? `python -m tests.test_shape` reports how small."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SHIPPED = ("api", "schema", "resolvers", "domain", "integrations", "mocks", "bench")
LONGEST_FUNCTION = 40
LONGEST_FILE = 250


class Piece(NamedTuple):
    where: str
    lines: int


def test_no_function_is_over_forty_lines() -> None:
    assert [piece for piece in functions() if piece.lines > LONGEST_FUNCTION] == []


def test_no_file_is_over_two_hundred_and_fifty_lines() -> None:
    assert [piece for piece in files() if piece.lines > LONGEST_FILE] == []


def test_no_folder_or_file_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils", "helpers", "common", "base", "manager", "service", "models"}

    assert [str(path) for path in python_files(*SHIPPED, "tests") if empty_names & {*path.parts, path.stem}] == []


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path.relative_to(ROOT) for path in sorted((ROOT / folder).rglob("*.py")))


def files() -> list[Piece]:
    return [Piece(str(path), len((ROOT / path).read_text(encoding="utf-8").splitlines())) for path in python_files(*SHIPPED, "tests")]


def functions() -> list[Piece]:
    return [
        Piece(f"{path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in python_files(*SHIPPED)
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def report() -> str:
    lines = [piece.lines for piece in functions()]
    ninth = quantiles(lines, n=10)[-1]
    longest = max(functions(), key=lambda piece: piece.lines)
    return f"{len(lines)} functions: median {median(lines):g} lines, 90th percentile {ninth:g}, longest {longest.lines} ({longest.where})"


if __name__ == "__main__":
    print(report())
