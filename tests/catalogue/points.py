"""Service points and matters of an invented region, as many as a test wants."""

from collections.abc import Iterator

from domain.catalogue.types import Catalogue
from tests.catalogue.files import TEXTS, built, parsed

POINTS = "somewhere/points.toml"
MATTERS = "somewhere/matters.toml"

TWO_POINTS = """
[hall]
name = { zh-Hans = "甲大厅", en = "Hall" }
address = { zh-Hans = "丙路1号", en = "1 Bing Road" }
telephone = "12333"
source = "its document"
[hall.hours]
regular = [{ opens = 09:00:00, closes = 12:00:00 }]
[hall.hours.extended]
EARLY_AND_LATE = [{ opens = 07:30:00, closes = 09:00:00 }]

[machines]
name = { zh-Hans = "乙自助区", en = "Machines" }
source = "its document"
hours = { always = true }
"""


def shared_out(total: int, among: int) -> list[int]:
    return [total // among + (number < total % among) for number in range(among)]


def list_of(matters: int, details: int, parts: int) -> Iterator[str]:
    """So many of each level, shared out evenly."""
    parts_of = iter(shared_out(parts, details))
    for number, share in enumerate(shared_out(details, matters), start=1):
        titles = f'title = {{ zh-Hans = "事项{number}", en = "Matter {number}" }}'
        inner = ", ".join(detail(f"m{number}-{each}", next(parts_of)) for each in range(share))
        yield f'[m{number}]\n{titles}\nsource = "its document"\nparts = [{inner}]\n'


def detail(code: str, parts: int) -> str:
    inner = ", ".join(f'{{ code = "{code}-{each}", title = {{ zh-Hans = "子项", en = "Part" }} }}' for each in range(parts))
    return f'{{ code = "{code}", title = {{ zh-Hans = "细项", en = "Detail" }}, parts = [{inner}] }}'


def somewhere(points: str = TWO_POINTS, matters: str = "") -> Catalogue:
    return built(parsed({**TEXTS, POINTS: points, MATTERS: matters})).catalogues["somewhere"]
