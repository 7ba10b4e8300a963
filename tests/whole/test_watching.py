"""Following a case over a socket: every step once, in order, also after the line was lost; and a page of cases that keeps itself fresh."""

import asyncio
from contextlib import aclosing

import pytest

from tests.whole.applicant import kind, nothing_more


@pytest.mark.row("A11")
async def test_whoever_comes_back_gets_the_steps_after_the_last_they_saw(somebody) -> None:
    person = await somebody()
    await person.applies(["normal-retirement"])
    everything = await person.sees(until=nothing_more)

    rest = await person.sees(until=nothing_more, after=3)

    assert [step["number"] for step in rest] == [step["number"] for step in everything if step["number"] > 3]


async def test_a_finished_case_ends_the_stream(somebody) -> None:
    person = await somebody()
    await person.applies(["normal-retirement"])
    await person.sees(until=kind("completed"))

    async with asyncio.timeout(20), aclosing(person.phone.watch(person.case["id"])) as messages:
        ends = [message["end"] async for message in messages]

    assert ends[-1] == "FINISHED"


async def test_somebody_elses_case_is_gone(somebody) -> None:
    owner, stranger = await somebody(), await somebody()
    await owner.opens(consenting=False)

    async with asyncio.timeout(20), aclosing(stranger.phone.watch(owner.case["id"])) as messages:
        told = [(message["steps"], message["case"], message["end"]) async for message in messages]

    assert told == [([], None, "GONE")]


async def test_a_page_of_cases_hears_of_a_change_and_not_of_what_it_has_seen(somebody) -> None:
    person, stranger = await somebody(), await somebody()
    await person.opens(consenting=False)
    theirs = (await stranger.opens(consenting=False))["id"]
    seen = {person.case["id"]: person.case["version"], theirs: 1}
    heard = []

    async with asyncio.timeout(20), aclosing(person.phone.watch_many(seen)) as messages:
        async for message in messages:
            heard.append(([case["id"] for case in message["cases"]], message["gone"]))
            if message["cases"]:
                break
            await person.fills({"key": "mobile", "value": "19912345678"})

    assert heard == [([], [theirs]), ([person.case["id"]], [])]
