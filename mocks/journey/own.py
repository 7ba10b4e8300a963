"""The chapters about oneself: who filed it, who looked at one's data, on which phones one is signed in, and all of it to take home."""

import asyncio
from collections import Counter

from mocks import acting
from mocks.answers import Json
from mocks.journey.expecting import expect
from mocks.journey.story import Journey

CAPACITIES = {
    "SELF": "本人",
    "PROXY": "受托人",
    "HELPER": "帮办员",
    "EMPLOYER": "单位经办人",
    "CLERK": "窗口工作人员",
    "OFFICER": "部门工作人员",
}
DATA_WAITS = 30.0


async def tell_who_filed(journey: Journey) -> None:
    """As the person themselves reads it: who, in which capacity, for whom, and how sure it was that it was they."""
    case, filers = [(await phone.query(acting.FILED_BY, {"id": journey.case["id"]}))["case"] for phone in (journey.watcher, journey.filer)]
    filer = case["filedBy"]
    expect(filer["onBehalfOf"], "没有写明是替谁申请的")
    through = f"，{filer['organisation']['name']}" if filer["organisation"] else ""
    journey.voice.facts(
        [
            ("申请人", case["beneficiary"]["name"]),
            ("谁办的", f"{filer['name']}（{_capacity(filer)}{through}），代{case['beneficiary']['name']}"),
            ("办事人核验", str(filer["assurance"])),
        ]
    )
    if journey.watcher is not journey.filer:
        same = _deed(filers, journey) == _deed(case, journey)
        expect(same, f"办的人看到的是另一回事：{_deed(filers, journey)}")
        journey.voice.say("两个人看到的一样。")
    for step in case["steps"]:
        if step["kind"] == "submitted":
            journey.voice.happened({**step, "item": None})


def _deed(case: Json, journey: Journey) -> tuple[object, ...]:
    """In a later telling the mandate is another one, and its delegate is not told of the first."""
    filer = case["filedBy"]
    mandate = None if journey.resumed else filer["mandate"]
    return filer["name"], filer["capacity"], mandate, filer["assurance"], case["beneficiary"]["name"]


def _capacity(filer: Json) -> str:
    """A guardian has no mandate."""
    return "监护人" if filer["capacity"] == "PROXY" and not filer["mandate"] else CAPACITIES[filer["capacity"]]


async def see_looks(journey: Journey) -> None:
    """Whoever read something of theirs, each sentence once."""
    looks = [edge["node"] for edge in (await journey.phone.query(acting.ACCESS_LOG))["accessLog"]["edges"]]
    if not looks:
        journey.voice.say("没有别人看过您的信息。")
        return
    journey.voice.say("别人每看一次都有记录，本人看得到：")
    for (by, capacity, purpose), times in Counter(map(_who_and_what, looks)).items():
        journey.voice.say(f"· {by}（{capacity}）{purpose}" + (f"，{times} 次" if times > 1 else ""))
    journey.voice.say(f"最近一次：{looks[0]['text']}", mood="gloss")


def _who_and_what(look: Json) -> tuple[str, str, str]:
    return str(look["by"]), CAPACITIES.get(look["capacity"], str(look["capacity"])), str(look["purpose"])


async def see_sessions(journey: Journey) -> None:
    sessions = (await journey.phone.query(acting.MY_SESSIONS))["mySessions"]
    expect([each for each in sessions if each["current"]], "看不到自己现在的登录")
    journey.voice.say(f"现在登录着 {len(sessions)} 处，不认识的可以马上退出：")
    for session in sessions[:5]:
        here = "（这一部）" if session["current"] else ""
        journey.voice.say(f"· {session['device']} · {session['place']} · {session['capacityLabel']}{here}")
    journey.voice.say("最近的登录：")
    signed = (await journey.phone.query(acting.SIGN_INS))["signIns"]["edges"]
    journey.voice.facts((edge["node"]["at"].replace("T", " ")[:19], _sign_in(edge["node"])) for edge in signed[:3])


def _sign_in(one: Json) -> str:
    return f"{one['wayText']} · {one['outcomeText']} · {one['place']}"


async def take_data_home(journey: Journey) -> None:
    """Everything that is kept about them, as one file."""
    told = await journey.phone.fetch("/me/data.json")
    expect(told.status_code == 200 and told.json(), f"取不到自己的数据：{told.status_code}")
    file = journey.folder / f"own-data-{journey.traveller.person.key}.json"
    await asyncio.to_thread(file.write_bytes, told.content)
    journey.voice.say(
        f"掌办存着的、关于{journey.traveller.person.name}的全部数据：{file.name}（{len(told.content) // 1024} KB），也可以下载成 PDF。"
    )
