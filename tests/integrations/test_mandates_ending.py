"""Mandates refused and taken back at once; one effect for each request; and who sees them."""

import asyncio
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from domain.acting import Acting, Assurance
from domain.errors import Conflict, NotFound, StepNotAllowed
from domain.mandates.actions import MandateStatus
from domain.mandates.desk import MandateDesk
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStepKind
from domain.ports import NoAnswer
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import under
from tests.cases import MONDAY, ZHANG
from tests.mandates import DAUGHTER, HOUSEHOLD, MEDICAL, PENSION, SON, House, a_grant, open_house, refused, resident
from tests.queries import Filter, Recorder

REQUEST = "request-granting-0001"


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


def kinds(mandate: Mandate) -> list[MandateStepKind]:
    return [step.kind for step in mandate.history]


# ---------------------------------------------------------------- refused and taken back


@pytest.mark.row("F10")
@pytest.mark.parametrize("accepted", [False, True])
async def test_the_principal_takes_it_back_and_the_delegate_refuses_it_at_once(house: House, accepted: bool) -> None:
    mandates = [await (house.accepted if accepted else house.granted)(a_grant(items=(item,))) for item in (PENSION, HOUSEHOLD)]

    revoked = await house.desk.revoke(house.request(), mandates[0].id, by=await house.as_(ZHANG))
    declined = await house.desk.decline(house.request(), mandates[1].id, by=await house.as_(DAUGHTER))

    assert (revoked.status(MONDAY), declined.status(MONDAY)) == (MandateStatus.REVOKED, MandateStatus.DECLINED)
    assert [await house.store.received(revoked.delegate.id), revoked.code, declined.code] == [[], None, None]
    assert house.cases.raised == [revoked.principal.id] * 2


async def test_what_has_ended_is_not_ended_otherwise_or_taken_up(house: House) -> None:
    given = await house.granted()
    await house.desk.revoke(house.request(), given.id, by=await house.as_(ZHANG))

    assert await refused(house.accepts(given, given.code), StepNotAllowed) == "mandate.not-any-more"
    declining = house.desk.decline(house.request(), given.id, by=await house.as_(DAUGHTER))
    assert await refused(declining, StepNotAllowed) == "mandate.not-any-more"


async def test_a_mandate_that_ran_out_is_not_taken_up(house: House) -> None:
    given = await house.granted(a_grant(until=date(2026, 11, 23)))
    house.later(days=1)

    assert await refused(house.accepts(given, given.code), StepNotAllowed) == "mandate.not-any-more"


async def test_taking_back_and_taking_up_at_once_ends_in_taken_back(house: House) -> None:
    given, principal, delegate = await house.granted(), await house.as_(ZHANG), await house.as_(DAUGHTER)

    await asyncio.gather(
        house.desk.revoke(house.request(), given.id, by=principal),
        house.desk.accept(house.request(), given.id, given.code, by=delegate, address="a"),
        return_exceptions=True,
    )

    kept = await house.store.one(given.id)
    assert kept.status(MONDAY) is MandateStatus.REVOKED
    assert kept.code is None


async def test_if_the_cases_could_not_be_told_asking_again_tells_them(house: House) -> None:
    given, principal = await house.granted(), await house.as_(ZHANG)
    house.cases.away = 1
    with pytest.raises(NoAnswer):
        await house.desk.revoke(REQUEST, given.id, by=principal)

    again = await house.desk.revoke(REQUEST, given.id, by=principal)

    assert house.cases.raised == [given.principal.id]
    assert kinds(again) == [MandateStepKind.GRANTED, MandateStepKind.REVOKED]


# ---------------------------------------------------------------- one effect per request


async def test_a_request_has_one_effect_and_no_other(house: House) -> None:
    grants = await asyncio.gather(*(house.granted(request=REQUEST) for _ in range(6)))
    given = grants[0]
    taken = [await house.accepts(given, given.code, request=REQUEST) for _ in range(2)]

    assert {one.id for one in grants} == {given.id}
    assert taken[0] == taken[1]
    with pytest.raises(Conflict):
        await house.granted(a_grant(SON), request=REQUEST)
    with pytest.raises(Conflict):
        await house.accepts(given, "00000000", request=REQUEST)


async def test_the_same_request_of_somebody_else_is_another(house: House) -> None:
    mine, theirs = await house.granted(request=REQUEST), await house.granted(by=SON, request=REQUEST)

    assert mine.id != theirs.id


# ---------------------------------------------------------------- who sees it


