"""What is drawn: the items as a tree that shows what waits for what, the catalogue as a table, a code to scan, a paper to hand in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

import segno
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from mocks.answers import Json

CALM = {"ink": "default", "good": "green", "busy": "cyan", "waits": "bright_black", "asks": "yellow", "bad": "red", "gloss": "bright_black"}

_SIGNS = {
    "WAITING": ("○", "waits"),
    "HANDED_OFF": ("◐", "busy"),
    "IN_PROGRESS": ("◐", "busy"),
    "DONE": ("●", "good"),
    "SUSPENDED": ("‖", "asks"),
    "CORRECTION_NEEDED": ("✎", "asks"),
    "REFUSED": ("✕", "bad"),
    "FAILED": ("!", "bad"),
    "NOT_STARTED": ("–", "waits"),
}
TITLE = 24


def short(title: str) -> str:
    """Titles of the region's document can be forty characters long."""
    return title if len(title) <= TITLE else title[: TITLE - 1] + "…"


def clock(at: str) -> str:
    return f"{datetime.fromisoformat(at):%H:%M:%S}"


def sign(status: str) -> Text:
    mark, mood = _SIGNS.get(status, ("?", "ink"))
    return Text(mark, style=CALM[mood])


def item_tree(case: Json) -> Tree:
    """Each item below the one that it waits for last."""
    root = Tree(Text(case["statusText"], style="bold"), guide_style=CALM["gloss"])
    branches: dict[str, Tree] = {}
    for item in _waiting_last(case["items"]):
        above = [branches[waited["id"]] for waited in item["waitsFor"] if waited["id"] in branches]
        branches[item["id"]] = (above[-1] if above else root).add(_told(item))
    return root


def _waiting_last(items: Sequence[Json]) -> Iterator[Json]:
    """In their order, but none before what it waits for."""
    ids = {item["id"] for item in items}
    left, placed = list(items), set[str]()
    while left:
        ready = [item for item in left if all(waited["id"] in placed or waited["id"] not in ids for waited in item["waitsFor"])] or left
        yield from ready
        placed |= {item["id"] for item in ready}
        left = [item for item in left if item["id"] not in placed]


def _told(item: Json) -> Text:
    mood = _SIGNS.get(item["status"], ("?", "ink"))[1]
    parts = (
        sign(item["status"]),
        " ",
        short(item["title"]),
        ("  " + item["statusText"], CALM[mood]),
        ("  " + item["department"]["name"], CALM["gloss"]),
    )
    return Text.assemble(*parts, no_wrap=True, overflow="ellipsis")


def item_lines(case: Json) -> Iterator[str]:
    """The same without branches."""
    yield case["statusText"]
    for item in case["items"]:
        yield f"{sign(item['status'])} {item['title']} — {item['statusText']}，{item['department']['name']}"


def catalogue_table(catalogue: Json) -> Table:
    table = Table(box=None, padding=(0, 1), header_style=CALM["gloss"])
    for heading in ("", "事项 service", "部门 department", "等候 waits for"):
        table.add_column(heading, no_wrap=heading != "部门 department")
    for number, item, waited in numbered(catalogue):
        table.add_row(
            Text(number, style=CALM["gloss"]), short(item["title"]), item["department"]["name"], Text(waited, style=CALM["gloss"])
        )
    return table


def numbered(catalogue: Json) -> Iterator[tuple[str, Json, str]]:
    """(number, item, the numbers of those it waits for)."""
    numbers = {item["id"]: str(number) for number, item in enumerate(catalogue["items"], start=1)}
    for item in catalogue["items"]:
        yield numbers[item["id"]], item, "、".join(numbers[waited["id"]] for waited in item["waitsFor"])


def scannable(url: str) -> Text:
    """Two rows of modules to a line, dark on light whatever the terminal's colours."""
    rows = [[bool(module) for module in row] for row in segno.make(url, error="m", micro=False).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    lines = ["".join(_half(*pair) for pair in zip(above, below, strict=True)) for above, below in zip(rows[::2], rows[1::2], strict=True)]
    return Text("\n".join(lines), style="black on white", no_wrap=True)


def _half(above: bool, below: bool) -> str:
    return {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}[above, below]


def paper(title: str) -> bytes:
    """A photograph of a paper that does not exist: a PNG with its title as a code."""
    picture = BytesIO()
    segno.make(title).save(picture, kind="png", scale=8)
    return picture.getvalue()
