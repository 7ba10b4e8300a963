"""What a store is asked: every query as it goes over the wire, and the functions of integrations/mongo/ that ask."""

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

FOLDER = Path(__file__).parents[1] / "integrations" / "mongo"
ASKING = frozenset(
    {
        "find", "find_one", "aggregate", "count_documents", "distinct",
        "update_one", "update_many", "replace_one", "delete_one", "delete_many", "find_one_and_update",
    }
)  # fmt: skip

Filter = Mapping[str, object]


@dataclass
class Recorder(CommandListener):
    """`asked`: (collection, filter) of every query, each once by its shape and values."""

    asked: dict[str, tuple[str, Filter]] = field(default_factory=dict)

    def started(self, event: CommandStartedEvent) -> None:
        collection = event.command.get(event.command_name)
        for wanted in _filters(event.command_name, event.command):
            self.asked.setdefault(f"{collection} {dict(wanted)}", (str(collection), wanted))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        return

    def failed(self, event: CommandFailedEvent) -> None:
        return


def _filters(name: str, command: Mapping[str, object]) -> Iterator[Filter]:
    match name:
        case "find" | "count" | "distinct" | "findAndModify":
            yield command.get("filter") or command.get("query") or {}
        case "aggregate":
            yield command["pipeline"][0].get("$match", {})
        case "update" | "delete":
            yield from (one["q"] for one in command[f"{name}s"])


def functions_that_ask() -> set[str]:
    """As file and qualified name. GridFS asks for itself."""
    return {f"{file.stem}.{name}" for file in FOLDER.glob("*.py") for name in _asking(ast.parse(file.read_text(encoding="utf-8")), ())}


def _asking(tree: ast.AST, inside: tuple[str, ...]) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _asking(node, (*inside, node.name))
        if isinstance(node, ast.AsyncFunctionDef) and any(map(_is_question, ast.walk(node))):
            yield ".".join((*inside, node.name))


def _is_question(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING


@contextmanager
def called() -> Iterator[set[str]]:
    """The functions of integrations/mongo/ that run meanwhile, in this thread."""
    seen: set[CodeType] = set()
    names: set[str] = set()

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    sys.setprofile(look)
    try:
        yield names
    finally:
        sys.setprofile(None)
        names |= {f"{Path(code.co_filename).stem}.{code.co_qualname}" for code in seen if Path(code.co_filename).parent == FOLDER}
