"""Who sees a home visit: the person and their side, the people of the organisation, and nobody else, not even at rest."""

from datetime import timedelta

import pytest

from domain.acting import Acting
from domain.errors import NotFound, NotPermitted, Refusal
from domain.keeping.deletion import Asking, Disposal
from domain.keeping.visits_told import VisitHolding, VisitSection
from domain.mandates.actions import MandateAction
from domain.visits.stores import Owner
from integrations.mongo.database import Database
from integrations.mongo.visits import VISITS, MongoVisits
from integrations.sealing import Sealing
from tests.capacities import DAUGHTER, a_mandate, under
from tests.cases import MONDAY, ZHANG, a_mark, acting
from tests.organisations import COUNTER, HELPER
from tests.visits import A_BOOKING, OLD, WEDNESDAY, Station, a_station


@pytest.fixture
async def station(database: Database, sealing: Sealing) -> Station:
    return await a_station(database, sealing)


def delegate(station: Station, **terms: object) -> Acting:
    mandate = a_mandate(**terms)
    station.shelf.mandates[mandate.id] = mandate
    return under(mandate)


async def test_a_delegate_books_for_the_principal_as_far_as_the_mandate_goes(station: Station) -> None:
    booked = await station.booked(by=delegate(station))
    looker = delegate(station, id="mandate-2", actions=frozenset({MandateAction.VIEW}))

    assert (booked.person, booked.booked_by.person) == (ZHANG, DAUGHTER.id)
    assert [visit.id for visit in (await station.desk.page(first=10, after=None, by=looker)).visits] == [booked.id]
    with pytest.raises(NotPermitted):
        await station.booked(by=looker)
    with pytest.raises(NotFound):
        await station.desk.cancel(station.request(), booked.id, why="", by=looker)


async def test_a_visit_of_others_is_as_one_that_is_not_there(station: Station) -> None:
    visit = await station.booked()
    others = [acting(OLD), station.elsewhere(), delegate(station, id="mandate-3", case="case-zh8k0001")]

    for by in others:
        assert (await station.desk.page(first=10, after=None, by=by)).visits in ((), [])
        told: list[str] = []
        for id in (visit.id, "visit-none"):
            with pytest.raises(Refusal) as refused:
                await station.desk.cancel(station.request(), id, why="", by=by)
            told.append(refused.value.text.key)
        assert told == ["refusal.not-found"] * 2
    assert await station.desk.visits.one(visit.id, owner=Owner(organisation=COUNTER)) is None


@pytest.mark.row("F65")
async def test_each_who_sees_where_somebody_lives_is_noted(station: Station) -> None:
    await station.booked()
    await station.desk.page(first=10, after=None, by=acting())
    await station.desk.page(first=10, after=None, by=station.helper())

    assert station.looks.told == [(ZHANG.id, HELPER.id, "visits")]


async def test_who_has_left_the_station_takes_nothing(station: Station) -> None:
    visit, helper = await station.booked(), station.helper()
    station.shelf.posts.clear()

    with pytest.raises(NotPermitted):
        await station.taken(visit, by=helper)


async def test_nothing_of_where_and_why_lies_readable(station: Station, database: Database) -> None:
    await station.taken(await station.booked(note="三楼"))

    kept = str(await database[VISITS.name].find_one({}))

    assert not [word for word in (ZHANG.name, HELPER.name, A_BOOKING.address, "三楼", "DISABLED") if word in kept]


async def test_pages_run_from_the_latest_to_the_earliest(station: Station) -> None:
    for days in range(3):
        visit = await station.booked(from_=WEDNESDAY[0] + timedelta(days=7 * days), to=WEDNESDAY[1] + timedelta(days=7 * days))
        await station.desk.cancel(station.request(), visit.id, why="", by=acting())
    first = await station.desk.page(first=2, after=None, by=acting())
    rest = await station.desk.page(first=2, after=first.visits[-1].order, by=acting())

    days = [visit.from_.day for visit in (*first.visits, *rest.visits)]
    assert (days, first.more, rest.more, rest.later) == ([9, 2, 25], True, False, True)


@pytest.mark.row("F66")
async def test_people_take_their_visits_away_and_have_them_deleted(station: Station, database: Database, sealing: Sealing) -> None:
    await station.taken(await station.booked())
    store = MongoVisits(database, sealing)
    (told,) = await VisitSection(store).of(ZHANG, lambda text: text if isinstance(text, str) else str(getattr(text, "key", text)))
    (line,) = await VisitHolding(store).plan(ZHANG, by=acting())
    await VisitHolding(store).delete(Asking(ZHANG, acting(), a_mark(), MONDAY))

    assert (told["address"], told["visitor"], told["status"]) == (A_BOOKING.address, HELPER.name, "visit.status.TAKEN")
    assert (line.kind, line.count, line.disposal) == ("visits", 1, Disposal.DELETED)
    assert await database[VISITS.name].count_documents({}) == 0
