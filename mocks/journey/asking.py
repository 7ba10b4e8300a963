"""The chapters before anything is filed: when, where, whether, and what to choose; told in the reasons that the server gives."""

from collections.abc import Iterable, Iterator, Mapping

from mocks import questions
from mocks.answers import Json
from mocks.journey.expecting import expect
from mocks.journey.facts import claim_place_question, months_by_then, question, told
from mocks.journey.pictures import short
from mocks.journey.story import Journey

CAN = {"MET": "能办。", "NOT_MET": "现在还不能办：", "UNDECIDED": "能不能办，要由工作人员来定："}
SURE = "MET"


async def when(journey: Journey) -> None:
    person = journey.traveller.person
    owed, fund = person.arrears_months, person.fund_paid_months
    if owed or fund:
        later = "、".join(([f"补清欠费 {owed} 个月"] if owed else []) + ([f"失业保险基金代缴 {fund} 个月"] if fund else []))
        journey.voice.say(f"缴费登记了 {person.contribution_months} 个月；{later}，一共 {months_by_then(person)} 个月，下面按这个算。")
    asked = {"question": {**question(person), **journey.by_the_law_of}}
    journey.forecast = (await journey.phone.query(questions.FORECAST, asked))["retirementForecast"]
    journey.voice.facts(_dates(journey.forecast))
    _tell_reasons(journey, journey.forecast["reasons"])
    _tell_ways_out(journey, journey.forecast["shortfall"])


def _dates(forecast: Json) -> Iterator[tuple[str, str]]:
    names = {"statutory": "法定退休", "special": "特殊工种", "earliest": "最早可以", "latest": "最晚可以"}
    acts = {"earliest": "书面告知的期限", "latest": "书面约定的期限"}
    for key, name in names.items():
        if point := forecast[key]:
            by = f"，{acts[key]} {point['actBy']}" if key in acts and point["actBy"] else ""
            yield name, f"{point['date']}（{_age(point['age'])}），最少缴 {point['minimumContributionMonths']} 个月{by}"


def _age(age: Json) -> str:
    return f"{age['years']}岁" + (f"{age['months']}个月" if age["months"] else "")


def _tell_reasons(journey: Journey, reasons: Iterable[Json]) -> None:
    """Each sentence once: two conditions may rest on the same."""
    for text, verdict in {reason["text"]: reason["verdict"] for reason in reasons}.items():
        journey.voice.say(f"· {text}", mood="ink" if verdict == SURE else "asks")


def _tell_ways_out(journey: Journey, shortfall: Json | None) -> None:
    if shortfall:
        journey.voice.say(f"还差 {shortfall['months']} 个月，有这些办法：", mood="asks")
        for way in shortfall["options"]:
            journey.voice.say(f"· {way['label']}：{way['text']}")


def paid_in_several_places(journey: Journey) -> bool:
    return bool(journey.traveller.person.places)


async def where(journey: Journey) -> None:
    """For whoever has paid in more than one place."""
    asked = {"question": {**claim_place_question(journey.traveller.person), **journey.by_the_law_of}}
    found = (await journey.phone.query(questions.CLAIM_PLACE, asked))["claimPlace"]
    moved = [("要转来的", "、".join(found["moved"]))] if found["moved"] else []
    journey.voice.facts([("待遇领取地", found["place"]), *moved])
    _tell_reasons(journey, found["reasons"])


async def whether(journey: Journey) -> None:
    journey.guide = await _guided(journey, told(journey.traveller.person))
    journey.voice.say(CAN[journey.guide["eligible"]], mood="ink" if journey.guide["eligible"] == SURE else "asks")
    _tell_reasons(journey, journey.guide["reasons"])
    journey.voice.say("该选的：")
    for item in journey.guide["items"]:
        if item["recommended"]:
            journey.voice.say(f"✓ {short(item['item']['title'])}  {item['item']['department']['name']}")
    journey.voice.say("不用选的：", mood="gloss")
    for item in journey.guide["items"]:
        if not item["recommended"]:
            journey.voice.say(f"– {short(item['item']['title'])}：{_why_not(item)}", mood="gloss")
    expect(journey.recommended, "没有一项是该选的")


def _why_not(item: Json) -> str:
    against = [reason["text"] for reason in item["reasons"] if reason["verdict"] != SURE] or [item["reasons"][0]["text"]]
    return str(against[0])


async def _guided(journey: Journey, known: Mapping[str, str]) -> Json:
    """Answered page by page: what is asked next depends on the answers so far."""
    given: dict[str, str] = {}
    while True:
        guide = await _guide(journey, given)
        more = {asked["key"]: known[asked["key"]] for asked in guide["questions"] if asked["key"] in known and asked["key"] not in given}
        if not more:
            journey.voice.say(f"答了 {len(given)} 个问题。", mood="gloss")
            return guide
        given |= more


async def _guide(journey: Journey, given: Mapping[str, str]) -> Json:
    answers = [{"key": key, "value": value} for key, value in given.items()]
    asked = {"region": journey.traveller.person.region, "answers": answers, **journey.by_the_law_of}
    guide: Json = (await journey.phone.query(questions.GUIDE, asked))["guide"]
    return guide
