"""Checking on a real store: a code is used once, whoever is first; guessing is locked; every look is told to the holder."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.certificates.showing import NOT_GENUINE, Check, told
from domain.certificates.views import View, ViewPage, cursor_of
from domain.errors import Conflict, InvalidForm, TooManyAttempts
from domain.words import Text
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.certificates import LI, REQUEST, ZHANG, Office, certificate, open_office, session_of


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


async def views(office: Office, *, first: int = 100, after: str | None = None) -> ViewPage:
    holder = session_of(ZHANG, proved_at=office.clock())
    return await office.desk.views(certificate(office.clock()), by=holder, first=first, after=after)


async def looks(office: Office) -> list[tuple[Text, str | None, str | None]]:
    return [(view.by, view.place, view.purpose) for view in (await views(office)).views]


# ---------------------------------------------------------------- checked


@pytest.mark.row("F57")
async def test_a_verifier_is_told_once_and_within_half_a_minute_again(office: Office) -> None:
    code, bank = await office.shown(), office.verifier()
    first = await office.checks.check(code.lower(), by=bank)
    office.clock.wind(seconds=30)

    again = await office.checks.check(code, by=bank)
    office.clock.wind(seconds=1)

    assert first == again == told(certificate(office.clock() - timedelta(seconds=31)))
    assert await office.checks.check(code, by=bank) == NOT_GENUINE


@pytest.mark.row("F56")
async def test_of_fifty_verifiers_at_once_exactly_one_is_told(office: Office) -> None:
    code = await office.shown()

    answers = await asyncio.gather(*(office.checks.check(code, by=office.verifier(f"121.31.7.{host}")) for host in range(50)))

    assert sorted(answers, key=lambda answer: answer.genuine) == [NOT_GENUINE] * 49 + [told(certificate(office.clock()))]


async def test_one_verifier_asking_fifty_times_at_once_is_told_the_same_and_looked_once(office: Office) -> None:
    code = await office.shown()

    answers = await asyncio.gather(*(office.checks.check(code, by=office.verifier(), request=REQUEST) for _ in range(50)))

    assert {*answers} == {told(certificate(office.clock()))}
    assert len(await looks(office)) == 1


async def test_unknown_used_and_expired_codes_look_the_same(office: Office) -> None:
    used, expired = await office.shown(), await office.shown(request=f"{REQUEST}-2")
    await office.checks.check(used, by=office.verifier("10.0.0.1"))
    office.clock.wind(minutes=3)

    answers = [await office.checks.check(code, by=office.verifier()) for code in ("0000-0000-0000", used, expired)]

    assert answers == [NOT_GENUINE] * 3 == [Check(genuine=False)] * 3


async def test_a_request_that_was_answered_has_no_other_answer(office: Office) -> None:
    code, other, bank = await office.shown(), await office.shown(request=f"{REQUEST}-2"), office.verifier()
    await office.checks.check(code, by=bank, request=REQUEST, purpose="开户")

    with pytest.raises(Conflict):
        await office.checks.check(other, by=bank, request=REQUEST)
    with pytest.raises(Conflict):
        await office.checks.check(code, by=bank, request=REQUEST, purpose="贷款")


@pytest.mark.parametrize("typed", ["", "张丰年", "0000-0000", "0000-0000-0000-0"])
async def test_what_is_no_code_is_told_and_not_counted(office: Office, typed: str) -> None:
    for _ in range(11):
        with pytest.raises(InvalidForm) as slip:
            await office.checks.check(typed, by=office.verifier(), request=REQUEST)

    assert [(issue.path, issue.code) for issue in slip.value.issues] == [(("input", "code"), "not-a-code")]
    assert await office.checks.check("0000-0000-0000", by=office.verifier()) == NOT_GENUINE


# ---------------------------------------------------------------- guessing


async def test_ten_wrong_codes_lock_the_address_whatever_the_browser_and_nobody_else(office: Office) -> None:
    code = await office.shown()
    for guess in range(10):
        await office.checks.check(f"0000-0000-000{guess}", by=office.verifier(browser=f"browser {guess}"))
    office.clock.wind(seconds=30)

    with pytest.raises(TooManyAttempts) as refused:
        await office.checks.check(code, by=office.verifier())

    assert (refused.value.retry_after_seconds, refused.value.text) == (870, Text("certificate.locked", {"minutes": 15}))
    assert (await office.checks.check(code, by=office.verifier("10.0.0.1"))).genuine


async def test_a_lock_ends_by_itself(office: Office) -> None:
    for guess in range(10):
        await office.checks.check(f"0000-0000-000{guess}", by=office.verifier())
    office.clock.wind(minutes=15)

    assert (await office.checks.check(await office.shown(), by=office.verifier())).genuine


async def test_wrong_codes_at_once_are_all_counted(office: Office) -> None:
    await asyncio.gather(*(office.checks.check(f"0000-0000-00{guess:02}", by=office.verifier()) for guess in range(10)))

    with pytest.raises(TooManyAttempts):
        await office.checks.check("0000-0000-0099", by=office.verifier())


# ---------------------------------------------------------------- looks


@pytest.mark.row("F58")
async def test_the_holder_sees_who_looked_where_and_what_for(office: Office) -> None:
    await office.checks.check(await office.shown(), by=office.verifier(), purpose="  办理\n优待证 " + "很长" * 100)
    office.clock.wind(seconds=1)
    await office.checks.check(await office.shown(request=f"{REQUEST}-2"), by=replace(office.verifier("240e:46::1"), person=LI))

    assert await looks(office) == [
        (Text("certificate.view.by-person", {"name": "李*"}), "240e:46:*", None),
        (Text("certificate.view.by-anyone"), "121.31.*.*", ("办理 优待证 " + "很长" * 100)[:100]),
    ]


@pytest.mark.row("F57")
async def test_a_look_that_told_nothing_is_no_look(office: Office) -> None:
    code = await office.shown()
    await office.checks.check("0000-0000-0000", by=office.verifier())
    office.clock.wind(minutes=3)
    await office.checks.check(code, by=office.verifier())

    assert await looks(office) == []


async def test_a_look_broken_off_before_it_was_recorded_is_recorded_before_it_is_told(office: Office, database: Database) -> None:
    code = await office.shown()
    await office.checks.check(code, by=office.verifier())
    await database["certificate_views"].delete_many({})  # as if we had been killed between the two writes
    office.clock.wind(seconds=5)

    assert (await office.checks.check(code, by=office.verifier())).genuine
    assert len(await looks(office)) == 1


async def test_looks_are_paged_newest_first_without_gap_or_repeat(office: Office) -> None:
    for number in range(7):
        await office.checks.check(await office.shown(request=f"{REQUEST}-{number}"), by=office.verifier(), purpose=str(number))
        office.clock.wind(seconds=number % 2)
    pages = [await views(office, first=3)]
    while pages[-1].more:
        pages.append(await views(office, first=3, after=cursor_of(pages[-1].views[-1])))

    seen = [view for page in pages for view in page.views]
    assert [len(page.views) for page in pages] == [3, 3, 1]
    assert [page.later for page in pages] == [False, True, True]
    assert sorted(view.purpose or "" for view in seen) == [str(number) for number in range(7)]
    assert [view.at for view in seen] == sorted((view.at for view in seen), reverse=True)


@pytest.mark.parametrize(
    "cursor", ["", "rubbish", "=", "\ud800", "汉", cursor_of(View("view-0", "c", "p", datetime.max.replace(tzinfo=UTC), None, None, None))]
)
async def test_a_cursor_that_is_none_of_ours_begins_at_the_top(office: Office, cursor: str) -> None:
    await office.checks.check(await office.shown(), by=office.verifier())

    assert len((await views(office, after=cursor)).views) == 1


@pytest.mark.parametrize(("first", "given"), [(-1, 0), (0, 0), (1, 1), (10_000, 2)])
async def test_a_page_has_as_many_as_asked_up_to_a_hundred(office: Office, first: int, given: int) -> None:
    for number in range(2):
        await office.checks.check(await office.shown(request=f"{REQUEST}-{number}"), by=office.verifier())

    assert len((await views(office, first=first)).views) == given
