"""An officer's own story: two papers come to the counter, the one that came second goes first, and only who took it sees it."""

import asyncio
import random
from dataclasses import replace

from rich.console import Console

from mocks import acting
from mocks.answers import Json
from mocks.journey.applying import be_prefilled, fill, hand_in
from mocks.journey.arriving import look
from mocks.journey.asking import whether
from mocks.journey.counter import enter_paper, put_first, submit_paper
from mocks.journey.deciding import (
    ARRIVES_WITHIN,
    BUREAU,
    PAUSE,
    decide,
    queue,
    refused_to_a_colleague,
    see_nothing_yet,
    tell_what_is_seen,
)
from mocks.journey.expecting import expect
from mocks.journey.others import in_office
from mocks.journey.own import see_looks
from mocks.journey.pictures import short
from mocks.journey.story import Journey
from mocks.journey.travellers import traveller
from mocks.journey.voice import Voice
from mocks.people import ELDERS
from mocks.phone import Phone


async def take_office(journey: Journey) -> None:
    officer = journey.traveller.person
    _, seat = await in_office(journey.others, officer.key, BUREAU)
    journey.voice.say(f"{officer.name}由负责人任命，本人确认；现在是：{seat['label']}。")


async def two_papers_come(journey: Journey) -> None:
    """Of two people whom nobody has met yet; the second has a reason to go first."""
    for seed in random.sample(range(ELDERS), 2):
        paper = replace(journey, voice=Voice(Console(quiet=True)), traveller=traveller(f"elder-{seed}"))
        paper.__dict__["others"] = journey.others
        await _comes_in(paper, first=bool(journey.papers))
        journey.papers.append(paper)
    for paper, manner in zip(journey.papers, ("先到", "后到，残疾，交了证件"), strict=True):
        journey.voice.say(f"· {paper.traveller.person.name}，{paper.case['number']}，{manner}")


async def _comes_in(paper: Journey, *, first: bool) -> None:
    for step in (look, whether, enter_paper, be_prefilled, fill, hand_in):
        await step(paper)
    if first:
        await put_first(paper)
    await submit_paper(paper)


async def see_the_queue(journey: Journey) -> None:
    phone, _ = await in_office(journey.others, journey.traveller.person.key, BUREAU)
    slow, quick = (paper.case["id"] for paper in journey.papers)
    waiting = await _both_arrived(phone, {slow, quick})
    for work in waiting:
        first = f"〔{work['case']['priority']['label']}〕" if work["case"]["priority"] else ""
        journey.voice.say(f"· {first}{work['case']['number']} {work['case']['beneficiary']['name']}  {short(work['item']['title'])}")
    expect([work["case"]["id"] for work in waiting] == [quick, slow], "优先的没有排在前面")
    journey.voice.say("后到的排在前面；为什么优先，领件之前不说。")


async def _both_arrived(phone: Phone, cases: set[str]) -> list[Json]:
    async with asyncio.timeout(ARRIVES_WITHIN):
        while True:
            waiting = [work for work in await queue(phone) if work["case"]["id"] in cases and work["item"]]
            if len(waiting) == len(cases):
                return waiting
            await asyncio.sleep(PAUSE)


async def take_and_decide(journey: Journey) -> None:
    """The one that goes first is told; the other is done as well."""
    phone, _ = await in_office(journey.others, journey.traveller.person.key, BUREAU)
    slow, quick = [await _work_of(paper, phone) for paper in journey.papers]
    await see_nothing_yet(journey, phone, quick)
    taken = await phone.mutate(acting.TAKE_ITEM, {"itemId": quick["item"]["id"]})
    await refused_to_a_colleague(journey, quick)
    await tell_what_is_seen(journey, phone, taken)
    await decide(journey, phone, quick)
    await phone.mutate(acting.TAKE_ITEM, {"itemId": slow["item"]["id"]})
    await decide(journey, phone, slow)


async def _work_of(paper: Journey, phone: Phone) -> Json:
    return next(work for work in await queue(phone) if work["case"]["id"] == paper.case["id"])


async def read_who_looked(journey: Journey) -> None:
    """On the phone of the one who went first."""
    elder = journey.papers[-1].traveller
    journey.voice.scene(f"{elder.person.name}的手机")
    phone = await journey.others.phone(elder.person.key)
    await see_looks(replace(journey, phone=phone))
