"""The registers' stand-in is as strict as the real ones, and agrees with what licences say about the same people."""

from collections.abc import AsyncIterator
from datetime import date

import httpx2
import pytest

from domain.identifiers import is_credit_code
from mocks.client_credentials import CLIENT_ID
from mocks.others import ENTERPRISES, OTHERS, Enterprise, legal_account
from mocks.people import PEOPLE, RETIREES, Resident, anyone
from mocks.registers import CLIENT_SECRET
from tests.mocks.world import World, a_world

ZHANG = {"kind": "RESIDENT_ID", "number": PEOPLE["zhang"].document_number}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


async def ask(world: World, item: str, question: object) -> httpx2.Response:
    account = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    token = (await world.ask("POST", "/registers/oauth/token", data=account)).json()["access_token"]
    return await world.ask("POST", f"/registers/{item}", json=question, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("item", ["life", "guardianships", "relatives", "accounts", "employments"])
async def test_nobody_is_told_anything_without_a_token(world: World, item: str) -> None:
    answer = await world.ask("POST", f"/registers/{item}", json={}, headers={"Authorization": "Bearer made-up"})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("item", "question"),
    [
        ("life", {"person": {**ZHANG, "name": "张守田"}}),
        ("life", {"person": {"kind": "RESIDENT_ID"}}),
        ("accounts", {"holder": ZHANG, "account": "6"}),
        ("employments", {"person": ZHANG}),
        ("relatives", []),
    ],
)
async def test_who_says_too_much_or_too_little_is_refused(world: World, item: str, question: object) -> None:
    assert (await ask(world, item, question)).status_code == 422


@pytest.mark.parametrize(
    "entry",
    [
        {"person": "nobody", "standing": "DECEASED", "since": "2026-11-20"},
        {"person": "zhang", "standing": "DECEASED"},
        {"person": "zhang", "standing": "ALIVE", "since": "2026-11-20"},
        {"person": "zhang", "standing": "INCAPACITATED", "since": "2026-11-20", "guardian": "nobody"},
        {"person": "zhang", "standing": "MISSING"},
    ],
    ids=str,
)
async def test_what_cannot_be_registered_changes_nothing(world: World, entry: dict[str, str]) -> None:
    refused = await world.ask("POST", "/registers/_set", json=entry)
    standing = (await ask(world, "life", {"person": ZHANG})).json()

    assert refused.status_code == 400
    assert standing == {"standing": "ALIVE", "since": None}


async def test_the_ledger_tells_whom_it_was_asked_about_by_key(world: World) -> None:
    await ask(world, "life", {"person": ZHANG})

    (question,) = (await world.ask("GET", "/registers/_ledger")).json()["questions"]
    assert (question["about"], question["person"], ZHANG["number"] in str(question)) == ("life", "zhang", False)


# ---------------------------------------------------------------- those who act for others


def test_they_are_none_of_the_ten() -> None:
    assert {other.key for other in OTHERS} == PEOPLE.keys() - RETIREES.keys()
    assert len(PEOPLE) == len(RETIREES) + len(OTHERS)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.key)
def test_they_are_of_working_age(other: Resident) -> None:
    assert other.retires_on > date(2037, 1, 1)
    assert int(other.work_started[:4]) - other.birth_date.year >= 18


@pytest.mark.parametrize("enterprise", ENTERPRISES.values(), ids=ENTERPRISES)
def test_an_enterprise_is_the_one_that_its_peoples_records_name(enterprise: Enterprise) -> None:
    everybody = [*PEOPLE.values(), *(anyone(seed) for seed in range(40))]

    names = {person.employer for person in everybody if person.employer_code == enterprise.code}

    assert is_credit_code(enterprise.code)
    assert names == {enterprise.name}


@pytest.mark.parametrize("hint", ["boss", "boss@", "@furnace", "boss@nowhere", "agent@furnace", "boss-2@furnace", "boss@furnace@crowd"])
def test_a_legal_account_is_only_its_representatives(hint: str) -> None:
    assert legal_account(hint) is None


def test_a_representative_may_have_several() -> None:
    assert [legal_account(f"boss@{key}") for key in ("furnace", "crowd")] == [
        ("boss", ENTERPRISES["furnace"]),
        ("boss", ENTERPRISES["crowd"]),
    ]
