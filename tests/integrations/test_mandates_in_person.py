"""A mandate given by having one's card read at a helper's or clerk's desk: for one case, begun within minutes, finished within days."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.acting import Acting, CapacityKind
from domain.errors import Conflict, Expired, InvalidForm, NotFound, Refusal, StepNotAllowed, TooManyAttempts, Unavailable
from domain.mandates.actions import MandateStatus
from domain.mandates.in_person import TakenInPerson
from domain.mandates.mandate import MandateScope
from domain.mandates.steps import MandateStepKind
from domain.organisations.post import PostStatus
from domain.registers import Life, ReadingFault
from domain.words import Language
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG, loaded
from tests.mandates import DAUGHTER, HELPER, HOUSEHOLD, PENSION, SON, VIEW, House, a_grant, open_house, refused

REQUEST = "request-taking-00001"


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


@pytest.mark.row("F11", "C08")
@pytest.mark.parametrize("kind", [CapacityKind.HELPER, CapacityKind.CLERK])
async def test_a_card_read_gives_a_mandate_for_one_case_for_a_few_days(house: House, kind: CapacityKind) -> None:
    by = await house.at_the_station(kind=kind)

    taken = await house.taken(by=by)

    assert (taken.status(MONDAY), taken.in_person, taken.organisation, taken.delegate.id) == (
        MandateStatus.ACTIVE,
        True,
        by.organisation,
        by.person.id,
    )
    assert (taken.from_, taken.until, taken.begin_by) == (date(2026, 11, 23), date(2026, 11, 30), MONDAY + timedelta(minutes=30))
    assert (taken.principal.name, taken.scope, taken.code) == (ZHANG.name, MandateScope(items=(PENSION,)), None)
    assert [step.kind for step in taken.history] == [MandateStepKind.TAKEN_IN_PERSON]
    assert await house.store.received(by.person.id) == []


# ---------------------------------------------------------------- the nonce


async def test_asked_again_the_nonce_is_the_same_and_another_session_has_another(house: House) -> None:
    by = await house.at_the_station()
    first, again = [await house.in_person.begin(REQUEST, by=by) for _ in range(2)]
    other = await house.in_person.begin(REQUEST, by=replace(by, session="session-other"))

    assert first == again
    assert (first.expires_at, first.nonce != other.nonce) == (MONDAY + timedelta(minutes=5), True)


@pytest.mark.row("F11")
async def test_a_reading_is_used_once(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce
    first = await house.taken(by=by, nonce=nonce, request=REQUEST)
    again = await house.taken(by=by, nonce=nonce, request=REQUEST)
    await house.desk.revoke(house.request(), first.id, by=await house.as_(ZHANG))

    assert again == first
    assert await refused(house.taken(by=by, nonce=nonce), Conflict) == "mandate.reading.used"
    assert await refused(house.taken(by=by, nonce=nonce, request=REQUEST, items=(HOUSEHOLD,)), Conflict) == "refusal.request-reused"


async def test_of_many_who_use_one_reading_at_once_one_does(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce

    answers = await asyncio.gather(*(house.taken(by=by, nonce=nonce) for _ in range(5)), return_exceptions=True)

    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert len(await house.store.given((await house.known(ZHANG)).id)) == 1


async def test_one_request_sent_many_times_at_once_has_one_effect(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce

    answers = await asyncio.gather(*(house.taken(by=by, nonce=nonce, request=REQUEST) for _ in range(5)))

    assert len({answer.id for answer in answers}) == 1


async def test_a_reading_of_another_session_or_never_begun_is_not_there(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce
    other = replace(by, session="session-other")

    assert await refused(house.taken(by=other, nonce=nonce), NotFound) == "mandate.reading.not-begun"
    assert await refused(house.taken(by=by, nonce="0" * 64), NotFound) == "mandate.reading.not-begun"
    assert house.reader.nonces == []


async def test_a_reading_that_comes_late_is_told_so(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce
    house.later(minutes=5)

    assert await refused(house.taken(by=by, nonce=nonce), Expired) == "mandate.reading.too-late"


# ---------------------------------------------------------------- the card


@pytest.mark.row("F11")
@pytest.mark.parametrize("fault", list(ReadingFault))
async def test_a_failed_reading_says_why_in_words(house: House, fault: ReadingFault) -> None:
    house.reader.fault = fault

    key = await refused(house.taken())

    assert key == f"mandate.reading.{fault}"
    assert {key in loaded().wording.messages, len(loaded().wording.messages[key].text.in_(Language.EN)) > 40} == {True}
    assert await house.store.given((await house.known(ZHANG)).id) == []


@pytest.mark.row("F11")
async def test_failed_readings_count_and_after_ten_in_a_day_no_card_is_read(house: House) -> None:
    house.reader.fault = ReadingFault.FACE_MISMATCH
    failed = [await refused(house.taken(), Refusal) for _ in range(11)]
    house.reader.fault = None
    still = await refused(house.taken(), TooManyAttempts)
    house.later(days=1, minutes=1)

    assert failed == ["mandate.reading.FACE_MISMATCH"] * 10 + ["mandate.reading.locked"]
    assert still == "mandate.reading.locked"
    assert (await house.taken()).in_person


async def test_a_platform_that_is_away_counts_against_nobody(house: House) -> None:
    house.reader.away = True
    for _ in range(12):
        assert await refused(house.taken(), Unavailable) == "mandate.reading.away"

    house.reader.away = False
    assert (await house.taken()).in_person


# ---------------------------------------------------------------- who may not


async def test_only_a_helper_or_clerk_in_their_post_reads_cards(house: House) -> None:
    post = await house.at_the_station()
    house.shelf.posts[post.post] = replace(house.shelf.posts[post.post], status=PostStatus.ENDED)
    officer = await house.at_the_station(SON, kind=CapacityKind.OFFICER)

    def beginning(by: Acting) -> object:
        return house.in_person.begin(house.request(), by=by)

    assert [await refused(beginning(by)) for by in (post, officer, await house.as_(HELPER))] == ["mandate.only-at-a-desk"] * 3


async def test_a_helper_who_is_a_relative_acts_as_a_relative(house: House) -> None:
    house.registers.kin = {frozenset({HELPER.document_number, ZHANG.document_number})}

    assert await refused(house.taken()) == "mandate.reading.relative"


async def test_a_helper_does_not_read_their_own_card(house: House) -> None:
    house.reader.card = HELPER

    assert await refused(house.taken()) == "mandate.reading.oneself"


@pytest.mark.parametrize("life", [Life.DECEASED, Life.INCAPACITATED])
async def test_a_card_of_somebody_who_cannot_act_gives_nothing(house: House, life: Life) -> None:
    house.registers.says(ZHANG, life)

    assert await refused(house.taken()) == f"mandate.{life.lower()}"


async def test_services_of_another_region_or_beyond_the_post_are_slips(house: House) -> None:
    by = await house.at_the_station()
    post = house.shelf.posts[by.post]
    house.shelf.posts[by.post] = replace(post, items=("pension",))

    for items in ((HOUSEHOLD,), ("item-guyang-pension",), (), ("item-none",)):
        with pytest.raises(InvalidForm):
            await house.taken(by=by, items=items)
    assert (await house.taken(by=by)).in_person


@pytest.mark.row("F09")
async def test_who_has_somebody_acting_in_the_matter_takes_that_back_first(house: House) -> None:
    await house.granted()
    with pytest.raises(StepNotAllowed) as told:
        await house.taken()
    assert (told.value.text.key, told.value.text.params["name"]) == ("mandate.one-acts", DAUGHTER.masked_name)

    await house.granted(a_grant(SON, items=(HOUSEHOLD,), actions=VIEW))
    assert (await house.taken(items=(HOUSEHOLD,))).in_person


async def test_the_principal_takes_it_back_on_their_phone_and_the_helper_cannot_refuse_it(house: House) -> None:
    taken = await house.taken()
    assert await refused(house.desk.decline(house.request(), taken.id, by=await house.as_(HELPER)), NotFound) == "mandate.not-found"

    revoked = await house.desk.revoke(house.request(), taken.id, by=await house.as_(ZHANG))

    assert revoked.status(MONDAY) is MandateStatus.REVOKED


async def test_it_is_seen_by_the_principal_and_the_organisation_but_not_by_the_helper_at_home(house: House) -> None:
    taken, by = await house.taken(), await house.at_the_station()
    elsewhere = replace(by, organisation="org-guangxi-other")

    seen = [await house.desk.page(first=20, after=None, by=who) for who in (await house.as_(ZHANG), by, await house.as_(HELPER), elsewhere)]

    assert [[one.id for one in page.mandates] for page in seen] == [[taken.id], [taken.id], [], []]


async def test_while_the_register_of_kin_is_away_nothing_is_taken_and_no_failure_counted(house: House) -> None:
    house.registers.away = True
    for _ in range(12):
        assert await refused(house.taken(), Unavailable) == "mandate.register-away"

    house.registers.away = False
    assert (await house.taken()).in_person


async def test_what_may_be_done_must_be_said(house: House) -> None:
    by = await house.at_the_station()
    nonce = (await house.in_person.begin(REQUEST, by=by)).nonce

    with pytest.raises(InvalidForm) as slips:
        await house.in_person.take(house.request(), TakenInPerson(nonce, "a reading", (PENSION,), ()), by=by, address="a")

    assert [(issue.path, issue.code) for issue in slips.value.issues] == [(("input", "actions"), "no-actions")]
