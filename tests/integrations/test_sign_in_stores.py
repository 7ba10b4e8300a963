"""What lies in the store of signing in: nothing that can be read, and nothing that is searched for without an index."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import bson
import pytest

from domain.acting import Assurance
from domain.identifiers import DocumentKind
from domain.ports import ProvenIdentity
from integrations.mongo.database import Database
from integrations.sealing import CannotOpen, Sealing
from mocks.people import PEOPLE
from tests.sign_in import Clock
from tests.sign_in_house import COLLECTIONS, House, a_house, everything_done, request_id

ZHANG = PEOPLE["zhang"]


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def raw(house: House) -> bytes:
    return b"".join([bson.encode(document) for one in COLLECTIONS async for document in house.database[one.name].find()])


async def test_nothing_personal_can_be_read_in_the_store(house: House) -> None:
    await everything_done(house)

    stored = await raw(house)

    assert all([await house.count(one.name) for one in COLLECTIONS])
    for personal in (ZHANG.name, ZHANG.document_number, ZHANG.document_number[6:14], "openid-of-zhang"):
        assert personal.encode() not in stored


async def test_no_token_ticket_or_cookie_can_be_read_in_the_store(house: House) -> None:
    async with house.browser() as browser:
        address = await house.away(browser)
        (cookie,) = browser.cookies.values()
        state = address.partition("state=")[2].partition("&")[0]
        before = await raw(house)
    signed_in = await house.signed_in()

    stored = before + await raw(house)

    secrets = (cookie, state, signed_in.access_token, signed_in.refresh_token, signed_in.refresh_token.rpartition(".")[2])
    assert not any(secret.encode() in stored for secret in secrets)


async def test_a_sealed_part_moved_to_another_session_does_not_open(house: House) -> None:
    zhang, li = await house.signed_in("zhang"), await house.signed_in("li")
    sessions = house.database["sessions"]
    sealed = (await sessions.find_one({"_id": zhang.session.id}) or {})["sealed"]
    await sessions.update_one({"_id": li.session.id}, {"$set": {"sealed": sealed}})

    with pytest.raises(CannotOpen):
        await house.sessions.one(li.session.id)


async def test_a_session_comes_back_as_it_was_saved(house: House) -> None:
    signed_in = await house.with_mini_program()
    session = replace(signed_in.session.ended(house.clock.moment), spent_by=request_id(), spent_at=house.clock.moment)

    assert await house.sessions.save(session)
    assert await house.sessions.one(session.id) == replace(session, version=session.version + 1)


async def test_of_two_saves_of_one_reading_one_is_saved(house: House) -> None:
    session = (await house.signed_in()).session

    assert [await house.sessions.save(session), await house.sessions.save(session)] == [True, False]


# ---------------------------------------------------------------- persons


def identity(number: str, *, kind: DocumentKind = DocumentKind.PASSPORT, name: str = "某人", at: datetime | None = None) -> ProvenIdentity:
    return ProvenIdentity("sub", name, kind, number, Assurance.L3, at or datetime.fromisoformat("2026-11-23T02:00:00Z"))


async def test_one_document_is_one_person_however_it_is_written(house: House) -> None:
    written = ("E 1234-5678", "e12345678", "Ｅ１２３４５６７８")

    people = {(await house.persons.known(identity(number))).id for number in written}

    assert len(people) == 1


async def test_the_same_number_on_another_document_is_another_person(house: House) -> None:
    passport = await house.persons.known(identity("12345678"))
    permit = await house.persons.known(identity("12345678", kind=DocumentKind.TAIWAN_PERMIT))

    assert passport.id != permit.id


async def test_somebody_who_changed_their_name_is_the_same_person(house: House) -> None:
    before = await house.persons.known(identity("E12345678", name="王甲"))
    after = await house.persons.known(identity("E12345678", name="王乙"))

    assert after == replace(before, name="王乙")
    assert await house.persons.one(before.id) == after


# ---------------------------------------------------------------- what is over


@pytest.mark.parametrize(
    ("collection", "seconds"), [("sessions", 0), ("session_requests", 0), ("sign_in_attempts", 0), ("sign_in_tickets", 600)]
)
async def test_what_is_over_goes_by_itself(house: House, collection: str, seconds: int) -> None:
    indexes = (await house.database[collection].index_information()).values()

    assert [(index["key"], index["expireAfterSeconds"]) for index in indexes if "expireAfterSeconds" in index] == [
        ([("expires_at", 1)], seconds)
    ]
