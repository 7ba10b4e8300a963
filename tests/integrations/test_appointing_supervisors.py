"""`python -m api appoint FILE`: the first supervisors, named by operators."""

import asyncio
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.children import CannotRun
from api.demo import SUPERVISORS
from api.development import environment
from api.keys import sealing
from api.organisations import appoint, post_desk
from api.settings import Settings
from domain.acting import CapacityKind
from domain.identifiers import DocumentKind
from integrations.mongo.database import Database
from integrations.mongo.posts import POSTS
from mocks.others import OTHERS
from tests.cases import loaded
from tests.organisations import CHIEF, COMMUNITY

Appoint = Callable[[str], Awaitable[int]]
ONE = f"""
[[supervisor]]
organisation = "{COMMUNITY}"
name = "{CHIEF.name}"
document_kind = "RESIDENT_ID"
document_number = "{CHIEF.document_number}"
"""


@pytest.fixture
def settings(database: Database, mongo_url: str, tmp_path: Path) -> Settings:
    made = Settings.from_environment(environment(tmp_path, port=5, ports={"store": 1, "valkey": 2, "mocks": 3, "worker": 4}))
    return replace(made, mongo_url=mongo_url, mongo_database=database.name)


@pytest.fixture
def appointing(settings: Settings, tmp_path: Path) -> Appoint:
    def run(text: str) -> Awaitable[int]:
        file = tmp_path / "supervisors.toml"
        file.write_text(text, encoding="utf-8")
        return asyncio.to_thread(appoint, settings, file)

    return run


async def test_a_named_supervisor_is_in_office_and_naming_them_again_changes_nothing(
    appointing: Appoint, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [await appointing(ONE), await appointing(ONE)] == [0, 0]

    (post,) = await database[POSTS.name].find({"organisation": COMMUNITY}).to_list(None)
    assert (post["kind"], post["status"], post["appointed_by"]) == ("SUPERVISOR", "ACTIVE", None)
    assert capsys.readouterr().out == "1 supervisors are in office.\n" * 2


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (COMMUNITY, "org-x-y", "there is no organisation 'org-x-y'"),
        (CHIEF.name, " ", "has no name"),
        (CHIEF.document_number, "1", "the number is none of a RESIDENT_ID"),
        ('"RESIDENT_ID"', '"CARD"', "is not a list of"),
        ("name =", "nam =", "is not a list of"),
        ("[[supervisor]]", "[supervisor", "is not a list of"),
    ],
)
async def test_with_a_fault_in_the_file_nobody_is_appointed(
    appointing: Appoint, database: Database, right: str, wrong: str, told: str
) -> None:
    with pytest.raises(CannotRun, match=told):
        await appointing(ONE + ONE.replace(right, wrong))

    assert await database.list_collection_names() == []


async def test_without_a_store_it_is_told_so(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text(ONE, encoding="utf-8")

    with pytest.raises(CannotRun, match="does not answer"):
        await asyncio.to_thread(appoint, replace(settings, mongo_url="mongodb://127.0.0.1:1"), file)


def test_those_of_the_demonstration_are_its_invented_people() -> None:
    named = tomllib.loads(SUPERVISORS.read_text(encoding="utf-8"))["supervisor"]
    invented = {(one.name, one.document_kind, one.document_number) for one in OTHERS}

    assert {(one["name"], one["document_kind"], one["document_number"]) for one in named} <= invented
    assert all(loaded().catalogues.organisation(one["organisation"]) for one in named)


async def test_whoever_is_appointed_is_the_person_of_that_document(appointing: Appoint, database: Database, settings: Settings) -> None:
    await appointing(ONE)

    desk = post_desk(database, sealing(settings.sealing_keys), loaded().catalogues)
    person = await desk.persons.met(DocumentKind.RESIDENT_ID, CHIEF.document_number, name="x")
    (post,) = await desk.posts.of(person.id)
    assert (post.kind, post.person.name, post.organisation.id) == (CapacityKind.SUPERVISOR, CHIEF.name, COMMUNITY)
