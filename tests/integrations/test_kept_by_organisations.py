"""What organisations keep about people lies there with the day on which it goes: by the dated figures, two years and ten."""

from datetime import datetime, timedelta

import pytest

from domain.keeping.retention import years_later
from integrations.mongo.clients import CLIENTS
from integrations.mongo.database import Database
from integrations.mongo.posts import POSTS
from integrations.sealing import Sealing
from tests.organisations import COMMUNITY, ELDER, HELPER, STRANGER, Hall, a_hall, naming


@pytest.fixture
async def hall(database: Database, sealing: Sealing) -> Hall:
    return await a_hall(database, sealing)


async def day_of(database: Database, collection: str, id: str) -> datetime | None:
    found = await database[collection].find_one({"_id": id})
    return found["forget_at"]


async def test_a_client_goes_two_years_after_the_organisation_saw_them_last(hall: Hall, database: Database) -> None:
    began = hall.clock.at
    await hall.clients.put(COMMUNITY, ELDER, by=HELPER.id)
    (first,) = [document["forget_at"] async for document in database[CLIENTS.name].find({})]
    hall.clock.at += timedelta(days=30)
    await hall.clients.put(COMMUNITY, ELDER, by=HELPER.id)
    (again,) = [document["forget_at"] async for document in database[CLIENTS.name].find({})]

    assert (first, again) == (years_later(began, 2), years_later(began + timedelta(days=30), 2))


async def test_a_post_stays_while_it_lives_and_ten_years_after_it_ended_or_was_declined(hall: Hall, database: Database) -> None:
    chief = await hall.supervisor()
    living = await hall.posts.appoint(hall.request(), naming(), by=chief)
    unwanted = await hall.posts.appoint(hall.request(), naming(STRANGER), by=chief)
    before = [await day_of(database, POSTS.name, post.id) for post in (living, unwanted)]

    await hall.posts.decline(hall.request(), unwanted.id, by=await hall.oneself(STRANGER))
    await hall.posts.end(hall.request(), living.id, by=chief)

    assert before == [None, None]
    assert [await day_of(database, POSTS.name, post.id) for post in (living, unwanted)] == [years_later(hall.clock.at, 10)] * 2
