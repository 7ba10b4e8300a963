"""The chapters of an employer: who files for it, its list of staff, its stamp; and the employee's own word, or nothing begins."""

from mocks import acting, documents
from mocks.answers import Json
from mocks.journey.applying import take_up_standing
from mocks.journey.expecting import DidNotHappen
from mocks.journey.facts import post_category
from mocks.journey.others import Office, in_office, person_of
from mocks.journey.story import Journey
from mocks.journey.submitting import declare
from mocks.others import ENTERPRISES
from mocks.resident import Resident

FURNACE = ENTERPRISES["furnace"]
AGENT = Office("EMPLOYER", FURNACE.name, f"{FURNACE.representative}@{FURNACE.key}")
HEADINGS = ("姓名", "证件类型", "证件号码", "手机号码", "岗位类别", "退休日期")
POSTS = {"ORDINARY": "工人", "MANAGEMENT_OR_TECHNICAL": "管理岗位"}
STRANGER = "chen"
"""Who works elsewhere, and slipped into the list."""


async def authorise(journey: Journey) -> None:
    boss, agent = person_of(FURNACE.representative), person_of("agent")
    journey.voice.scene(f"{FURNACE.name}的法人账号")
    journey.filing, seat = await in_office(journey.others, agent.key, AGENT)
    journey.voice.say(f"法定代表人{boss.name}指定{agent.name}为经办人，{agent.name}在自己手机上确认。她现在是：{seat['label']}。")


async def hand_in_list(journey: Journey) -> None:
    if await take_up_standing(journey, journey.phone):
        return
    me, stranger = journey.traveller.person, person_of(STRANGER)
    journey.voice.scene("经办人的电脑")
    rows = [_row(me, journey.traveller.retires_on), _row(stranger, stranger.retires_on.isoformat()), _row(me, "以后")]
    lines = "\n".join(",".join(row) for row in (HEADINGS, *rows))
    told = await journey.filer.upload(lines.encode("utf-8-sig"), at="/employers/staff-sheets")
    journey.voice.say(f"上传职工名单（CSV，Excel 也行）：{told['rows']} 行能用。")
    for fault in told["faults"]:
        journey.voice.say(f"· {fault['message']}", mood="asks")
    await _open_from(journey, told["id"])


def _row(person: Resident, retires_on: str) -> tuple[str, ...]:
    post = POSTS.get(post_category(person), "工人")
    return (person.name, "居民身份证", person.document_number, person.mobile or "", post, retires_on)


async def _open_from(journey: Journey, sheet: str) -> None:
    opened = await journey.filer.mutate(acting.OPEN_STAFF_CASES, {"input": {"sheetId": sheet, "itemIds": journey.chosen}})
    for row in opened["rows"]:
        outcome = row["problem"] or f"开好了，{row['case']['number']}"
        journey.voice.say(f"· {row['name']}：{outcome}", mood="asks" if row["problem"] else "ink")
    mine = next((row for row in opened["rows"] if row["name"] == journey.traveller.person.name), None)
    if mine is None or mine["case"] is None:
        raise DidNotHappen("名单里的职工没有开成申请")
    journey.case = mine["case"]
    await journey.reread()


async def consent(journey: Journey) -> None:
    """The employer opens; what is read about the employee is the employee's to allow."""
    journey.voice.scene(f"{journey.traveller.person.name}的手机")
    asked = [_given(consent) for consent in journey.case["consents"] if consent["status"] == "ASKED"]
    await journey.phone.mutate(documents.DECIDE_CONSENTS, {"input": {"caseId": journey.case["id"], "consents": asked}})
    await journey.reread()
    for allowed in journey.case["consents"]:
        journey.voice.say(f"✓ {allowed['wording']['title']}")
    journey.voice.say("单位只能开表、填表；读不读本人的证照，由本人点头。", mood="gloss")


def _given(consent: Json) -> Json:
    return {"purpose": consent["wording"]["purpose"], "version": consent["wording"]["version"], "given": True}


async def stamp_and_submit(journey: Journey) -> None:
    journey.voice.scene("经办人的电脑")
    journey.case = await journey.filer.mutate(acting.STAMP_CASE, {"caseId": journey.case["id"]})
    journey.voice.say("✓ 盖单位电子印章")
    await declare(journey)
    journey.voice.say("部门还收不到：要等本人确认。", mood="gloss")


async def confirm(journey: Journey) -> None:
    journey.voice.scene(f"{journey.traveller.person.name}的手机")
    confirmed = await journey.phone.mutate(acting.CONFIRM_FILING, {"caseId": journey.case["id"]})
    journey.voice.say(f"本人看过，确认单位提交的内容：{confirmed['statusText']}。")
    await journey.reread()


def to_be_confirmed(journey: Journey) -> bool:
    return bool(journey.case["status"] == "SUBMITTED")
