"""For operators: does the catalogue hold together (`check-catalogue`), and what does it say is the law of a day (`explain-law`)?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from api.children import CannotRun
from domain.catalogue.store import Catalogues
from domain.catalogue.types import Catalogue, Parameter, ParameterValue
from domain.clock import day_in_china, system_now
from integrations.catalogue_files import CATALOGUE, Loaded, load

WIDTH = 100
"""Characters of a line in which a table is drawn."""


def check_catalogue(folder: Path = CATALOGUE) -> int:
    """Raises CatalogueFaults with every fault, each named with file and key; CannotRun."""
    held = _loaded(folder).catalogues.built.catalogues.values()
    items = sum(len(catalogue.items) for catalogue in held)
    parameters = {key for catalogue in held for key in catalogue.parameters}
    print(f"no faults: {len(held)} regions, {items} items, {len(parameters)} parameters")
    return 0


def explain_law(key: str, *, on: date | None, region: str, folder: Path = CATALOGUE) -> int:
    """`on`: today in China where none is named. Raises CannotRun where there is nothing to tell, and says what there is."""
    catalogues = _loaded(folder).catalogues
    catalogue = _catalogue(catalogues, region)
    parameter = catalogue.parameters.get(key)
    if parameter is None:
        raise CannotRun(_unknown(catalogues, key, region))
    print("\n".join(_explained(parameter, catalogue, on or day_in_china(system_now()))))
    if others := _otherwise(catalogues, parameter, region):
        print(f"\nStated otherwise in: {', '.join(others)} (--region).")
    return 0


def _loaded(folder: Path) -> Loaded:
    if not any(folder.glob("*/region.toml")):
        raise CannotRun(f"{folder} is no catalogue: no folder in it has a region.toml.")
    return load(folder, today=day_in_china(system_now()))


def _catalogue(catalogues: Catalogues, region: str) -> Catalogue:
    held = catalogues.built.catalogues
    if region not in held:
        raise CannotRun(f"There is no region '{region}'. There are: {', '.join(held)}.")
    return held[region]


def _unknown(catalogues: Catalogues, key: str, region: str) -> str:
    held = catalogues.built.catalogues
    where = [code for code, catalogue in held.items() if key in catalogue.parameters]
    if where:
        return f"{region} has no '{key}'; it is stated in: {', '.join(where)} (--region)."
    known = {known for catalogue in held.values() for known in catalogue.parameters}
    near = sorted(name for name in known if key and key in name) or get_close_matches(key, known, n=5, cutoff=0.5)
    listed = f"Near it: {', '.join(near)}." if near else f"There are: {', '.join(sorted(known))}."
    return f"No figure of law is called '{key}'. {listed}"


def _otherwise(catalogues: Catalogues, parameter: Parameter, region: str) -> list[str]:
    held = catalogues.built.catalogues.items()
    return [code for code, other in held if code != region and other.parameters.get(parameter.key, parameter) != parameter]


def _explained(parameter: Parameter, catalogue: Catalogue, day: date) -> Iterator[str]:
    """What holds, then what it was before, the newest first, then what comes after."""
    yield f"{parameter.key} · {parameter.label.hans} · {parameter.label.en}"
    standing = parameter.find(day)
    place = f"{catalogue.region.code} ({catalogue.region.name.hans})"
    yield f"on {day} in {place}:" if standing else f"on {day} in {place}: no value; the law knew no such figure yet"
    spans = list(_spans(parameter.values))
    if standing:
        yield from _drawn(standing, f"since {standing.since}", indent=2)
    for value, until in reversed(spans):
        if value.since <= day and value is not standing:
            yield from _drawn(value, f"before, {value.since} to {until}", indent=2)
    for value, until in spans:
        if value.since > day:
            yield from _drawn(value, f"after, from {value.since}" + (f" to {until}" if until else ""), indent=2)


def _spans(values: Sequence[ParameterValue]) -> Iterator[tuple[ParameterValue, date | None]]:
    """Each with the last day on which it holds, if it ends."""
    yield from ((earlier, later.since - timedelta(days=1)) for earlier, later in pairwise(values))
    yield values[-1], None


def _drawn(value: ParameterValue, when: str, *, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(value.value, Mapping):
        yield f"{margin}{when}"
        yield from (f"{margin}    {line}" for line in _table(value.value))
    else:
        yield f"{margin}{when}: {value.value}"
    yield f"{margin}    {value.source}"


def _table(figures: Mapping[str, int | str]) -> Iterator[str]:
    """In columns, as many as fit, read from left to right."""
    cells = [f"{name} = {figure}" for name, figure in figures.items()]
    wide = max(map(len, cells)) + 3
    each = max(1, WIDTH // wide)
    for first in range(0, len(cells), each):
        yield "".join(cell.ljust(wide) for cell in cells[first : first + each]).rstrip()