async def test_what_is_not_yours_looks_as_if_it_were_not_there(house: House) -> None:
    given, stranger = await house.granted(), await house.as_(SON)

    for id in (given.id, "mandate-none"):
        assert await house.desk.one(id, by=stranger) is None
        for doing in (
            house.desk.accept(house.request(), id, given.code, by=stranger, address="a"),
            house.desk.decline(house.request(), id, by=stranger),
            house.desk.revoke(house.request(), id, by=stranger),
        ):
            assert await refused(doing, NotFound) == "mandate.not-found"


async def does(verb: str, id: str, *, house: House, desk: MandateDesk, by: Acting) -> object:
    match verb:
        case "one":
            return await desk.one(id, by=by)
        case "accept":
            return await desk.accept(house.request(), id, "12345678", by=by, address="a")
        case "decline":
            return await desk.decline(house.request(), id, by=by)
        case _:
            return await desk.revoke(house.request(), id, by=by)


async def asked(verb: str, id: str, *, house: House, mongo_url: str, by: Acting) -> list[tuple[str, Filter]]:
    """What the store is asked, but for the id."""
    recorder = Recorder()
    with closing(AsyncIOMotorClient(mongo_url, tz_aware=True, event_listeners=[recorder])) as client:
        watched = replace(house, database=client[house.database.name])
        with suppress(NotFound):
            await does(verb, id, house=house, desk=watched.desk, by=by)
    return [(collection, {key: value for key, value in wanted.items() if key != "_id"}) for collection, wanted in recorder.asked.values()]


@pytest.mark.parametrize("verb", ["one", "accept", "decline", "revoke"])
async def test_what_is_not_yours_costs_the_store_what_is_not_there_costs(house: House, mongo_url: str, verb: str) -> None:
    given, stranger = await house.granted(), await house.as_(SON)

    theirs, nothing = [await asked(verb, id, house=house, mongo_url=mongo_url, by=stranger) for id in (given.id, "mandate-none")]

    assert theirs == nothing
    assert {collection for collection, _ in theirs} == {"mandates"}
    assert all({"person", "delegate"} & wanted.keys() for _, wanted in theirs)


async def test_the_principal_does_not_accept_and_the_delegate_does_not_take_back(house: House) -> None:
    given = await house.granted()

    assert await refused(house.accepts(given, given.code, by=ZHANG), NotFound) == "mandate.not-found"
    assert await refused(house.desk.revoke(house.request(), given.id, by=await house.as_(DAUGHTER)), NotFound) == "mandate.not-found"


async def test_given_and_received_are_seen_page_by_page_newest_first(house: House) -> None:
    ids = []
    for place, item in enumerate((PENSION, HOUSEHOLD, MEDICAL)):
        ids.append((await house.granted(a_grant(items=(item,)))).id)
        ids.append((await house.granted(a_grant(ZHANG, items=(item,)), by=resident(400 + place, "某"))).id)
        house.later(minutes=1)
    zhang = await house.as_(ZHANG)

    first = await house.desk.page(first=4, after=None, by=zhang)
    rest = await house.desk.page(first=4, after=first.mandates[-1].id, by=zhang)

    assert [{one.id for one in page.mandates} for page in (first, rest)] == [set(ids[2:]), set(ids[:2])]
    assert [(page.more, page.later) for page in (first, rest)] == [(True, False), (False, True)]


@pytest.mark.parametrize("who", [None, Acting("session-1", Assurance.L1, MONDAY)])
async def test_nobody_known_sees_no_mandates(house: House, who: Acting | None) -> None:
    await house.granted()

    assert (await house.desk.page(first=20, after=None, by=who)).mandates == ()


async def test_whoever_acts_under_a_mandate_sees_that_one_alone(house: House) -> None:
    mandate = await house.accepted()
    await house.granted(a_grant(SON, items=(HOUSEHOLD,)))

    page = await house.desk.page(first=20, after=None, by=under(mandate))

    assert [one.id for one in page.mandates] == [mandate.id]


async def test_whoever_acts_for_somebody_sees_no_other_of_theirs_and_a_guardian_none(house: House) -> None:
    mandate, other = await house.accepted(), await house.granted(a_grant(SON, items=(HOUSEHOLD,)))
    proxy = under(mandate)
    guardian = replace(proxy, mandate=None)

    assert [await house.desk.one(id, by=proxy) for id in (mandate.id, other.id)] == [mandate, None]
    assert [await house.desk.one(id, by=guardian) for id in (mandate.id, other.id)] == [None, None]
    assert await house.desk.one(mandate.id, by=None) is None
    pages = [await house.desk.page(first=20, after=after, by=who) for who, after in ((proxy, mandate.id), (guardian, None))]
    assert [list(page.mandates) for page in pages] == [[], []]
