"""An organisation's list of clients on the real store: what is found, in which order, and what nobody else finds."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from domain.acting import Acting, CapacityKind
from domain.errors import NotPermitted, Unavailable
from domain.organisations.client import Sought, cursor_of
from domain.people import Person
from integrations.mongo.clients import CLIENTS
from integrations.mongo.database import Database
from integrations.mongo.database import database as database_of
from integrations.sealing import Sealing
from tests.cases import a_submitted_case, an_opened_case
from tests.organisations import COMMUNITY, COUNTER, ELDER, ELSEWHERE, HELPER, STRANGER, Hall, a_hall, a_person
from tests.queries import Recorder
from tests.stored_cases import numbered


@pytest.fixture
async def hall(database: Database, sealing: Sealing) -> Hall:
    return await a_hall(database, sealing)


@pytest.fixture
async def helper(hall: Hall) -> Acting:
    return await hall.helper()


async def listed(hall: Hall, *people: Person, where: str = COMMUNITY) -> None:
    for person in people:
        await hall.clients.put(where, person, by=HELPER.id)
        hall.clock.at += timedelta(minutes=1)


async def names(hall: Hall, by: Acting, sought: Sought | None = None, *, first: int = 20, after: str | None = None) -> list[str]:
    page = await hall.clients.page(sought, first=first, after=after, by=by)
    return [helped.client.person.name for helped in page.clients]


async def filed(
    hall: Hall, person: Person, number: int, *, where: str = COMMUNITY, submitted: bool = False, kept_by: str | None = None
) -> None:
    case = numbered(a_submitted_case() if submitted else an_opened_case(), number, person=person)
    case = replace(
        case, filed_by=replace(case.filed_by, organisation=where, capacity=CapacityKind.HELPER), opened_at=hall.clock(), kept_by=kept_by
    )
    await hall.cases.add(replace(case, draft_expires_at=hall.clock() + timedelta(days=90)), opening=f"opening-{number}")


@pytest.mark.row("F14")
@pytest.mark.parametrize(
    "sought", [Sought(name="欧阳 清"), Sought(surname="欧阳"), Sought(surname="欧"), Sought(birth_date=date(1966, 5, 2))]
)
async def test_a_helper_finds_a_client_by_name_surname_or_birth_date(hall: Hall, helper: Acting, sought: Sought) -> None:
    await listed(hall, ELDER, a_person("zh8kother", "张丰", order=30))

    assert await names(hall, helper, sought) == [ELDER.name]


@pytest.mark.parametrize(
    "sought", [Sought(name="欧阳"), Sought(surname="清"), Sought(birth_date=date(1966, 2, 5)), Sought(name="欧阳清清")]
)
async def test_what_is_not_exactly_so_is_not_found(hall: Hall, helper: Acting, sought: Sought) -> None:
    await listed(hall, ELDER)

    assert await names(hall, helper, sought) == []


@pytest.mark.row("F13")
async def test_a_helper_of_another_community_finds_nothing(hall: Hall) -> None:
    other = await hall.helper(ELSEWHERE, STRANGER)
    await listed(hall, ELDER)
    await filed(hall, ELDER, 1)

    for sought in (None, Sought(name=ELDER.name), Sought(surname="欧阳"), Sought(birth_date=date(1966, 5, 2))):
        assert await names(hall, other, sought) == []


async def test_a_client_of_two_organisations_is_shown_with_what_was_filed_through_each(hall: Hall, helper: Acting) -> None:
    other = await hall.helper(ELSEWHERE, STRANGER)
    for where in (COMMUNITY, ELSEWHERE):
        await listed(hall, ELDER, where=where)
    await filed(hall, ELDER, 1)

    here, there = [await hall.clients.page(Sought(name=ELDER.name), first=5, after=None, by=by) for by in (helper, other)]

    assert [len(page.clients[0].cases) for page in (here, there)] == [1, 0]


async def test_two_organisations_lists_cannot_be_matched(hall: Hall, database: Database) -> None:
    for where in (COMMUNITY, ELSEWHERE):
        await listed(hall, ELDER, where=where)

    one, two = [document async for document in database[CLIENTS.name].find({"organisation": {"$gt": ""}})]

    hidden = ("_id", "name", "surnames", "born")
    assert all(one[key] != two[key] for key in hidden)
    assert not {ELDER.name, ELDER.document_number, "1966"} & {part for value in one.values() for part in str(value).split()}


@pytest.mark.parametrize("kind", [CapacityKind.SELF, CapacityKind.PROXY, CapacityKind.EMPLOYER, CapacityKind.OFFICER])
async def test_the_list_is_for_those_who_help(hall: Hall, helper: Acting, kind: CapacityKind) -> None:
    with pytest.raises(NotPermitted, match="for-helpers"):
        await hall.clients.page(None, first=5, after=None, by=replace(helper, capacity=kind))


async def test_a_clerk_sees_those_of_their_own_counter(hall: Hall) -> None:
    clerk = await hall.helper(COUNTER, kind=CapacityKind.CLERK)
    await listed(hall, ELDER, where=COUNTER)

    assert await names(hall, clerk) == [ELDER.name]


@pytest.mark.row("F14")
async def test_those_who_wait_for_their_side_come_first_and_each_is_told_what_to_do(hall: Hall, helper: Acting) -> None:
    people = [a_person(f"zh8k{number:04}", f"张{name}", order=40 + number) for number, name in enumerate("甲乙丙丁戊")]
    first, drafting, submitted, soonest, last = people
    await filed(hall, soonest, 1)
    hall.clock.at += timedelta(days=1)
    await filed(hall, drafting, 2)
    await filed(hall, submitted, 3, submitted=True)
    await listed(hall, *people)

    page = await hall.clients.page(None, first=20, after=None, by=helper)

    assert [(helped.client.person.name, helped.needs.key) for helped in page.clients] == [
        (soonest.name, "client.finish-draft-by"),
        (drafting.name, "client.finish-draft-by"),
        (last.name, "client.nothing-filed"),
        (submitted.name, "client.with-departments"),
        (first.name, "client.nothing-filed"),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
async def test_pages_of_any_size_make_up_the_whole_list(hall: Hall, helper: Acting, size: int) -> None:
    people = [a_person(f"zh8k{number:04}", f"张{name}", order=40 + number) for number, name in enumerate("甲乙丙丁戊己")]
    await listed(hall, *people)
    for number in (1, 3, 4):
        await filed(hall, people[number], number)
    whole = await names(hall, helper)

    pages, after, more = [], None, True
    while more:
        page = await hall.clients.page(None, first=size, after=after, by=helper)
        pages += [helped.client.person.name for helped in page.clients]
        after, more = cursor_of(page.clients[-1].client), page.more

    assert pages == whole
    assert sorted(pages) == sorted(person.name for person in people)


async def test_a_search_is_paged_too(hall: Hall, helper: Acting) -> None:
    people = [a_person(f"zh8k{number:04}", f"张{name}", order=40 + number) for number, name in enumerate("甲乙丙")]
    await listed(hall, *people)

    page = await hall.clients.page(Sought(surname="张"), first=2, after=None, by=helper)
    rest = await names(hall, helper, Sought(surname="张"), after=cursor_of(page.clients[-1].client))

    assert ([helped.client.person.name for helped in page.clients], page.more, rest) == (["张丙", "张乙"], True, ["张甲"])


async def test_somebody_seen_again_stands_there_once(hall: Hall, helper: Acting) -> None:
    await listed(hall, ELDER, ELDER)

    page = await hall.clients.page(None, first=5, after=None, by=helper)

    (helped,) = page.clients
    assert helped.client.seen_at - helped.client.added_at == timedelta(minutes=1)


@pytest.mark.row("F16")
async def test_whoever_goes_on_by_themselves_stays_on_the_list_and_waits_for_no_helper(hall: Hall, helper: Acting) -> None:
    other = a_person("zh8kother", "张丰", order=30)
    await listed(hall, ELDER, other)
    await filed(hall, ELDER, 1, kept_by=ELDER.id)

    page = await hall.clients.page(None, first=5, after=None, by=helper)

    assert [(helped.client.person.name, helped.needs.key) for helped in page.clients] == [
        (other.name, "client.nothing-filed"),
        (ELDER.name, "client.handed-over"),
    ]


async def test_each_client_that_is_shown_can_read_who_looked_and_nobody_is_shown_if_that_cannot_be_kept(hall: Hall, helper: Acting) -> None:
    await listed(hall, ELDER, a_person("zh8kother", "张丰", order=30))

    await names(hall, helper, Sought(surname="欧阳"))

    assert hall.looks.told == [(ELDER.id, helper.known_person().id, "search-clients")]
    hall.looks.away = True
    with pytest.raises(Unavailable):
        await names(hall, helper)


@pytest.mark.row("F13")
async def test_a_search_takes_two_reads_and_not_theirs_the_same_one_as_not_there(
    mongo_url: str, database: Database, sealing: Sealing
) -> None:
    recorder = Recorder()
    with closing(AsyncIOMotorClient(mongo_url, tz_aware=True, event_listeners=[recorder])) as client:
        hall = await a_hall(database_of(client, database.name), sealing)
        helper, other = await hall.helper(), await hall.helper(ELSEWHERE, STRANGER)
        await listed(hall, ELDER)
        await filed(hall, ELDER, 1)
        commands = {}
        for what, by, name in (("theirs", helper, ELDER.name), ("not theirs", other, ELDER.name), ("not there", other, "张丰")):
            recorder.asked.clear()
            await names(hall, by, Sought(name=name))
            commands[what] = [(collection, sorted(wanted)) for collection, wanted in recorder.asked.values()]

    assert [collection for collection, _ in commands["theirs"]] == ["clients", "cases"]
    assert commands["not theirs"] == commands["not there"] == commands["theirs"][:1]
