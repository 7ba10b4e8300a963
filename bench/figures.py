"""Figures as a table: drawn in a terminal, plain lines anywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rich import box
from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Figures:
    """One measurement: `columns` of which the first names the row, and what a reader must know to understand them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


def console() -> Console:
    return Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=PLAIN_WIDTH)


def show(figures: Figures, on: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD if on.is_terminal else None, pad_edge=False)
    for place, heading in enumerate(figures.columns):
        table.add_column(heading, justify="right" if place else "left")
    for row in figures.rows:
        table.add_row(*row)
    on.print()
    on.print(figures.title, style="bold")
    on.print(table)
    for note in figures.notes:
        on.print(f"  {note}", style="dim")


def ratio(ours: float, other: float) -> str:
    return f"{ours / other:.1f}×"


def spread(values: Sequence[float], form: str = "{:.1f}") -> tuple[str, str, str]:
    """Least, median and most."""
    return tuple(form.format(value) for value in (min(values), median(values), max(values)))  # type: ignore[return-value]


def middle_and_tail(values: Sequence[float], form: str = "{:.1f}") -> tuple[str, str]:
    """Median and 99th percentile."""
    return form.format(median(values)), form.format(quantiles(values, n=100, method="inclusive")[-1])
