"""An open case finds the catalogue that it began with, whatever has come into force since."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from domain.catalogue.build import Built, rebuild
from domain.catalogue.check import Known
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.store import CatalogueArchive, Catalogues
from domain.catalogue.types import Catalogue
from domain.errors import NotFound
from integrations.catalogue_files import CATALOGUE, load
from integrations.mongo.catalogues import CATALOGUES, MongoCatalogues
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from tests.catalogue.files import RULES, TODAY, built, parsed, traditional

KEPT = {file.stem: file.read_bytes() for file in sorted((Path(__file__).parent / "kept").glob("*.json"))}
"""Content of versions that releases had in force, as the archive keeps it, by region and version."""


def catalogues_of(in_force: Built, archive: CatalogueArchive | None = None) -> Catalogues:
    def earlier(content: bytes, now_in_force: Catalogue) -> Catalogue:
        return rebuild(content, now_in_force=now_in_force, hant=traditional, known=Known(RULES, {}, in_force.messages, TODAY))

    return Catalogues(in_force, earlier, archive)


@pytest.fixture
async def archive(database: Database) -> MongoCatalogues:
    await apply(database, [CATALOGUES])
    return MongoCatalogues(database)


@pytest.fixture
def old() -> Built:
    return built()


@pytest.fixture
def new() -> Built:
    return built(parsed(path="somewhere/items.toml", old='en = "Check"', new='en = "Examination"'))


async def test_an_earlier_version_is_brought_from_the_archive(archive: MongoCatalogues, old: Built, new: Built, moment: datetime) -> None:
    began_with = old.catalogues["somewhere"]
    await catalogues_of(old, archive).keep(at=moment)
    catalogues = catalogues_of(new, archive)

    brought = await catalogues.bring("somewhere", began_with.version)

    assert brought == began_with
    assert catalogues.version("somewhere", began_with.version) == began_with
    assert catalogues.in_force("somewhere") == new.catalogues["somewhere"]


async def test_the_folder_as_it_was_is_brought_after_it_has_changed(archive: MongoCatalogues, tmp_path: Path, moment: datetime) -> None:
    before = load(today=TODAY, archive=archive).catalogues
    await before.keep(at=moment)
    folder = Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
    (folder / "guangxi/departments.toml").unlink()

    after = load(folder, today=TODAY, archive=archive).catalogues

    assert after.in_force("guangxi") != before.in_force("guangxi")
    assert await after.bring("guangxi", before.in_force("guangxi").version) == before.in_force("guangxi")


@pytest.mark.parametrize("name", KEPT)
async def test_what_was_in_force_in_an_earlier_release_still_opens(archive: MongoCatalogues, moment: datetime, name: str) -> None:
    """A case begun before this release opens after it. These files stay for ever: whoever adds a key that is required breaks them."""
    region, _, version = name.rpartition("-")
    await archive.keep(region, version, KEPT[name], at=moment)

    brought = await load(today=TODAY, archive=archive).catalogues.bring(region, version)

    assert brought is not None
    assert (brought.region.code, brought.version) == (region, version)
    assert {item.department for item in brought.items.values()} <= brought.departments.keys()
    assert all(rule.chosen_from == "divisions" for section in brought.sections for rule in section.fields if rule.format == "division")


async def test_keeping_a_version_again_changes_nothing(archive: MongoCatalogues, old: Built, moment: datetime, database: Database) -> None:
    catalogues = catalogues_of(old, archive)

    await catalogues.keep(at=moment)
    await catalogues.keep(at=moment)

    assert await database[CATALOGUES.name].count_documents({}) == 1


async def test_a_version_that_never_was_is_none(archive: MongoCatalogues, old: Built) -> None:
    catalogues = catalogues_of(old, archive)

    assert await catalogues.bring("somewhere", "0" * 12) is None
    assert await catalogues.find("nowhere") is None
    assert await catalogues.find("nowhere", "0" * 12) is None


async def test_a_damaged_version_is_refused(archive: MongoCatalogues, old: Built, moment: datetime) -> None:
    await archive.keep("somewhere", "0" * 12, old.contents["somewhere"], at=moment)

    with pytest.raises(CatalogueFaults, match="the stored catalogue somewhere 000000000000 is damaged"):
        await catalogues_of(old, archive).bring("somewhere", "0" * 12)


async def test_the_version_in_force_needs_no_archive(old: Built) -> None:
    catalogues, in_force = catalogues_of(old), old.catalogues["somewhere"]

    assert await catalogues.find("somewhere") is in_force
    assert await catalogues.find("somewhere", in_force.version) is in_force
    assert catalogues.version("somewhere", in_force.version) is in_force


async def test_without_an_archive_nothing_is_kept_and_nothing_earlier_is_found(old: Built, moment: datetime) -> None:
    catalogues = catalogues_of(old)

    await catalogues.keep(at=moment)

    assert await catalogues.bring("somewhere", "0" * 12) is None


def test_a_version_that_nobody_has_brought_is_not_there(old: Built) -> None:
    with pytest.raises(LookupError, match="catalogue somewhere x has not been brought"):
        catalogues_of(old).version("somewhere", "x")


def test_a_region_that_is_not_here_is_refused(old: Built) -> None:
    with pytest.raises(NotFound) as refused:
        catalogues_of(old).in_force("nowhere")

    assert refused.value.text.key == "refusal.no-such-region"


def test_an_item_is_found_by_its_id_in_the_catalogue_in_force(old: Built) -> None:
    catalogues = catalogues_of(old)

    found = catalogues.item("item-somewhere-pension")

    assert found is not None
    assert (found.item, found.catalogue) == (old.catalogues["somewhere"].items["pension"], old.catalogues["somewhere"])
    assert catalogues.item("item-somewhere-nothing") is None


async def test_a_region_that_was_taken_away_leaves_nothing_to_bring(archive: MongoCatalogues, old: Built, moment: datetime) -> None:
    await catalogues_of(old, archive).keep(at=moment)
    empty = replace(old, catalogues={}, contents={})

    assert await catalogues_of(empty, archive).bring("somewhere", old.catalogues["somewhere"].version) is None
