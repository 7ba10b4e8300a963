"""The journey: one person retires in front of you, through the public API only, told step by step, as far as it goes.

`python -m mocks journey --person zhang --port 8000`. Exit code 0: all of it happened, or it was said why no more happens yet; 1: the step
that is named did not; 2: there is no such person; 130, 143: it was stopped.
"""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

import httpx2

from mocks.answers import Fault, NoAnswer, ProblemAnswer, SessionEnded
from mocks.journey.demo import CannotStart, answers, own_demo
from mocks.journey.expecting import DidNotHappen
from mocks.journey.stopping import until_stopped
from mocks.journey.story import Chapter, Journey
from mocks.journey.travellers import TOLD, CannotBeTold, Traveller, traveller
from mocks.journey.voice import Voice
from mocks.journey.ways import before, onwards, opening
from mocks.phone import Phone

DONE = "DONE"

Trouble = (DidNotHappen, ProblemAnswer, Fault, NoAnswer, SessionEnded, TimeoutError, httpx2.HTTPError)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m mocks journey", description="One person retires, told step by step.")
    parser.add_argument("--person", default="zhang", help=f"whose story: {TOLD} (default: zhang)")
    parser.add_argument(
        "--port", type=int, default=8000, help="where a demonstration may be running; if none is, one is started (default: 8000)"
    )
    parser.add_argument("--folder", type=Path, default=Path(), help="where the certificate is left (default: here)")
    parser.add_argument("--as-of", help="the day that forecast and guide are asked about, as in 2026-11-23 (default: today)")
    given = parser.parse_args(arguments)
    voice = Voice()
    try:
        return asyncio.run(until_stopped(_travel(traveller(given.person), given, voice)))
    except CannotBeTold as why:
        voice.say(str(why), mood="asks")
        return 2
    except CannotStart as why:
        voice.failed("启动演示环境", str(why))
        return 1
    except KeyboardInterrupt:
        return 130


async def _travel(who: Traveller, given: argparse.Namespace, voice: Voice) -> int:
    began = monotonic()
    voice.opening("掌办 · 退休一件事", *opening(who))
    async with AsyncExitStack() as stack:
        url = f"http://127.0.0.1:{given.port}"
        if not await answers(url):
            voice.say("没有正在运行的演示环境，先启动一个…  (starting a demonstration of our own)", mood="gloss")
            url, began = await stack.enter_async_context(own_demo()), monotonic()
        voice.say(f"在 {url}", mood="gloss")
        phone = await stack.enter_async_context(Phone(url, language=who.language, browser="zhangban-phone/1 (HarmonyOS)"))
        journey = Journey(phone, voice, who, given.folder, given.as_of)
        stack.push_async_callback(journey.others.leave)
        if not await _told_whole(journey):
            return 1
        voice.ending(_ending(journey, seconds=monotonic() - began))
    return 0


def _ending(journey: Journey, *, seconds: float) -> str:
    name = journey.traveller.person.name
    if journey.papers:
        return f"{name}今天决定了 {len(journey.papers)} 件，优先的在前；谁看过什么，本人都看得到。(Decided, and each look is told.)"
    if not journey.case or journey.case["status"] != DONE:
        return f"{name}的故事先讲到这里；到了日子、有人来办，再接着讲。(So far; the rest is told when its time has come.)"
    if journey.resumed:
        return f"{name}退休了，接着上次讲完的。想从头看，换一个人（PERSON=anyone-8），或换一个数据目录。(Told on from an earlier journey.)"
    return f"{name}退休了：一张表，{len(journey.case['items'])} 个事项，{seconds:.0f} 秒，一趟没跑。"


async def _told_whole(journey: Journey) -> bool:
    """Whether every step that was to happen has happened."""
    return await _told(journey, before(journey)) and await _told(journey, onwards(journey))


async def _told(journey: Journey, chapters: Sequence[Chapter]) -> bool:
    for chapter in chapters:
        if not chapter.when(journey):
            continue
        journey.voice.chapter(chapter.title, chapter.gloss)
        try:
            async with asyncio.timeout(chapter.seconds):
                await chapter.walk(journey)
        except Trouble as why:
            journey.voice.failed(chapter.title, str(why) or f"{chapter.seconds:.0f} 秒之内没有结果")
            return False
    return True
