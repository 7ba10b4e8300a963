"""Home visits: booked within the rules, taken by one whose name is told before, and done with the person as the one who acts."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.acting import CapacityKind
from domain.cases.filling import AnswerGiven
from domain.errors import Conflict, InvalidForm, NotEligible, NotFound, NotPermitted, StepNotAllowed
from domain.organisations.client import Client
from domain.sessions.assisted import AssistedDesk
from domain.visits.visit import VisitReason, VisitStatus
from integrations.mongo.database import Database
from integrations.mongo.visits import VISITS
from integrations.sealing import Sealing
from tests import mandates, sign_in_house
from tests.applicants import an_applicant_desk
from tests.cases import MONDAY, ZHANG, acting, an_opened_case
from tests.memory import a_book
from tests.organisations import COMMUNITY, COUNTER, HELPER
from tests.visits import OLD, WEDNESDAY, Station, a_station


@pytest.fixture
async def station(database: Database, sealing: Sealing) -> Station:
    return await a_station(database, sealing)


# ---------------------------------------------------------------- from booking to its end


@pytest.mark.row("A79")
async def test_the_person_knows_beforehand_who_will_come(station: Station) -> None:
    booked = await station.booked()
    await station.taken(booked)

    (seen,) = (await station.desk.page(first=10, after=None, by=acting())).visits
    assert (booked.status, seen.status) == (VisitStatus.BOOKED, VisitStatus.TAKEN)
    assert seen.visitor
    assert (seen.visitor.person.name, seen.visitor.kind) == (HELPER.name, CapacityKind.HELPER)


@pytest.mark.row("A79")
async def test_the_visit_records_who_assisted_and_the_actor_stays_the_elder(database: Database, sealing: Sealing, tmp_path: Path) -> None:
    office = await mandates.open_house(database, sealing)
    house = await sign_in_house.a_house(database, sealing, office.clock, tmp_path)  # type: ignore[arg-type]  # both are clocks
    station = await a_station(database, sealing, office.clock)
    helper = await office.at_the_station()
    helper = replace(helper, organisation=COMMUNITY)
    station.shelf.posts |= office.shelf.posts
    elder = await office.as_(ZHANG)
    visit = await station.taken(await station.booked(by=elder), by=helper)

    office.clock.at = WEDNESDAY[0] + timedelta(minutes=5)
    reading = await office.in_person.begin(station.request(), by=replace(helper, proved_at=office.clock.at))
    assisted = AssistedDesk(office.in_person, house.desk, office.marks)
    session = await assisted.begin(station.request(), nonce=reading.nonce, reading="signed", by=helper, address="address-1")
    at_home = await house.live.acting_of(session.access_token)
    assert at_home
    case = replace(an_opened_case(), person=at_home.known_person().id)
    form = an_applicant_desk(a_book(case))
    filled = await form.fill(station.request(), case.id, [AnswerGiven("email", value="a@b.cn")], revision=0, remove_entries=(), by=at_home)
    done = await station.desk.complete(station.request(), visit.id, by=at_home)

    who, helped = at_home.known_person().id, helper.known_person().id
    assert filled.private.pending
    for actor in (filled.private.pending.actor, done.ended_by):
        assert actor
        assert (actor.person, actor.capacity, actor.assisted_by) == (who, CapacityKind.SELF, helped)
    assert (done.status, done.assisted_by) == (VisitStatus.DONE, helped)


async def test_the_visitor_says_that_it_is_done_and_nobody_else(station: Station) -> None:
    visit = await station.taken(await station.booked())
    colleague = station.helper(OLD)
    station.clock.at = WEDNESDAY[0]

    for by in (colleague, acting()):
        with pytest.raises(NotPermitted):
            await station.desk.complete(station.request(), visit.id, by=by)
    done = await station.desk.complete(station.request(), visit.id, by=station.helper())

    assert (done.status, done.ended_at, done.assisted_by) == (VisitStatus.DONE, station.clock.at, None)


async def test_it_is_not_done_before_it_began_nor_before_somebody_took_it(station: Station) -> None:
    visit = await station.booked()
    with pytest.raises(StepNotAllowed) as nobody:
        await station.desk.complete(station.request(), visit.id, by=station.helper())
    await station.taken(visit)
    with pytest.raises(StepNotAllowed) as early:
        await station.desk.complete(station.request(), visit.id, by=station.helper())

    assert [refused.value.text.key for refused in (nobody, early)] == ["refusal.visit-not-taken", "refusal.visit-not-begun"]


async def test_of_two_who_take_it_at_once_one_has_it(station: Station) -> None:
    visit = await station.booked()
    two = [station.helper(), station.helper(OLD)]

    answers = await asyncio.gather(*(station.desk.take(station.request(), visit.id, by=by) for by in two), return_exceptions=True)

    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]


@pytest.mark.parametrize("side", ["person", "station"])
async def test_either_side_cancels_and_another_can_be_booked(station: Station, side: str) -> None:
    visit = await station.taken(await station.booked())
    by = acting() if side == "person" else station.helper()
    cancelled = await station.desk.cancel(station.request(), visit.id, why="改天再来", by=by)

    assert (cancelled.status, cancelled.why) == (VisitStatus.CANCELLED, "改天再来")
    with pytest.raises(StepNotAllowed):
        await station.taken(visit)
    assert (await station.booked()).status is VisitStatus.BOOKED


async def test_one_open_visit_at_a_time_however_many_are_booked_at_once(station: Station, database: Database) -> None:
    answers = await asyncio.gather(*(station.booked() for _ in range(5)), return_exceptions=True)

    assert sum(isinstance(answer, StepNotAllowed) for answer in answers) == 4
    assert await database[VISITS.name].count_documents({}) == 1


async def test_a_request_has_one_effect(station: Station) -> None:
    request = station.request()
    first, again = await station.booked(request=request), await station.booked(request=request)

    assert first == again
    with pytest.raises(Conflict):
        await station.booked(request=request, note="别的")
    taking = station.request()
    taken = [await station.desk.take(taking, first.id, by=station.helper()) for _ in range(2)]
    assert taken[0] == taken[1]


# ---------------------------------------------------------------- for whom, and when


@pytest.mark.row("A79")
async def test_the_very_old_are_visited_for_their_age_and_others_are_told_from_which(station: Station) -> None:
    old = await station.booked(reason=VisitReason.ELDERLY, by=acting(OLD))
    with pytest.raises(NotEligible) as refused:
        await station.booked(reason=VisitReason.ELDERLY)

    assert old.person == OLD
    assert refused.value.text.params == {"age": 80}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"to": WEDNESDAY[0]}, "visit-ends-first"),
        ({"to": WEDNESDAY[0] + timedelta(hours=4)}, "visit-too-long"),
        ({"from_": WEDNESDAY[0] - timedelta(hours=1), "to": WEDNESDAY[0]}, "visit-outside-hours"),
        ({"from_": WEDNESDAY[0] + timedelta(days=3), "to": WEDNESDAY[1] + timedelta(days=3)}, "visit-outside-hours"),
        ({"from_": MONDAY + timedelta(hours=1), "to": MONDAY + timedelta(hours=2)}, "visit-too-soon"),
        ({"from_": WEDNESDAY[0] + timedelta(days=84), "to": WEDNESDAY[1] + timedelta(days=84)}, "visit-too-far"),
        ({"address": "  "}, "required"),
        ({"organisation": "org-guangxi-hrss"}, "nobody-visits"),
        ({"organisation": "org-nowhere"}, "nobody-visits"),
        ({"division": "99"}, "unknown-division"),
        ({"client": "client-1"}, "client-of-nobody"),
    ],
)
async def test_what_cannot_be_booked_is_told(station: Station, other: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        await station.booked(**other)

    assert [issue.code for issue in refused.value.issues] == [code]


async def test_the_station_books_for_its_own_client_and_for_nobody_elses(station: Station) -> None:
    client = Client("client-1", COMMUNITY, OLD, added_at=MONDAY, added_by=HELPER.id, seen_at=MONDAY)
    later = MONDAY + timedelta(days=700)
    await station.desk.clients.put(client, forget_at=later)
    await station.desk.clients.put(replace(client, id="client-2", organisation=COUNTER), forget_at=later)

    booked = await station.booked(by=station.helper(), client="client-1", reason=VisitReason.ELDERLY)

    assert (booked.person, booked.booked_by.on_behalf_of) == (OLD, OLD.id)
    for other in ({"client": "client-2"}, {"client": None}, {"client": "client-1", "organisation": COUNTER}):
        with pytest.raises(NotFound):
            await station.booked(by=station.helper(), reason=VisitReason.ELDERLY, **other)
