"""The chapter in which it is handed on: submitted once, and every step told as it is pushed."""

import asyncio
from collections.abc import AsyncIterable
from contextlib import aclosing
from dataclasses import dataclass, field

from mocks import documents
from mocks.answers import Json
from mocks.journey.expecting import expect
from mocks.journey.story import Journey, drafting
from mocks.journey.voice import Watching

QUIET_SECONDS = 20.0
"""So long nothing may happen until it is told what is waited for."""
NOTICE_SECONDS = 10.0
"""So long it is waited for a notice of a case that is over: a message provider may be away for days, and nobody's pension waits for it."""
UNDER_WAY = ("HANDED_OFF", "IN_PROGRESS", "SUSPENDED", "CORRECTION_NEEDED")


async def submit(journey: Journey, *, quiet: float = QUIET_SECONDS, notices: float = NOTICE_SECONDS) -> None:
    """To the end; what was submitted already is only watched."""
    before = journey.case["lastStep"]["number"] if drafting(journey) else journey.seen
    async with aclosing(journey.watcher.watch(journey.case["id"], after=before)) as messages:
        listening = Listening(journey, before, quiet)
        listening.hear(await anext(messages))
        if drafting(journey):
            await declare(journey)
            journey.voice.say("只提交一次。从这里起，每一步都是推送来的：")
        with journey.voice.watching(journey.case) as listening.watching:
            await listening.to_the_end(messages, notices=notices)
    await journey.reread()
    journey.voice.tree(journey.case)
    expect(journey.case["status"] == "DONE", f"办到了“{journey.case['statusText']}”，没有办结")


async def declare(journey: Journey) -> None:
    """Agreed to, and submitted."""
    journey.seen = journey.case["lastStep"]["number"]
    for declaration in journey.case["declarations"]:
        journey.voice.say(f"✓ {declaration['text']}")
    journey.voice.say("会告诉：" + "、".join(audience["label"] for audience in journey.case["informs"]), mood="gloss")
    actions = [action["action"] for action in journey.case["availableActions"]]
    expect("SUBMIT" in actions, f"现在不能提交，只能 {actions}")
    declared = [declaration["id"] for declaration in journey.case["declarations"]]
    given = {"caseId": journey.case["id"], "revision": journey.case["form"]["revision"], "declarations": declared}
    journey.case = await journey.filer.mutate(documents.SUBMIT_CASE, {"input": given})


@dataclass
class Listening:
    """Every step once, in order, without a gap."""

    journey: Journey
    seen: int
    quiet: float
    watching: Watching | None = None
    case: Json = field(default_factory=dict)
    _reminder: asyncio.TimerHandle | None = None

    async def to_the_end(self, messages: AsyncIterable[Json], *, notices: float) -> None:
        """Or so long after the case is over: what is missing then is only that somebody has been told of it."""
        self._remind_later()
        try:
            async with asyncio.timeout(None) as patience:
                self._limit(patience, notices)
                async for message in messages:
                    self.hear(message)
                    self._remind_later()
                    self._limit(patience, notices)
        except TimeoutError:
            if not patience.expired():
                raise
            self.journey.voice.say("已办结；还有通知没有送达，会自动再发，这里不等它。(A notice is still on its way.)", mood="asks")
        finally:
            self._hush()

    def _limit(self, patience: asyncio.Timeout, notices: float) -> None:
        """From the moment when the case is over."""
        if self.case.get("turn") == "OVER" and patience.when() is None:
            patience.reschedule(asyncio.get_running_loop().time() + notices)

    def hear(self, message: Json) -> None:
        for step in message["steps"]:
            self.seen += 1
            expect(step["number"] == self.seen, f"应该是第 {self.seen} 步，来的是第 {step['number']} 步")
            self.journey.voice.happened(step)
        if message["case"]:
            self._show(message["case"])

    def _show(self, case: Json) -> None:
        self.case = case
        if self.watching:
            self.watching.show(case)

    def _remind_later(self) -> None:
        self._hush()
        self._reminder = asyncio.get_running_loop().call_later(self.quiet, self._tell_what_is_awaited)

    def _hush(self) -> None:
        if self._reminder:
            self._reminder.cancel()

    def _tell_what_is_awaited(self) -> None:
        self.journey.voice.say(f"{self.quiet:g} 秒没有新的一步，还在等：{_awaited(self.case)}。(still waiting)", mood="gloss")


def _awaited(case: Json) -> str:
    """What is at a department; where nothing is, what the case says of itself."""
    items = [f"{item['department']['name']}的“{item['title']}”" for item in case.get("items", ()) if item["status"] in UNDER_WAY]
    return "、".join(items) or str(case.get("statusText", "第一步"))
