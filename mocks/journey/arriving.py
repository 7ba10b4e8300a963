"""The first chapters: who it is, and what there is to be done."""

from mocks import documents
from mocks.journey.expecting import expect
from mocks.journey.story import Journey


def has_a_phone(journey: Journey) -> bool:
    return journey.traveller.person.mobile is not None


async def sign_in(journey: Journey) -> None:
    viewer = await journey.phone.sign_in(journey.traveller.person.key)
    expect(viewer["person"], "登录了，但不知道是谁")
    expect(viewer["assurance"] in {"L3", "L4"}, f"只证明到 {viewer['assurance']}，还不足以办退休")
    person = viewer["person"]
    journey.voice.say("在统一身份平台刷脸，回到掌办。")
    journey.voice.facts([("姓名", person["name"]), ("证件", person["maskedDocumentNumber"]), ("核验", f"{viewer['assurance']} 本人")])


async def look(journey: Journey) -> None:
    region = journey.traveller.person.region
    regions = (await journey.phone.query(documents.REGIONS))["regions"]
    expect(region in {each["code"] for each in regions}, f"地区里没有 {region}")
    journey.catalogue = (await journey.phone.query(documents.CATALOGUE, {"region": region}))["catalogue"]
    expect(journey.catalogue, f"{region} 没有事项目录")
    items = journey.catalogue["items"]
    expect(len(items) == journey.catalogue["declaredTotal"], f"文件说有 {journey.catalogue['declaredTotal']} 项，目录里有 {len(items)} 项")
    journey.voice.say(f"{journey.catalogue['region']['name']}：{journey.catalogue['title']}，{len(items)} 个事项，一张表。")
    journey.voice.catalogue(journey.catalogue)
    journey.voice.say(f"依据：{journey.catalogue['source']}", mood="gloss")
