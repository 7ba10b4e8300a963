"""Posts on the real store: what races leave, and what is found by what."""

import asyncio
from dataclasses import replace

import pytest

from domain.acting import Assurance, CapacityKind
from domain.errors import AssuranceTooLow, Conflict, InvalidForm, NotFound, NotPermitted, StepNotAllowed
from domain.organisations.organisation import Enterprise, OrganisationKind
from domain.organisations.post import PostStatus
from integrations.mongo.database import Database
from integrations.mongo.posts import POSTS
from integrations.sealing import Sealing
from tests.organisations import BUREAU, COMMUNITY, COUNTER, ELSEWHERE, HELPER, STRANGER, Hall, a_hall, naming, organisation

FURNACE = Enterprise("91450200M00000050K", "柳州荷塘炉料有限公司")


@pytest.fixture
async def hall(database: Database, sealing: Sealing) -> Hall:
    return await a_hall(database, sealing)


async def test_a_supervisor_appoints_and_the_person_confirms(hall: Hall) -> None:
    chief, helper = await hall.supervisor(), await hall.oneself(HELPER)

    post = await hall.posts.appoint(hall.request(), naming(), by=chief)
    assert (post.status, post.in_force) == (PostStatus.PENDING, False)
    assert await hall.posts.mine(helper) == [post]

    confirmed = await hall.posts.confirm(hall.request(), post.id, by=helper)
    assert (confirmed.status, confirmed.confirmed_at) == (PostStatus.ACTIVE, hall.clock())
    assert await hall.posts.posts.one(post.id) == confirmed


async def test_a_supervisor_appoints_somebody_nobody_has_met_and_is_answered_alike(hall: Hall) -> None:
    await hall.person(STRANGER)
    chief = await hall.supervisor()

    met = await hall.posts.appoint(hall.request(), naming(STRANGER), by=chief)
    unmet = await hall.posts.appoint(hall.request(), naming(HELPER), by=chief)

    ours = ("id", "person", "marks")
    alike = [{name: getattr(post, name) for name in post.__slots__ if name not in ours} for post in (met, unmet)]
    assert alike[0] == alike[1]


async def test_a_name_that_is_known_differently_is_not_betrayed(hall: Hall) -> None:
    known = await hall.person(HELPER)

    post = await hall.posts.appoint(hall.request(), naming(name="卢敏"), by=await hall.supervisor())

    assert post.person == replace(known, name="卢敏")
    with pytest.raises(NotPermitted, match="another-name"):
        await hall.posts.confirm(hall.request(), post.id, by=await hall.oneself(HELPER))


async def test_one_request_has_one_effect(hall: Hall) -> None:
    chief, request = await hall.supervisor(), hall.request()

    posts = await asyncio.gather(*[hall.posts.appoint(request, naming(), by=chief) for _ in range(5)])

    assert {post.id for post in posts} == {posts[0].id}
    with pytest.raises(Conflict, match="request-reused"):
        await hall.posts.appoint(request, naming(STRANGER), by=chief)
    confirm, helper = hall.request(), await hall.oneself(HELPER)
    twice = [await hall.posts.confirm(confirm, posts[0].id, by=helper) for _ in range(2)]
    assert twice[0] == twice[1]
    with pytest.raises(Conflict, match="request-reused"):
        await hall.posts.end(confirm, posts[0].id, by=helper)


