"""What an operator imports, on a real store: whole, again, after an interruption; and a table that is wrong changes nothing."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.errors import WriteError

from api.children import CannotRun
from api.development import environment
from api.divisions import BATCH, import_divisions, imported
from api.settings import Settings
from domain.places.table import CountyTable, counties
from domain.ports import NoAnswer
from integrations.division_files import rows_of
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.divisions import DIVISIONS, MongoDivisions
from tests.places import shipped_divisions

TOWNS, VILLAGES = 3, 8
COUNTIES = tuple(code for code in shipped_divisions().names if len(code) == 6)[: 2 * BATCH + 30]
MANY = len(COUNTIES) * TOWNS * (1 + VILLAGES)

Import = Callable[[Path], "asyncio.Future[int]"]


def lines(villages: str = "村") -> Iterator[str]:
    """A table of several thousand invented towns and villages in real counties."""
    for county in COUNTIES:
        yield f"{county},{shipped_divisions().names[county].hans},{county[:4]}"
        for town in range(1, TOWNS + 1):
            yield f"{county}{town:03},第{town}镇,{county}"
            yield from (f"{county}{town:03}{village:03},第{village}{villages},{county}{town:03}" for village in range(1, VILLAGES + 1))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path, *lines())


def written(folder: Path, *rows: str, header: str = "code,name,parent") -> Path:
    file = folder / "divisions.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def importing(database: Database, mongo_url: str, tmp_path: Path) -> Import:
    ports = {"store": 1, "valkey": 2, "mocks": 3, "worker": 4}
    made = Settings.from_environment(environment(tmp_path, port=5, ports=ports))
    settings = replace(made, mongo_url=mongo_url, mongo_database=database.name)
    return lambda file: asyncio.to_thread(import_divisions, settings, file)


@pytest.fixture
def store(database: Database) -> MongoDivisions:
    return MongoDivisions(database, hant=str)


async def everything(database: Database) -> list[dict[str, object]]:
    return [each async for each in database[DIVISIONS.name].find().sort("_id", 1)]


# ---------------------------------------------------------------- a table that is whole


async def test_a_table_is_imported_county_by_county(importing: Import, table: Path, database: Database, store: MongoDivisions) -> None:
    assert await importing(table) == 0

    assert [each["_id"] for each in await everything(database)] == list(COUNTIES)
    county = await store.county(COUNTIES[5])
    assert county is not None
    assert len(county.names) == TOWNS * (1 + VILLAGES)
    assert county.children(f"{COUNTIES[5]}002")[:1] == (f"{COUNTIES[5]}002001",)


async def test_it_tells_what_it_found_and_how_far_it_is(importing: Import, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await importing(table)

    first, *progress = capsys.readouterr().out.splitlines()
    assert first == f"{table}: 0 provinces, 0 cities, 230 counties, 690 towns, 5,520 villages"
    assert progress == [f"  {kept} counties, {kept * 27:,} of {MANY:,} towns and villages" for kept in (100, 200, 230)]


async def test_importing_again_changes_nothing(importing: Import, table: Path, database: Database) -> None:
    await importing(table)
    once = await everything(database)

    await importing(table)

    assert await everything(database) == once


async def test_an_import_that_was_interrupted_is_run_again(
    importing: Import, table: Path, database: Database, store: MongoDivisions
) -> None:
    await apply(database, [DIVISIONS])
    async for _ in imported(counties(rows_of(table)), store):
        break
    begun = [each["_id"] for each in await everything(database)]

    await importing(table)

    assert begun == list(COUNTIES[:BATCH])
    assert [each["_id"] for each in await everything(database)] == list(COUNTIES)


async def test_a_newer_table_replaces_the_counties_that_it_names_and_no_others(
    importing: Import, table: Path, tmp_path: Path, database: Database, store: MongoDivisions
) -> None:
    await importing(table)

    await importing(written(tmp_path, f"{COUNTIES[0]}009,新镇,{COUNTIES[0]}"))

    newer, other = await store.county(COUNTIES[0]), await store.county(COUNTIES[1])
    assert newer is not None
    assert other is not None
    assert (list(newer.names), len(other.names)) == ([f"{COUNTIES[0]}009"], TOWNS * (1 + VILLAGES))


async def test_a_town_may_have_no_villages(importing: Import, tmp_path: Path, store: MongoDivisions) -> None:
    await importing(written(tmp_path, "450103001,甲街道", header="code,name"))

    county = await store.county("450103")
    assert county is not None
    assert county.children("450103001") == ()


async def test_a_spreadsheet_s_mark_notes_and_empty_lines_are_no_harm(importing: Import, tmp_path: Path, store: MongoDivisions) -> None:
    file = tmp_path / "marked.csv"
    file.write_bytes(b"\xef\xbb\xbf" + '# 某省民政厅, 2026\r\ncode,name\r\n\r\n450103001,"甲,乙街道"\r\n'.encode())

    await importing(file)

    county = await store.county("450103")
    assert county is not None
    assert county.names["450103001"].hans == "甲,乙街道"


async def test_only_counties_that_are_there_are_told_to_be(importing: Import, table: Path, store: MongoDivisions) -> None:
    await importing(table)

    assert await store.imported([COUNTIES[0], COUNTIES[3], "659012"]) == {COUNTIES[0], COUNTIES[3]}
    assert await store.county("659012") is None


# ---------------------------------------------------------------- a table that is not


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("450103002,,450103", "line 3: 450103002 has no name"),
        ("450103002,乙镇,450102", "line 3: 450103002 cannot belong to 450102: its code does not begin so; it belongs to 450103"),
        ("450103002001,乙村,450103002", "line 3: 450103002001 乙村 has no town; 450103002 should stand before it"),
        ("450103001,甲街道,450103", "line 3: 450103001 stands there twice"),
        ("450102001,乙镇,450102", "line 3: 450102001 comes after 450103001; sort the lines by code as text (LC_ALL=C sort)"),
        ("999999001,乙镇,999999", "line 3: 999999001 乙镇 is in no county that is known here"),
        ("乙镇,450103002,450103", "line 3: '乙镇' is no code of a division"),
        ("450103002,乙镇", "line 3: has 2 columns and not 3"),
        ('450103002,"乙镇,450103', "line 3: unexpected end of data"),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_is_imported(
    importing: Import, tmp_path: Path, database: Database, row: str, told: str
) -> None:
    file = written(tmp_path, "450103001,甲街道,450103", row)

    with pytest.raises(CannotRun) as refused:
        await importing(file)

    assert told in str(refused.value)
    assert await everything(database) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the first line must be code,name or code,name,parent"),
        (b"450103001,a\n", "the first line must be code,name or code,name,parent"),
        (b"code,name\n", "has no town and no village"),
        (b"code,name\n45,x\n", "has no town and no village"),
        ("code,name\n450103001,甲\n".encode("gb18030"), "is not UTF-8"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_in_a_sentence(importing: Import, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "divisions.csv"
    file.write_bytes(content)

    with pytest.raises(CannotRun) as refused:
        await importing(file)

    assert told in str(refused.value)


async def test_a_file_that_is_not_there_is_told_to_be_so(importing: Import, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be read: No such file"):
        await importing(tmp_path / "nowhere.csv")


async def test_of_very_many_faults_the_first_twenty_are_told(importing: Import, tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as refused:
        await importing(written(tmp_path, *(f"{number},甲" for number in range(100, 150)), header="code,name"))

    assert len(str(refused.value).splitlines()) == 21
    assert str(refused.value).endswith("There may be more. Nothing was imported.")


async def test_without_a_store_nothing_is_kept_and_that_is_told() -> None:
    with closing(AsyncIOMotorClient("mongodb://127.0.0.1:1", serverSelectionTimeoutMS=50)) as client:
        away = MongoDivisions(client.get_database("away"), hant=str)

        with pytest.raises(NoAnswer):
            await away.keep([CountyTable("450103", (("450103001", "甲街道"),))])


@pytest.mark.parametrize("wrong", [{"_id": "45010", "rows": []}, {"_id": "450103"}, {"_id": "450103", "rows": [], "more": 1}])
async def test_the_store_keeps_nothing_of_another_shape(database: Database, wrong: dict[str, object]) -> None:
    await apply(database, [DIVISIONS])

    with pytest.raises(WriteError):
        await database[DIVISIONS.name].insert_one(wrong)
