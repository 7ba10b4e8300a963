"""The catalogue folder: TOML is read, made traditional by OpenCC, and built; everything that is wrong with it is told at once.

Traditional characters follow Hong Kong's forms (s2hk): the sources' readers of them live in Hong Kong and Macao, and s2t writes forms that
nobody uses (覈定, 麪, 爲). What it gets wrong stands, by its simplified wording, in `national/zh-Hant.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import opencc

from domain.catalogue.build import build, rebuild
from domain.catalogue.check import Known
from domain.catalogue.faults import CatalogueFaults, fault
from domain.catalogue.layers import NATIONAL, Files, Table
from domain.catalogue.read import Hant
from domain.catalogue.store import CatalogueArchive, Catalogues
from domain.catalogue.types import Catalogue
from domain.policy import RULES
from domain.policy.named import NAMED
from domain.wording import Wording

CATALOGUE = Path(__file__).parents[1] / "catalogue"
TRADITIONAL = f"{NATIONAL}/zh-Hant.toml"
CALENDAR = f"{NATIONAL}/calendar/"
"""Years of working days: not part of any region's catalogue; integrations/calendar_files.py reads them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    catalogues: Catalogues
    wording: Wording
    hant: Hant


def load(folder: Path = CATALOGUE, *, today: date, archive: CatalogueArchive | None = None) -> Loaded:
    """The whole folder, checked. Raises CatalogueFaults, which name file and key."""
    files = dict(read_files(folder))
    hant = traditional(files.pop(TRADITIONAL, {}))
    built = build(files, hant=hant, rules=RULES, named=NAMED, today=today)
    known = Known(RULES, NAMED, built.messages, today)

    def earlier(content: bytes, now_in_force: Catalogue) -> Catalogue:
        return rebuild(content, now_in_force=now_in_force, hant=hant, known=known)

    return Loaded(Catalogues(built, earlier, archive), Wording(built.messages), hant)


def read_files(folder: Path) -> Files:
    """Every TOML file below the folder by its path there. Raises CatalogueFaults for what is not TOML."""
    files: dict[str, Table] = {}
    faults: list[str] = []
    for file in sorted(folder.rglob("*.toml")):
        path = file.relative_to(folder).as_posix()
        if path.startswith(CALENDAR):
            continue
        try:
            files[path] = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(fault(path, "this file", f"is not TOML: {error}"))
    if faults:
        raise CatalogueFaults(faults)
    return files


def traditional(overrides: Mapping[str, object]) -> Hant:
    """OpenCC, except for the wordings that are overridden; of two that begin alike the longer wins."""
    wrong = [
        fault(TRADITIONAL, repr(simplified), "is not text") for simplified, written in overrides.items() if not isinstance(written, str)
    ]
    if wrong:
        raise CatalogueFaults(wrong)
    convert = _converter().convert
    if not overrides:
        return convert
    overridden = re.compile("(" + "|".join(map(re.escape, sorted(overrides, key=len, reverse=True))) + ")")
    return lambda text: "".join(str(overrides.get(part) or convert(part)) for part in overridden.split(text) if part)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2hk")
