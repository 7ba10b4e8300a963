"""The last chapters: the certificate is there, somebody is shown it, and the holder sees who looked."""

import asyncio
import re

import httpx2

from mocks import documents
from mocks.answers import Json
from mocks.journey.expecting import expect
from mocks.journey.story import Journey
from mocks.phone import Phone

PURPOSE = "公园年卡"


async def receive(journey: Journey) -> None:
    await _receive(journey, journey.phone)


async def receive_for_ward(journey: Journey) -> None:
    """A guardian takes what is their ward's; no other delegate can."""
    await _receive(journey, journey.filer)
    journey.voice.say("监护人替被监护人取证；每看一次，都记在被监护人的名下。", mood="gloss")


async def _receive(journey: Journey, phone: Phone) -> None:
    issued = journey.case["certificate"]
    expect(issued, "办结了，却没有电子退休证")
    certificates = (await phone.query(documents.CERTIFICATES))["certificates"]
    expect([each["id"] for each in certificates] == [issued["id"]], f"应该正好有一本证，有 {len(certificates)} 本")
    journey.certificate = certificates[0]
    fetched = await phone.fetch(journey.certificate["pdfUrl"])
    expect(fetched.status_code == 200 and fetched.content.startswith(b"%PDF-"), f"取不到证件的 PDF：{fetched.status_code}")
    file = journey.folder / f"certificate-{journey.traveller.person.key}.pdf"
    await asyncio.to_thread(file.write_bytes, fetched.content)
    _tell_certificate(journey, f"{file.name}（{len(fetched.content) // 1024} KB，已签名）")


async def hear_of_it(journey: Journey) -> None:
    """Who filed for somebody hears that it is there; the file is the holder's, and their guardian's."""
    issued = journey.case["certificate"]
    expect(issued, "办结了，却没有电子退休证")
    journey.voice.facts([("电子退休证", issued["number"]), ("发证机构", issued["issuer"]), ("状态", issued["statusText"])])
    journey.voice.say("文件只有持证人本人（或监护人）能取、能亮。", mood="gloss")


def _tell_certificate(journey: Journey, kept_as: str) -> None:
    certificate = journey.certificate
    journey.voice.facts(
        [
            ("电子退休证", certificate["number"]),
            ("电子证照标识", certificate["licenceIdentifier"]),
            ("持证人", certificate["holder"]["name"]),
            ("发证机构", certificate["issuer"]),
            ("状态", certificate["statusText"]),
            ("文件", kept_as),
        ]
    )


async def show(journey: Journey) -> None:
    """To somebody with our app, then to somebody else with any browser; a code is good for one of them."""
    journey.looks_before = {look["id"] for look in await _looks(journey)}
    shown = await _present(journey)
    journey.voice.say(f"出示二维码，一次有效，{shown['livesSeconds']} 秒内：")
    journey.voice.code(shown["url"])
    async with _stranger(journey, "verifier-at-the-park") as verifier:
        journey.voice.say(f"对方没有账号，扫码查验：{_verdict(await _check(verifier, shown['code'], genuine=True))}")
    async with _stranger(journey, "somebody-who-photographed-it") as late:
        await _check(late, shown["code"], genuine=False)
    journey.voice.say("另一个人拿着拍下来的同一个码再查：查不到。（The second look is refused.）", mood="asks")


async def show_by_page(journey: Journey) -> None:
    shown = await _present(journey)
    headers = {"User-Agent": "any-browser", "Accept-Language": journey.phone.language}
    async with httpx2.AsyncClient(base_url=journey.phone.base_url, trust_env=False, headers=headers) as browser:
        page = await browser.get(shown["url"])
        expect(page.status_code == 200 and "<form" in page.text, f"查验网页打不开：{page.status_code}")
        told = await browser.post(_form_address(page), data={"purpose": "乘车优待"})
    expect(told.status_code == 200 and journey.certificate["issuer"] in told.text, f"查验网页没有说真伪：{told.status_code}")
    journey.voice.say("也可以用任何浏览器打开那个网址，点一下按钮再查；链接预览不会用掉它。")


async def see_who_looked(journey: Journey) -> None:
    looks = [look for look in await _looks(journey) if look["id"] not in journey.looks_before]
    expect(len(looks) == 2, f"应该看到刚才两次查验，看到 {len(looks)} 次")
    journey.voice.say("持证人看得到谁查过：")
    journey.voice.facts((look["at"].replace("T", " ")[:19], _look(look)) for look in looks)


async def _looks(journey: Journey) -> list[Json]:
    """The newest first, a page of them."""
    views = (await journey.phone.query(documents.VIEWS, {"id": journey.certificate["id"]}))["certificate"]["views"]
    return [edge["node"] for edge in views["edges"]]


async def _present(journey: Journey) -> Json:
    shown: Json = await journey.phone.mutate(documents.PRESENT_CERTIFICATE, {"certificateId": journey.certificate["id"]})
    return shown


def _stranger(journey: Journey, browser: str) -> Phone:
    return Phone(str(journey.phone.base_url), browser=browser)


async def _check(verifier: Phone, code: str, *, genuine: bool) -> Json:
    told: Json = await verifier.mutate(documents.CHECK_CERTIFICATE, {"input": {"code": code, "purpose": PURPOSE}})
    expect(told["genuine"] is genuine, "查验应为真，却查不到" if genuine else "用过的码还能查到")
    return told


def _verdict(told: Json) -> str:
    return f"真，{told['holder']}，{told['issuer']}，{told['issuedAt'][:10]} 发证"


def _look(look: Json) -> str:
    return " · ".join(said for said in (look["by"], look["place"], look["purpose"]) if said)


def _form_address(page: httpx2.Response) -> httpx2.URL:
    action = re.search(r'<form[^>]*\baction="([^"]*)"', page.text)
    return page.url.join(action[1]) if action else page.url
