"""The chapter in which it is handed on: submitted once, and every step told as it is pushed."""

from contextlib import aclosing
from dataclasses import dataclass

from mocks import documents
from mocks.answers import Json
from mocks.journey.story import Journey, drafting, expect
from mocks.journey.voice import Watching


async def submit(journey: Journey) -> None:
    before = journey.case["lastStep"]["number"] if drafting(journey) else 0
    async with aclosing(journey.phone.watch(journey.case["id"], after=before)) as messages:
        listening = Listening(journey, before)
        listening.hear(await anext(messages))
        if drafting(journey):
            await _declare(journey)
        with journey.voice.watching(journey.case) as listening.watching:
            async for message in messages:
                listening.hear(message)
    await journey.reread()
    journey.voice.tree(journey.case)
    expect(journey.case["status"] == "DONE", f"办到了“{journey.case['statusText']}”，没有办结")


async def _declare(journey: Journey) -> None:
    for declaration in journey.case["declarations"]:
        journey.voice.say(f"✓ {declaration['text']}")
    journey.voice.say("会告诉：" + "、".join(audience["label"] for audience in journey.case["informs"]), mood="gloss")
    actions = [action["action"] for action in journey.case["availableActions"]]
    expect("SUBMIT" in actions, f"现在不能提交，只能 {actions}")
    declared = [declaration["id"] for declaration in journey.case["declarations"]]
    given = {"caseId": journey.case["id"], "revision": journey.case["form"]["revision"], "declarations": declared}
    journey.case = await journey.phone.mutate(documents.SUBMIT_CASE, {"input": given})
    journey.voice.say("只提交一次。从这里起，每一步都是推送来的：")


@dataclass
class Listening:
    """Every step once, in order, without a gap."""

    journey: Journey
    seen: int
    watching: Watching | None = None

    def hear(self, message: Json) -> None:
        for step in message["steps"]:
            self.seen += 1
            expect(step["number"] == self.seen, f"应该是第 {self.seen} 步，来的是第 {step['number']} 步")
            self.journey.voice.happened(step)
        if message["case"] and self.watching:
            self.watching.show(message["case"])
