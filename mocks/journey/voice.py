"""How the story is told: calm panels and a living tree in a terminal, plain lines anywhere else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mocks.answers import Json
from mocks.journey.pictures import CALM, catalogue_table, clock, item_lines, item_tree, numbered, scannable

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Voice:
    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self._said = 0

    @property
    def drawing(self) -> bool:
        return self.console.is_terminal

    def opening(self, title: str, line: str, gloss: str) -> None:
        text = Text.assemble((title, "bold"), "\n", line, "\n", (gloss, CALM["gloss"]))
        if self.drawing:
            self.console.print(Panel(text, box=box.ROUNDED, border_style=CALM["busy"], padding=(1, 3), expand=False))
        else:
            self._line(text)

    def chapter(self, title: str, gloss: str) -> None:
        self._said += 1
        self.console.print()
        self._line(Text.assemble((f"{NUMBERS[self._said - 1]} {title}", "bold"), (f"  {gloss}", CALM["gloss"])))

    def say(self, text: str, *, mood: str = "ink") -> None:
        told = Text(text, style=CALM[mood])
        if self.drawing:
            self._indented(told)
        else:
            self._line(Text.assemble("   ", told))

    def scene(self, where: str) -> None:
        """At whose phone, or at which desk, what follows happens."""
        self.say(f"〔{where}〕", mood="busy")

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        if not self.drawing:
            for label, value in facts:
                self.say(f"{label}: {value}")
            return
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style=CALM["gloss"], no_wrap=True)
        grid.add_column(overflow="fold")
        for label, value in facts:
            grid.add_row(label, Text(value))
        self._indented(grid)

    def catalogue(self, catalogue: Json) -> None:
        if self.drawing:
            self._indented(catalogue_table(catalogue))
            return
        for number, item, waited in numbered(catalogue):
            self.say(f"{number}. {item['title']} — {item['department']['name']}" + (f"（等 {waited}）" if waited else ""))

    def happened(self, step: Json) -> None:
        at, who = clock(step["at"]), _who(step)
        if not self.drawing:
            self._line(Text(f"   {at}  {step['text']}" + (f"  · {who}" if who else "")))
            return
        row = Table.grid(padding=(0, 2), expand=True)
        row.add_column(style=CALM["gloss"], no_wrap=True)
        row.add_column(overflow="fold", ratio=1)
        row.add_column(style=CALM["gloss"], no_wrap=True, justify="right")
        row.add_row(at, Text(step["text"]), who)
        self._indented(row)

    @contextmanager
    def watching(self, case: Json) -> Iterator["Watching"]:
        if not self.drawing:
            yield Watching(None)
            return
        with Live(_framed(case), console=self.console, refresh_per_second=12, transient=True) as live:
            yield Watching(live)

    def tree(self, case: Json) -> None:
        if self.drawing:
            self.console.print(_framed(case))
            return
        for line in item_lines(case):
            self.say(line)

    def code(self, url: str) -> None:
        if self.drawing:
            self.console.print(Padding(scannable(url), (1, 0, 1, 3)))
        self.say(url, mood="gloss")

    def ending(self, text: str) -> None:
        self.console.print()
        if self.drawing:
            self.console.print(Panel(Text(text), box=box.ROUNDED, border_style=CALM["good"], padding=(0, 3), expand=False))
        else:
            self._line(Text(text))

    def failed(self, where: str, why: str) -> None:
        self.console.print()
        self._line(Text(f"✕ 这一步没有做成：{where}  (this step did not happen)", style=CALM["bad"]))
        self._line(Text(f"   {why}"))

    def _line(self, text: Text) -> None:
        self.console.print(text, soft_wrap=not self.drawing)

    def _indented(self, what: RenderableType) -> None:
        self.console.print(Padding(what, (0, 0, 0, 3)))


class Watching:
    """The tree at the foot of the page, while steps scroll by above it."""

    def __init__(self, live: Live | None) -> None:
        self._live = live

    def show(self, case: Json) -> None:
        if self._live:
            self._live.update(_framed(case))


def _framed(case: Json) -> Padding:
    return Padding(item_tree(case), (1, 0, 0, 3))


def _who(step: Json) -> str:
    """Whose step it was, unless the sentence says so."""
    name = step["item"]["department"]["name"] if step["item"] else ""
    return "" if name in step["text"] else str(name)
