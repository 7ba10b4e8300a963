"""What somebody writes of another, in a mandate or an appointment, is no name of theirs to anybody else."""

from dataclasses import replace

import pytest

from domain.cases.filing_desk import Persons
from domain.people import Person
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import ZHANG
from tests.mandates import SON, a_grant, open_house
from tests.organisations import HELPER, a_hall, naming


async def name_at_a_counter(persons: Persons, person: Person) -> str:
    """By which whoever comes with that paper is known then."""
    return (await persons.met(person.document_kind, person.document_number, name=person.name)).name


@pytest.mark.row("F19")
async def test_a_false_name_in_a_mandate_keeps_nobody_from_being_known_by_their_own(database: Database, sealing: Sealing) -> None:
    house = await open_house(database, sealing)

    given = await house.granted(a_grant(replace(SON, name="李冒名")), by=ZHANG)

    assert given.delegate.name == "李冒名"
    assert await name_at_a_counter(house.persons, SON) == SON.name
    assert await name_at_a_counter(house.persons, replace(SON, name="王又名")) == SON.name


async def test_a_false_name_in_an_appointment_neither(database: Database, sealing: Sealing) -> None:
    hall = await a_hall(database, sealing)

    post = await hall.posts.appoint(hall.request(), naming(HELPER, name="李冒名"), by=await hall.supervisor())

    assert post.person.name == "李冒名"
    assert await name_at_a_counter(hall.posts.persons, HELPER) == HELPER.name
