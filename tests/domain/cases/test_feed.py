"""Progress as a subscriber sees it: each step once, in order, from the first message to the last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import pytest

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.feed import CaseChanges, CaseFeed, CaseProgress, StreamEnd
from domain.cases.filling import AnswerGiven
from domain.errors import InvalidForm
from domain.ports import CancelAnswer
from tests.cases import MONDAY, a_submitted_case, acting, an_opened_case, filled, loaded, slips, somebody
from tests.looks import NotedLooks
from tests.memory import LocalBells, MemoryCases
from tests.progress import a_finished_case, cancel_answered, department_says, granted, notified, withdrawn

ITEM = "normal-retirement"
NOBODY = (None, replace(acting(), person=None))
"""Not signed in; signed in, and name and number not checked yet."""


@pytest.fixture
def store() -> MemoryCases:
    return MemoryCases()


@pytest.fixture
def feed(store: MemoryCases) -> CaseFeed:
    return CaseFeed(store, LocalBells(), loaded().catalogues, NotedLooks(), lambda: MONDAY)


async def the_next(messages: AsyncIterator[CaseProgress]) -> CaseProgress:
    async with asyncio.timeout(2):
        return await anext(messages)


def numbers(message: CaseProgress) -> list[int]:
    return [step.number for step in message.steps]


async def all_of(feed: CaseFeed, case: Case, *, after: int = 0) -> list[CaseProgress]:
    async with asyncio.timeout(2):
        return [message async for message in feed.progress(case.id, after=after, by=acting())]


# ---------------------------------------------------------------- one case


async def test_the_first_message_comes_at_once_and_may_bring_no_step(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(a_submitted_case())

    for after, expected in ((0, [step.number for step in case.history]), (case.last_step.number, []), (10_000, [])):
        async with aclosing(feed.progress(case.id, after=after, by=acting())) as messages:
            first = await the_next(messages)
        assert (numbers(first), first.case, first.end) == (expected, case, None)


async def test_what_happens_comes_in_order_each_step_once(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(a_submitted_case(items=(ITEM,)))
    before = case.last_step.number

    async with aclosing(feed.progress(case.id, after=before, by=acting())) as messages:
        await the_next(messages)
        store.put(department_says(case, ITEM, granted()))
        await feed.bells.ring(case.id)
        message = await the_next(messages)

    assert [(step.number, step.kind) for step in message.steps] == [(before + 1, "item-decided"), (before + 2, "completed")]


async def test_what_happens_between_two_messages_is_not_missed(feed: CaseFeed, store: MemoryCases) -> None:
    """The subscriber is slow: it is not waiting when the ring comes."""
    case = store.put(a_submitted_case(items=(ITEM, "deemed-years")))

    async with aclosing(feed.progress(case.id, after=0, by=acting())) as messages:
        first = await the_next(messages)
        for item in (ITEM, "deemed-years"):
            case = store.put(department_says(case, item, granted()))
            await feed.bells.ring(case.id)
        second = await the_next(messages)

    assert numbers(first) + numbers(second) == list(range(1, case.last_step.number + 1))


async def test_a_ring_without_news_brings_no_message(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(a_submitted_case(items=(ITEM,)))

    async with aclosing(feed.progress(case.id, after=0, by=acting())) as messages:
        await the_next(messages)
        waiting = asyncio.ensure_future(the_next(messages))
        await feed.bells.ring(case.id)
        await asyncio.sleep(0)
        store.put(department_says(case, ITEM, granted()))
        await feed.bells.ring(case.id)

        assert [step.kind for step in (await waiting).steps] == ["item-decided", "completed"]


@pytest.mark.parametrize("after", [0, -5])
async def test_a_long_history_comes_a_hundred_steps_at_a_time_and_none_twice(feed: CaseFeed, store: MemoryCases, after: int) -> None:
    case = department_says(a_submitted_case(items=(ITEM,)), ITEM, granted())
    steps = tuple(replace(case.history[0], number=number) for number in range(1, 251))
    case = store.put(replace(case, history=steps, notices=()))

    messages = await all_of(feed, case, after=after)

    assert [numbers(message) for message in messages] == [list(range(1, 101)), list(range(101, 201)), list(range(201, 251))]
    assert [message.end for message in messages] == [None, None, StreamEnd.FINISHED]


async def test_a_case_that_is_over_ends_the_stream_with_its_last_step(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(notified(a_finished_case()))

    (message,) = await all_of(feed, case)

    assert (numbers(message)[-1], message.end) == (case.last_step.number, StreamEnd.FINISHED)
    assert [(numbers(again), again.end) for again in await all_of(feed, case, after=case.last_step.number)] == [([], StreamEnd.FINISHED)]


async def test_the_stream_goes_on_until_nothing_more_is_expected(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(withdrawn(notified(a_submitted_case(items=(ITEM,)))))

    async with aclosing(feed.progress(case.id, after=0, by=acting())) as messages:
        first = await the_next(messages)
        store.put(cancel_answered(case, ITEM, CancelAnswer.CANCELLED))
        await feed.bells.ring(case.id)
        last = await the_next(messages)

    assert (first.steps[-1].kind, first.end) == ("withdrawn", None)
    assert ([step.kind for step in last.steps], last.end) == (["handoff-cancelled"], StreamEnd.FINISHED)


async def test_a_finished_case_whose_notice_is_on_its_way_is_not_finished_for_its_subscribers(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(a_finished_case())

    async with aclosing(feed.progress(case.id, after=0, by=acting())) as messages:
        first = await the_next(messages)
        store.put(notified(case))
        await feed.bells.ring(case.id)
        last = await the_next(messages)

    assert (first.end, {step.kind for step in last.steps}, last.end) == (None, {"notice-sent"}, StreamEnd.FINISHED)


async def test_a_case_that_is_not_there_and_one_that_is_not_yours_look_the_same(feed: CaseFeed, store: MemoryCases) -> None:
    theirs = store.put(an_opened_case(by=acting(somebody("person-zh8kli000000"))))

    for id in (theirs.id, "case-none"):
        assert [message async for message in feed.progress(id, after=0, by=acting())] == [CaseProgress((), None, StreamEnd.GONE)]


@pytest.mark.parametrize("by", NOBODY)
async def test_who_is_not_known_by_name_is_told_what_a_stranger_is(feed: CaseFeed, store: MemoryCases, by: Acting | None) -> None:
    case = store.put(an_opened_case())

    assert [message async for message in feed.progress(case.id, after=0, by=by)] == [CaseProgress((), None, StreamEnd.GONE)]
    assert [message async for message in feed.changes({case.id: 1}, by=by)] == [CaseChanges((), [case.id], StreamEnd.GONE)]


# ---------------------------------------------------------------- a list of cases


async def test_those_that_are_not_as_last_seen_come_at_once_and_then_as_they_change(feed: CaseFeed, store: MemoryCases) -> None:
    first = store.put(an_opened_case())
    second = store.put(an_opened_case(id="case-zh8k0002"))

    async with aclosing(feed.changes({first.id: first.version, second.id: 0, "case-none": 1}, by=acting())) as messages:
        at_once = await the_next(messages)
        changed = store.put(filled(first, AnswerGiven("email", value="a@b.cn")))
        await feed.bells.ring(first.id)
        later = await the_next(messages)

    assert at_once == CaseChanges([second], ["case-none"], None)
    assert (later, changed.version) == (CaseChanges([changed], [], None), 2)


async def test_if_all_are_as_last_seen_the_first_message_brings_none(feed: CaseFeed, store: MemoryCases) -> None:
    case = store.put(an_opened_case())

    async with aclosing(feed.changes({case.id: case.version}, by=acting())) as messages:
        assert await the_next(messages) == CaseChanges([], [], None)


async def test_when_every_case_is_over_the_stream_is(feed: CaseFeed, store: MemoryCases) -> None:
    case, other = store.put(notified(a_finished_case())), store.put(withdrawn(an_opened_case(id="case-zh8k0002")))

    messages = [message async for message in feed.changes({case.id: 0, other.id: other.version}, by=acting())]

    assert messages == [CaseChanges([case], [], StreamEnd.FINISHED)]


@pytest.mark.parametrize("seen", [{}, {"case-none": 1}], ids=["none asked for", "none there"])
async def test_when_no_case_is_left_the_stream_says_gone(feed: CaseFeed, seen: dict[str, int]) -> None:
    messages = [message async for message in feed.changes(seen, by=acting())]

    assert messages == [CaseChanges([], list(seen), StreamEnd.GONE)]


@pytest.mark.parametrize("by", [acting(), *NOBODY])
async def test_no_more_than_fifty_are_watched_by_whomever(feed: CaseFeed, by: Acting | None) -> None:
    with pytest.raises(InvalidForm) as refused:
        await anext(feed.changes({f"case-{number}": 1 for number in range(51)}, by=by))

    assert slips(refused) == [(("seen",), "too-many-cases")]