async def test_of_two_requests_at_once_one_makes_the_post(hall: Hall) -> None:
    chief = await hall.supervisor()

    answers = await asyncio.gather(*[hall.posts.appoint(hall.request(), naming(), by=chief) for _ in range(5)], return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict"] * 4 + ["Post"]


async def test_after_its_end_somebody_may_be_appointed_again(hall: Hall) -> None:
    helper, chief = await hall.helper(), await hall.supervisor()
    assert helper.post

    await hall.posts.end(hall.request(), helper.post, by=chief)
    again = await hall.posts.appoint(hall.request(), naming(), by=chief)

    assert again.id != helper.post
    assert [post.id for post in await hall.posts.mine(await hall.oneself(HELPER))] == [again.id]


@pytest.mark.parametrize("kind", [CapacityKind.EMPLOYER, CapacityKind.CLERK, CapacityKind.OFFICER, CapacityKind.SUPERVISOR])
@pytest.mark.row("A51")
async def test_a_community_gives_no_post_of_another_audience(hall: Hall, kind: CapacityKind) -> None:
    with pytest.raises(NotPermitted, match="not-given-here"):
        await hall.posts.appoint(hall.request(), naming(HELPER, kind), by=await hall.supervisor())


async def test_whoever_is_no_supervisor_appoints_nobody(hall: Hall) -> None:
    for by in (await hall.oneself(HELPER), await hall.helper()):
        with pytest.raises(NotPermitted, match="for-supervisors"):
            await hall.posts.appoint(hall.request(), naming(STRANGER), by=by)


async def test_an_old_proof_is_not_enough(hall: Hall) -> None:
    chief = replace(await hall.supervisor(), assurance=Assurance.L2)

    with pytest.raises(AssuranceTooLow):
        await hall.posts.appoint(hall.request(), naming(), by=chief)


async def test_slips_are_told_and_nothing_is_kept(hall: Hall) -> None:
    with pytest.raises(InvalidForm):
        await hall.posts.appoint(hall.request(), naming(HELPER, CapacityKind.CLERK, "flying"), by=await hall.supervisor(COUNTER))

    assert await hall.posts.mine(await hall.oneself(HELPER)) == []


async def test_somebody_elses_post_is_not_there(hall: Hall) -> None:
    post = await hall.posts.appoint(hall.request(), naming(), by=await hall.supervisor())
    stranger, elsewhere = await hall.oneself(STRANGER), await hall.supervisor(ELSEWHERE, STRANGER)
    answering = hall.posts.confirm, hall.posts.decline, hall.posts.end

    for verb, by in (*((verb, stranger) for verb in answering), (hall.posts.end, elsewhere)):
        for id in (post.id, f"post-{COMMUNITY}-nothing", "", "post"):
            with pytest.raises(NotFound, match="not-found"):
                await verb(hall.request(), id, by=by)


async def test_a_post_is_answered_as_oneself(hall: Hall) -> None:
    helper = await hall.helper()
    assert helper.post

    for verb in (hall.posts.confirm, hall.posts.decline):
        with pytest.raises(NotPermitted, match="answer-as-yourself"):
            await verb(hall.request(), helper.post, by=helper)


async def test_a_post_is_not_answered_on_somebody_elses_device(hall: Hall) -> None:
    post = await hall.posts.appoint(hall.request(), naming(), by=await hall.supervisor())
    assisted = replace(await hall.oneself(HELPER), assisted_by="session-of-a-helper")

    for verb in (hall.posts.confirm, hall.posts.decline):
        with pytest.raises(NotPermitted, match="own-device"):
            await verb(hall.request(), post.id, by=assisted)


async def test_what_was_declined_cannot_be_confirmed(hall: Hall) -> None:
    post = await hall.posts.appoint(hall.request(), naming(), by=await hall.supervisor())
    helper = await hall.oneself(HELPER)

    await hall.posts.decline(hall.request(), post.id, by=helper)

    with pytest.raises(StepNotAllowed):
        await hall.posts.confirm(hall.request(), post.id, by=helper)


async def test_ending_and_confirming_at_once_end_in_one_of_the_two_orders(hall: Hall) -> None:
    chief, helper = await hall.supervisor(), await hall.oneself(HELPER)
    post = await hall.posts.appoint(hall.request(), naming(), by=chief)

    answers = await asyncio.gather(
        hall.posts.end(hall.request(), post.id, by=chief), hall.posts.confirm(hall.request(), post.id, by=helper), return_exceptions=True
    )

    assert not isinstance(answers[0], BaseException)
    kept = await hall.posts.posts.one(post.id)
    assert kept
    assert kept.status is PostStatus.ENDED
    assert (kept.confirmed_at is None) == isinstance(answers[1], StepNotAllowed)


async def test_a_supervisor_reads_the_posts_of_their_own_organisation_page_by_page(hall: Hall) -> None:
    helper, chief, elsewhere = await hall.helper(), await hall.supervisor(), await hall.supervisor(ELSEWHERE, STRANGER)

    first = await hall.posts.page(first=1, after=None, by=chief)
    second = await hall.posts.page(first=5, after=first.posts[0].id, by=chief)

    assert ({first.posts[0].id, second.posts[0].id}, first.more, second.more, second.later) == (
        {helper.post, chief.post},
        True,
        False,
        True,
    )
    assert [post.id for post in (await hall.posts.page(first=5, after=None, by=elsewhere)).posts] == [elsewhere.post]
    assert (await hall.posts.page(first=5, after=None, by=helper)).posts == ()


async def test_a_clerk_is_certified_for_some_services(hall: Hall) -> None:
    chief = await hall.supervisor(COUNTER)

    post = await hall.posts.appoint(hall.request(), naming(HELPER, CapacityKind.CLERK, "pension", "pension"), by=chief)

    assert post.items == ("pension",)
    assert post.authority.items == {"item-guangxi-pension"}


async def test_an_officer_has_the_region_and_the_department(hall: Hall) -> None:
    officer = await hall.helper(BUREAU, kind=CapacityKind.OFFICER)

    assert (officer.authority.region, officer.authority.department) == ("guangxi", "hrss")


async def test_an_enterprise_is_made_once_and_its_legal_account_supervises_it(hall: Hall) -> None:
    boss = await hall.person(STRANGER)

    posts = await asyncio.gather(*[hall.posts.represent(FURNACE, boss) for _ in range(3)])

    assert {post.id for post in posts} == {posts[0].id}
    employer = posts[0].organisation
    assert (employer.kind, employer.name.hans, employer.code) == (OrganisationKind.EMPLOYER, FURNACE.name, FURNACE.code)
    assert FURNACE.code not in employer.id
    agent = await hall.posts.appoint(hall.request(), naming(HELPER, CapacityKind.EMPLOYER), by=await hall.in_post(posts[0]))
    assert (agent.organisation, agent.authority.items) == (employer, None)


async def test_an_enterprise_that_is_renamed_is_renamed_in_its_posts(hall: Hall) -> None:
    post = await hall.posts.represent(FURNACE, await hall.person(STRANGER))

    await hall.posts.represent(replace(FURNACE, name="柳州荷塘新炉料有限公司"), await hall.person(STRANGER))

    kept = await hall.posts.posts.one(post.id)
    assert kept
    assert kept.organisation.name.hans == "柳州荷塘新炉料有限公司"


async def test_the_store_holds_nobodys_name_or_number(hall: Hall, database: Database) -> None:
    await hall.helper()

    stored = str([document async for document in database[POSTS.name].find()])

    assert HELPER.name not in stored
    assert HELPER.document_number not in stored
    assert organisation().name.hans not in stored
