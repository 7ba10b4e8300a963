"""The chapters of a mandate: somebody lets a relative file for them, sees what the relative did and looked at, and takes it back."""

import asyncio
from datetime import date, timedelta
from time import monotonic

from mocks import acting
from mocks.answers import Json, ProblemAnswer, SessionEnded
from mocks.journey.expecting import expect
from mocks.journey.others import person_of
from mocks.journey.story import Journey
from mocks.phone import Phone

MAY = ("CONSENT", "FILL", "ATTACH", "SUBMIT")
MAY_IN_WORDS = "看、同意读取、填表、交材料、提交"
SENT_AWAY_WITHIN = 10.0
LIVING = ("PENDING", "ACTIVE")
KINDS = {"GRANTED": "委托", "ACCEPTED": "接受", "USED": "用它申请", "REVOKED": "收回"}


async def grant(journey: Journey) -> None:
    """On the principal's phone. What an earlier telling left behind is taken back first."""
    await take_back_living(journey)
    terms = await journey.phone.query(acting.MANDATE_TERMS)
    until = date.fromisoformat(terms["now"][:10]) + timedelta(days=terms["mandateTerms"]["days"])
    delegate = person_of(journey.traveller.helper_key)
    whom = {
        "delegateName": delegate.name,
        "delegateDocumentKind": delegate.document_kind,
        "delegateDocumentNumber": delegate.document_number,
    }
    wanted = {**whom, "until": until.isoformat(), "scope": {"itemIds": journey.chosen}, "actions": list(MAY)}
    journey.mandate = await journey.phone.mutate(acting.GRANT_MANDATE, {"input": wanted})
    _tell_mandate(journey, delegate.name)


async def take_back_living(journey: Journey) -> None:
    for edge in (await journey.phone.query(acting.MANDATES))["mandates"]["edges"]:
        if edge["node"]["status"] in LIVING:
            await journey.phone.mutate(acting.REVOKE_MANDATE, {"mandateId": edge["node"]["id"]})


def _tell_mandate(journey: Journey, delegate: str) -> None:
    mandate, me = journey.mandate, journey.traveller.person.name
    expect(mandate["acceptanceCode"], "委托人没有看到验证码")
    journey.voice.scene(f"{me}的手机")
    journey.voice.facts(
        [
            ("委托给", f"{journey.traveller.helper}{delegate}"),
            ("办什么", mandate["scopeText"]),
            ("可以做", MAY_IN_WORDS),
            ("到哪天", mandate["until"]),
            ("状态", mandate["statusText"]),
        ]
    )
    journey.voice.say(f"验证码只有{me}看得到，她念给{journey.traveller.helper}听：{' '.join(mandate['acceptanceCode'])}")


async def accept(journey: Journey) -> None:
    delegate = person_of(journey.traveller.helper_key)
    phone = await journey.others.phone(delegate.key)
    journey.voice.scene(f"{delegate.name}的手机")
    code = journey.mandate["acceptanceCode"]
    journey.voice.say(f"听错了一位：{await _refused(phone, journey.mandate['id'], _misheard(code))}", mood="asks")
    taken = await phone.mutate(acting.ACCEPT_MANDATE, {"mandateId": journey.mandate["id"], "code": code})
    viewer = await phone.act_as(taken["capacity"]["id"])
    journey.filing = phone
    journey.voice.say(f"再输一次，对了：{taken['statusText']}。从这里起，这部手机{viewer['capacity']['label']}。")


def _misheard(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


async def _refused(phone: Phone, mandate: str, code: str) -> str:
    try:
        await phone.mutate(acting.ACCEPT_MANDATE, {"mandateId": mandate, "code": code})
    except ProblemAnswer as refused:
        return refused.message
    expect(False, "错的验证码也被接受了")
    return ""


async def take_back(journey: Journey) -> None:
    """While the delegate's phone is on the line."""
    delegate = person_of(journey.traveller.helper_key)
    phone, there = await journey.others.phone(delegate.key), asyncio.Event()
    line = asyncio.create_task(phone.until_sent_away(there))
    async with asyncio.timeout(SENT_AWAY_WITHIN):
        await there.wait()
        revoked = await journey.phone.mutate(acting.REVOKE_MANDATE, {"mandateId": journey.mandate["id"]})
        since = monotonic()
        await line
    journey.voice.say(
        f"{journey.traveller.person.name}收回委托；{monotonic() - since:.1f} 秒后，{delegate.name}的手机被告知：已经不能再以这个身份办理。"
    )
    expect(await _is_over(phone), "委托收回了，受托人还能查看")
    journey.voice.say("委托的一生，双方都看得到：")
    journey.voice.facts((step["at"].replace("T", " ")[:19], _told(step)) for step in revoked["history"])


async def _is_over(phone: Phone) -> bool:
    try:
        await phone.query(acting.SEATS)
    except SessionEnded:
        return True
    return False


def _told(step: Json) -> str:
    return f"{KINDS.get(step['kind'], step['text'])} · {step['by']['name']}"
