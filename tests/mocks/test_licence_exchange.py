"""The licence exchange as its wire format promises it, and in the words of our catalogue."""

import tomllib
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.certificates.identifier import is_licence_identifier
from domain.identifiers import DocumentKind
from mocks.client_credentials import CLIENT_ID
from mocks.licences import CLIENT_SECRET
from mocks.papers import KINDS, papers
from mocks.people import PEOPLE, Resident, anyone
from tests.mocks.world import World, a_world
from tests.sign_in import Clock

NATIONAL = Path(__file__).parents[2] / "catalogue" / "national"
TODAY = date(2026, 11, 23)
SOMEBODY = [*PEOPLE.values(), anyone(3), anyone(4), *(anyone(5, kind.value) for kind in DocumentKind)]
CONSENT = {"id": "consent-1", "purpose": "identity", "version": "1", "at": "2026-11-20T09:00:00+08:00"}


@pytest.fixture
async def world(moment: datetime) -> AsyncIterator[World]:
    async with a_world(now=Clock(moment)) as world:
        yield world


def national(file: str) -> dict[str, Any]:
    return tomllib.loads((NATIONAL / f"{file}.toml").read_text(encoding="utf-8"))


async def asked(world: World, **differently: Any) -> Any:
    account = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    token = (await world.ask("POST", "/licences/oauth/token", data=account)).json()["access_token"]
    zhang = PEOPLE["zhang"]
    question = {
        "holder": {"kind": zhang.document_kind, "number": zhang.document_number},
        "type": "portrait",
        "purpose": "identity",
        "consent": CONSENT,
    }
    headers = {"Authorization": f"Bearer {token}"}
    return await world.ask("POST", "/licences/licences/query", json={**question, **differently}, headers=headers)


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {},
        {**CONSENT, "id": ""},
        {**CONSENT, "purpose": "payout"},
        {**CONSENT, "at": "2026-11-23T11:00:00+08:00"},
        {**CONSENT, "at": "yesterday"},
    ],
)
async def test_nothing_is_told_without_recorded_consent_for_the_purpose(world: World, consent: Any) -> None:
    answer = await asked(world, consent=consent)

    assert (answer.status_code, answer.json()) == (403, {"error": "consent-required"})


async def test_nothing_is_told_without_a_token(world: World) -> None:
    answer = await world.ask("POST", "/licences/licences/query", json={}, headers={"Authorization": "Bearer made-up"})

    assert answer.status_code == 401


async def test_a_question_in_another_form_is_refused(world: World) -> None:
    assert [(await asked(world, holder="zhang")).status_code, (await asked(world, type="dog-licence")).status_code] == [422, 422]


async def test_a_register_can_be_made_to_disagree_about_one_person(world: World) -> None:
    rule = {"person": "zhang", "item": "contribution-record", "attributes": {"contribution-months": "411"}}
    await world.behave("/licences", rules=[rule])

    (entry,) = (await asked(world, type="contribution-record")).json()["licences"]

    assert (entry["attributes"]["contribution-months"], entry["attributes"]["deemed-months"]) == ("411", "38")


async def test_a_register_can_be_made_to_know_nothing(world: World) -> None:
    await world.behave("/licences", rules=[{"item": "portrait", "outcome": "NOT_FOUND"}])

    assert (await asked(world)).json() == {"licences": []}


@pytest.mark.parametrize("person", SOMEBODY, ids=[person.key for person in SOMEBODY])
def test_every_licence_has_a_right_identifier_of_its_own(person: Resident) -> None:
    identifiers = [paper["identifier"] for kind in KINDS.values() for paper in papers(kind, person, TODAY)]

    assert identifiers
    assert all(is_licence_identifier(identifier) for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_the_exchange_has_the_kinds_and_attributes_of_the_catalogue() -> None:
    declared = {code: set(kind["attributes"]) for code, kind in national("licences").items() if not kind.get("vouched")}
    zhang = {code: set(papers(kind, PEOPLE["zhang"], TODAY)[-1]["attributes"]) for code, kind in KINDS.items()}

    assert zhang == declared


@pytest.mark.parametrize("person", SOMEBODY, ids=[person.key for person in SOMEBODY])
def test_what_a_register_says_is_an_answer_to_the_question_that_it_fills(person: Resident) -> None:
    held = {kind.code: papers(kind, person, TODAY) for kind in KINDS.values()}
    filled = [
        (key, field, in_our_words(origin, held[origin["licence"]][-1]["attributes"].get(origin["attribute"])))
        for key, field in national("fields").items()
        for origin in field.get("origins", ())
        if held.get(origin["licence"])
    ]

    assert [(key, value) for key, field, value in filled if value is not None and not answers(field, value)] == []
    assert len(filled) >= 8


def in_our_words(origin: dict[str, Any], value: str | None) -> str | None:
    return origin["values"].get(value) if "values" in origin else value


def answers(field: dict[str, Any], value: str) -> bool:
    match field["kind"]:
        case "CHOICE":
            return value in {option["value"] for option in field["options"]}
        case "YES_NO":
            return value in {"YES", "NO"}
        case "NUMBER":
            return value.isdecimal()
        case "DATE":
            return date.fromisoformat(value) <= TODAY
        case kind:
            return kind in {"TEXT", "FILE"}
