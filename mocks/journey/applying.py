"""The chapters of the form: consents and a case, what registers fill in, what is still asked, what is handed in."""

import asyncio
from collections.abc import Collection, Mapping

from mocks import acting, documents
from mocks.answers import Json
from mocks.journey.expecting import DidNotHappen, expect
from mocks.journey.pictures import clock, paper
from mocks.journey.story import Journey
from mocks.journey.travellers import DEEMED_EVIDENCE, Answer
from mocks.phone import Phone
from mocks.resident import Resident

FILLED_BY_LICENCE = ("LICENCE", "REGISTER")
PREFILL_ASKS = 30
PREFILL_PAUSE = 0.3
NOT_FILLED = {"NOTHING_FOUND": "没有查到", "NO_ANSWER": "没有回应", "DECLINED": "没有同意", "CONSENT_NEEDED": "还没有同意"}
GIVEN_UP = ("WITHDRAWN", "NOT_ACCEPTED")


async def open_case(journey: Journey) -> None:
    """Or go on with the one there is: an earlier journey may have been broken off, or come to its end."""
    if not await take_up_standing(journey, journey.filer):
        await _open(journey)


async def take_up_standing(journey: Journey, phone: Phone) -> bool:
    """Whether there is one already, as that phone sees it: a counter's shows those of others as well."""
    found = (await phone.query(acting.CASES_OF))["cases"]["edges"]
    standing = [edge["node"] for edge in found if edge["node"]["status"] not in GIVEN_UP and _is_of(edge["node"], journey.traveller.person)]
    if standing:
        await go_on_with(journey, standing[0])
    return bool(standing)


def _is_of(case: Json, person: Resident) -> bool:
    """By what is shown of their number."""
    told = case["beneficiary"]["maskedDocumentNumber"]
    ends = zip((told[:2], told[-2:]), (person.document_number[:2], person.document_number[-2:]), strict=True)
    return case["beneficiary"]["name"] == person.name and all(shown == own for shown, own in ends)


async def go_on_with(journey: Journey, case: Json) -> None:
    journey.case, journey.resumed = case, True
    await journey.reread()
    journey.voice.say(f"已经有一件：{journey.case['number']}，{journey.case['statusText']}。接着讲。", mood="asks")


async def _open(journey: Journey) -> None:
    _tell_consents(journey)
    given = [{"purpose": text["purpose"], "version": text["version"], "given": True} for text in journey.catalogue["consents"]]
    chosen = {"itemIds": journey.chosen, "consents": given}
    journey.case = await journey.filer.mutate(documents.OPEN_CASE, {"input": chosen})
    expect(journey.case["number"], "申请没有编号")
    journey.voice.facts(
        [("办件编号", journey.case["number"]), ("选了", f"{len(journey.case['items'])} 项"), ("状态", journey.case["statusText"])]
    )


def _tell_consents(journey: Journey) -> None:
    expect(journey.catalogue["consents"], "没有要征求同意的内容")
    journey.voice.say("先问同不同意；没有同意之前，什么也不去取。")
    for text in journey.catalogue["consents"]:
        licences = "、".join(licence["name"] for licence in text["licences"])
        journey.voice.say(f"✓ {text['title']}（{licences}）")


async def be_prefilled(journey: Journey) -> None:
    await _registers_answer(journey)
    for prefill in journey.case["form"]["prefill"]:
        journey.voice.say(f"· {prefill['name']}：{_told_of(journey.case, prefill)}")
    fields = [asked for asked in questions(journey.case) if asked["source"] and asked["source"]["kind"] in FILLED_BY_LICENCE]
    expect(fields, "没有一项是证照替人填好的")
    journey.voice.say("已经替您填好：")
    journey.voice.facts((asked["label"], _with_source(asked)) for asked in fields)


async def _registers_answer(journey: Journey) -> None:
    for _ in range(PREFILL_ASKS):
        if all(prefill["status"] != "ASKING" for prefill in journey.case["form"]["prefill"]):
            return
        await asyncio.sleep(PREFILL_PAUSE)
        await journey.reread()
    waiting = [prefill["name"] for prefill in journey.case["form"]["prefill"] if prefill["status"] == "ASKING"]
    raise DidNotHappen(f"{'、'.join(waiting)}一直没有回答")


