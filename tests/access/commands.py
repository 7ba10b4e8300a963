"""What a question costs the store: which commands, on which collections, with filters of which shape."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from pymongo.monitoring import CommandListener, CommandStartedEvent

QUIET = frozenset({"hello", "ismaster", "ping", "endSessions", "killCursors"})


@dataclass
class Commands(CommandListener):
    """Notes only while it is told to."""

    noted: list[str] = field(default_factory=list)
    listening: bool = False

    def started(self, event: CommandStartedEvent) -> None:
        if self.listening and event.command_name not in QUIET:
            self.noted.append(f"{event.command_name} {event.command.get(event.command_name)} {_shape(_asked(event.command))}")

    def succeeded(self, event: object) -> None:
        return

    def failed(self, event: object) -> None:
        return

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        self.noted, self.listening = [], True
        try:
            yield self.noted
        finally:
            self.listening = False


def _asked(command: Mapping[str, object]) -> object:
    return command.get("filter") or command.get("pipeline") or command.get("updates") or command.get("deletes") or {}


def _shape(asked: object) -> object:
    """Names and operators without values: how many are in a list is a value too."""
    if isinstance(asked, Mapping):
        return {name: _shape(value) for name, value in sorted(asked.items())}
    if isinstance(asked, Sequence) and not isinstance(asked, str | bytes):
        return [_shape(one) for one in asked if isinstance(one, Mapping)]
    return "…"


COMMANDS = Commands()
