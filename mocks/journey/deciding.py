"""The chapters at a department: what waits there, the most pressing first; taken by one officer, seen by that one alone, decided."""

import asyncio

from mocks import acting, documents
from mocks.answers import Json, ProblemAnswer
from mocks.journey.expecting import expect
from mocks.journey.others import Office, in_office, person_of
from mocks.journey.pictures import short
from mocks.journey.story import Journey
from mocks.phone import Phone

BUREAU = Office("OFFICER", "org-guyang-hrss", "department-chief")
OFFICER, COLLEAGUE = "officer", "officer-2"
BY_HAND = "retirement-approval"
"""What the department's own system leaves to an officer."""
ARRIVES_WITHIN, PAUSE = 60.0, 0.2
SHOWN = 6
WHY = "与档案和户口簿核对身份证号码"
WORD = "档案和缴费记录已核对，准予退休"


async def approve(journey: Journey) -> None:
    phone, seat = await in_office(journey.others, OFFICER, BUREAU)
    journey.voice.scene(f"{seat['organisation']['name']}，{person_of(OFFICER).name}")
    work = await _arrived(phone, journey.case["id"])
    await _tell_queue(journey, phone)
    await see_nothing_yet(journey, phone, work)
    taken = await phone.mutate(acting.TAKE_ITEM, {"itemId": work["item"]["id"]})
    await tell_what_is_seen(journey, phone, taken)
    await decide(journey, phone, work)


def waits_for_an_officer(journey: Journey) -> bool:
    """Or will: it may wait for other items first."""
    return any(item["code"] == BY_HAND and item["turn"] != "OVER" for item in journey.case["items"])


async def _arrived(phone: Phone, case: str) -> Json:
    """The row of this case's item, which a worker hands on first."""
    async with asyncio.timeout(ARRIVES_WITHIN):
        while True:
            for work in await queue(phone):
                if work["case"]["id"] == case and work["item"] and work["item"]["code"] == BY_HAND:
                    return work
            await asyncio.sleep(PAUSE)


async def queue(phone: Phone) -> list[Json]:
    return [edge["node"] for edge in (await phone.query(acting.WORKLIST))["worklist"]["edges"]]


async def _tell_queue(journey: Journey, phone: Phone) -> None:
    waiting = await queue(phone)
    journey.voice.say(f"待办 {len(waiting)} 件，优先的在前，再按期限：")
    for work in waiting[:SHOWN]:
        first = f"〔{work['case']['priority']['label']}〕" if work["case"]["priority"] else ""
        journey.voice.say(f"· {first}{work['case']['number']} {work['case']['beneficiary']['name']}  {short(work['item']['title'])}")


async def see_nothing_yet(journey: Journey, phone: Phone, work: Json) -> None:
    before = (await phone.query(acting.AS_SEEN, {"id": work["case"]["id"]}))["case"]
    expect(before["form"] is None and "*" in before["beneficiary"]["name"], "还没有领件，就看到了个人信息")
    journey.voice.say(f"领件之前：{before['beneficiary']['name']}，表格看不到。")


async def tell_what_is_seen(journey: Journey, phone: Phone, taken: Json) -> None:
    """What the item names, and not the whole form; numbers stay masked until a reason is given, which the person reads."""
    fields = [asked for section in taken["form"]["sections"] for entry in section["entries"] for asked in entry["fields"]]
    journey.voice.say(f"领件之后：{taken['beneficiary']['name']}，只看到这一项要用的 {len(fields)} 项内容：")
    journey.voice.facts((asked["label"], asked["display"]) for asked in [one for one in fields if one["display"]][:SHOWN])
    hidden = next((asked for asked in fields if asked["masked"]), None)
    if hidden:
        whole = await phone.mutate(documents.REVEAL_VALUE, {"input": {"about": hidden["id"], "purpose": WHY}})
        expect("*" not in whole["value"], "说了理由，还是遮着的")
        journey.voice.say(f"{hidden['label']}平时遮着；写明“{WHY}”才看得到全部，本人会知道。")


async def decide(journey: Journey, phone: Phone, work: Json) -> None:
    verdict = {"itemId": work["item"]["id"], "outcome": "GRANTED", "text": WORD}
    decided = await phone.mutate(acting.DECIDE_ITEM, {"input": verdict})
    done = next(item for item in decided["items"] if item["id"] == work["item"]["id"])
    expect(done["status"] == "DONE", f"决定之后成了“{done['statusText']}”")
    journey.voice.say(f"✓ {decided['number']}“{short(work['item']['title'])}”{done['statusText']}：{WORD}")


async def refused_to_a_colleague(journey: Journey, work: Json) -> None:
    """Of two officers one has it, and the other hears who."""
    phone, _ = await in_office(journey.others, COLLEAGUE, BUREAU)
    try:
        await phone.mutate(acting.TAKE_ITEM, {"itemId": work["item"]["id"]})
    except ProblemAnswer as refused:
        journey.voice.say(f"同事{person_of(COLLEAGUE).name}也来领：{refused.message}", mood="asks")
        return
    expect(False, "两个人领到了同一件")