def _told_of(case: Json, prefill: Json) -> str:
    if prefill["status"] != "FILLED":
        return NOT_FILLED.get(prefill["status"], str(prefill["status"]))
    filled = [asked for asked in questions(case) if asked["source"] and asked["source"]["name"] == prefill["name"]]
    return f"{clock(prefill['at'])} 取到，填了 {len(filled)} 处"


def _with_source(asked: Json) -> str:
    lock = "（已锁定）" if asked["locked"] else ""
    return f"{asked['display'] or asked['value']}  ← {asked['source']['name']}{lock}"


def questions(case: Json) -> list[Json]:
    return [asked for section in case["form"]["sections"] for entry in section["entries"] for asked in entry["fields"]]


def open_questions(case: Json) -> list[Json]:
    return [asked for asked in questions(case) if not (asked["value"] or asked["values"] or asked["masked"] or asked["locked"])]


async def fill(journey: Journey) -> None:
    """Saved page by page, as the app does, and read back: what is asked next depends on the answers so far."""
    told = set[str]()
    while page := _next_page(journey, told):
        await _save(journey, page)
        told |= page.keys()
    unknown = [question["label"] for question in open_questions(journey.case) if question["required"]]
    expect(not unknown, f"不知道怎么回答：{'、'.join(unknown)}")
    journey.voice.say(f"只剩 {len(told)} 个问题要自己回答：")
    journey.voice.facts(
        (question["label"], question["display"] or question["value"]) for question in questions(journey.case) if question["key"] in told
    )
    expect(journey.case["form"]["complete"], "；".join(issue["message"] for issue in journey.case["form"]["issues"]) or "表还没有填完")


def _next_page(journey: Journey, told: Collection[str]) -> dict[str, Answer]:
    """What they answer on the first page on which they can answer something."""
    blanks = {question["id"] for question in open_questions(journey.case) if question["key"] not in told}
    for section in journey.case["form"]["sections"]:
        asked = [question for entry in section["entries"] for question in entry["fields"] if question["id"] in blanks]
        if page := {question["key"]: answer for question in asked if (answer := _answer(journey, question))}:
            return page
    return {}


def _answer(journey: Journey, question: Json) -> Answer | None:
    """What they would type; what they only know of themselves, if it must be answered."""
    typed = journey.traveller.answers.get(question["key"])
    return typed or (journey.traveller.known.get(question["key"]) if question["required"] else None)


async def _save(journey: Journey, page: Mapping[str, Answer]) -> None:
    given = [{"key": key, "value" if isinstance(answer, str) else "values": answer} for key, answer in page.items()]
    saved = {"caseId": journey.case["id"], "revision": journey.case["form"]["revision"], "answers": given}
    journey.case = await journey.filer.mutate(documents.FILL_FORM, {"input": saved})


async def hand_in(journey: Journey) -> None:
    for material in journey.case["materials"]:
        journey.voice.say(f"· {material['title']}：{material['statusText']}")
        if material["status"] == "NEEDED" or _worth_adding(journey, material):
            await _attach(journey, material)
    needed = [material["title"] for material in journey.case["materials"] if material["status"] == "NEEDED"]
    expect(not needed, f"还缺 {'、'.join(needed)}")


def _worth_adding(journey: Journey, material: Json) -> bool:
    """Nobody asks for it; whoever has it may hand it in beside."""
    return material["code"] == DEEMED_EVIDENCE and not material["files"] and bool(journey.traveller.person.deemed_months)


async def _attach(journey: Journey, material: Json) -> None:
    title = journey.traveller.papers.get(material["code"], material["title"] + "（虚构）")
    file = await journey.filer.upload(paper(title), about=journey.case["id"] if journey.filing else "")
    expect(file["contentType"] == "image/png", f"照片被认成了 {file['contentType']}")
    attached = {"materialId": material["id"], "fileIds": [file["id"]]}
    if marks := journey.marks.get(material["code"]):
        attached["marks"] = marks
    journey.case = await journey.filer.mutate(documents.ATTACH_MATERIAL, {"input": attached})
    journey.voice.say(f"  拍照上传《{title}》，{file['size']} 字节，sha256 {file['sha256'][:12]}…", mood="gloss")
