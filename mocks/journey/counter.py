"""The chapters at a counter: a paper that came by itself days ago (后台补录), or a person who stands there with their card."""

from datetime import datetime

from mocks import acting, documents
from mocks.answers import Json, ProblemAnswer
from mocks.journey.applying import take_up_standing
from mocks.journey.card_reader import read_card
from mocks.journey.delegating import take_back_living
from mocks.journey.expecting import expect
from mocks.journey.others import Office, in_office, named, person_of
from mocks.journey.pictures import paper
from mocks.journey.story import Journey
from mocks.journey.submitting import declare

HALLS = {
    "guyang": Office("CLERK", "org-guyang-hall", "counter-chief"),
    "ejin-horo": Office("CLERK", "org-ejin-horo-hall", "counter-chief"),
}
CLERK = "clerk"
PAPER_CAME = "2026-11-17T09:40:00+08:00"
BASES = {"DISABLED": "残疾人证（虚构）"}
MARKS = {"SIGNATURE": "签字", "FINGERPRINT": "按手印"}
MAY = ["CONSENT", "FILL", "ATTACH", "SUBMIT"]
WEEKDAYS = "一二三四五六日"


async def _go_to_the_counter(journey: Journey) -> None:
    journey.filing, seat = await in_office(journey.others, CLERK, HALLS[journey.traveller.person.region])
    journey.voice.scene(f"{seat['organisation']['name']}，窗口工作人员{person_of(CLERK).name}")


def _given(journey: Journey) -> list[Json]:
    return [{"purpose": text["purpose"], "version": text["version"], "given": True} for text in journey.catalogue["consents"]]


async def enter_paper(journey: Journey) -> None:
    """The day on which it came is the day from which it counts."""
    await _go_to_the_counter(journey)
    if await take_up_standing(journey, journey.filer):
        return
    journey.voice.say(
        f"{journey.traveller.person.name}没有来，纸是{journey.traveller.helper}送来的。今天录入；申请人是他，录入的人只是经手人。"
    )
    filed = {"applicant": named(journey.traveller.person), "receivedAt": PAPER_CAME, "itemIds": journey.chosen}
    journey.case = await journey.filer.mutate(acting.OPEN_CASE_AT_COUNTER, {"input": filed})
    _tell_days(journey)
    await _scan_and_allow(journey)


async def _scan_and_allow(journey: Journey) -> None:
    """Nothing about him is fetched before the form that he signed is there."""
    form = next(one for one in journey.case["materials"] if one["code"] == "paper-application")
    file = await journey.filer.upload(paper(form["title"]), about=journey.case["id"])
    await journey.filer.mutate(documents.ATTACH_MATERIAL, {"input": {"materialId": form["id"], "fileIds": [file["id"]]}})
    allowed = {"caseId": journey.case["id"], "consents": _given(journey)}
    journey.case = await journey.filer.mutate(documents.DECIDE_CONSENTS, {"input": allowed})
    journey.voice.say(f"先扫描《{form['title']}》，再按纸上勾选的，登记本人同意读取哪些信息。")


def _tell_days(journey: Journey) -> None:
    case = journey.case
    expect(datetime.fromisoformat(case["receivedAt"]) == datetime.fromisoformat(PAPER_CAME), f"收到的时间成了 {case['receivedAt']}")
    journey.voice.facts(
        [
            ("办件编号", case["number"]),
            ("收到纸质申请", _day(case["receivedAt"])),
            ("录入", _day(case["openedAt"])),
            ("申请人", case["beneficiary"]["name"]),
            ("选了", f"{len(case['items'])} 项"),
        ]
    )


def _day(at: str) -> str:
    day = datetime.fromisoformat(at)
    return f"{day:%Y-%m-%d %H:%M}（星期{WEEKDAYS[day.weekday()]}）"


async def ask_for_promises(journey: Journey) -> None:
    """Which papers a person makes themselves, and what each must bear: the clerk looks, and says what is on it."""
    materials = (await journey.filer.query(acting.PROMISES, {"id": journey.case["id"]}))["case"]["materials"]
    for rule in materials:
        if rule["needs"] and rule["status"] == "NEEDED":
            journey.marks[rule["code"]] = rule["needs"]
            marks = "、".join(MARKS[mark] for mark in rule["needs"])
            journey.voice.say(f"《{rule['title']}》要有：{marks}。少一样都不算交了；窗口看过，都有。")


async def put_first(journey: Journey) -> None:
    """With what shows the reason: nobody goes before others on their word alone."""
    basis, title = next(iter(BASES.items()))
    try:
        await journey.filer.mutate(acting.FLAG_PRIORITY, {"input": {"caseId": journey.case["id"], "basis": basis}})
    except ProblemAnswer as refused:
        journey.voice.say(f"空口说不行：{refused.message}", mood="asks")
    file = await journey.filer.upload(paper(title), about=journey.case["id"])
    wish = {"caseId": journey.case["id"], "basis": basis, "fileId": file["id"]}
    first = (await journey.filer.mutate(acting.FLAG_PRIORITY, {"input": wish}))["priority"]
    expect(first, "没有排到前面")
    journey.voice.say(f"✓ 交了《{title}》，优先办理：{first['label']}")


async def submit_paper(journey: Journey) -> None:
    await declare(journey)
    journey.voice.say(f"从收到申请起算的期限，都从纸来的那天算：{_day(PAPER_CAME)}。")


async def stand_at_the_counter(journey: Journey) -> None:
    """Their card is read, which lets the clerk begin one case, and no other."""
    if await take_up_standing(journey, journey.phone):
        return
    await take_back_living(journey)
    await _go_to_the_counter(journey)
    journey.voice.say(f"{journey.catalogue['region']['name']}的申请在窗口办，不在手机上开始。")
    start = await journey.filer.mutate(acting.BEGIN_CARD_READING)
    reading = await read_card(journey.traveller.person.key, start["nonce"], device=journey.filer)
    taken = {"nonce": start["nonce"], "reading": reading, "itemIds": journey.chosen, "actions": MAY}
    journey.mandate = await journey.filer.mutate(acting.TAKE_MANDATE_IN_PERSON, {"input": taken})
    journey.voice.say(f"{journey.traveller.person.name}带着身份证来了：读卡、核对真人，{start['livesSeconds']} 秒内有效。")
    journey.voice.facts(
        [("当面委托", journey.mandate["scopeText"]), ("只办", "这一件"), ("最晚开始", journey.mandate["beginBy"][:16].replace("T", " "))]
    )
    opened = {"mandateId": journey.mandate["id"], "itemIds": journey.chosen, "consents": _given(journey)}
    journey.case = await journey.filer.mutate(acting.OPEN_CASE_IN_PERSON, {"input": opened})
    journey.voice.facts([("办件编号", journey.case["number"]), ("选了", f"{len(journey.case['items'])} 项")])


async def hand_over(journey: Journey) -> None:
    """The day has not come: what the clerk entered goes on in the person's own account."""
    await journey.filer.mutate(acting.HAND_OVER_CASE, {"caseId": journey.case["id"]})
    journey.filing = None
    await journey.reread()
    day = journey.forecast["statutory"]["date"]
    journey.voice.scene(f"{journey.traveller.person.name}的手机")
    journey.voice.say(
        f"填好的草稿转到本人账户：{journey.case['number']}，{journey.case['statusText']}，保留到 {journey.case['draftExpiresAt'][:10]}。"
    )
    journey.voice.say(f"还没有到能办的日子：{day} 再来。那天起提交就行，不用再填一遍。")
    journey.voice.say(f"故事里后面还有：{journey.traveller.later}。", mood="gloss")
