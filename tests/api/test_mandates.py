"""Mandates as a phone meets them: given, taken up, ended, and seen by both sides; and by having one's card read."""

from dataclasses import replace

import pytest

from domain.words import Language
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import ZHANG
from tests.mandate_phone import ACCEPT, BEGIN, GRANT, MINE, ONE, REVOKE, TAKE, TERMS, Phone, an_input
from tests.mandates import DAUGHTER, PENSION, House, a_grant, open_house, resident


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


@pytest.fixture
async def zhang(house: House) -> Phone:
    return Phone(house, await house.as_(ZHANG))


@pytest.fixture
async def daughter(house: House) -> Phone:
    return Phone(house, await house.as_(DAUGHTER))


# ---------------------------------------------------------------- the whole life


@pytest.mark.row("F06", "F10")
async def test_both_sides_see_the_whole_life_of_a_mandate(house: House, zhang: Phone, daughter: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input())
    received = await daughter.ask(ONE, id=given["id"])
    house.later(minutes=1)
    taken = await daughter.ask(ACCEPT, id=given["id"], code=given["acceptanceCode"])
    house.later(minutes=1)
    await zhang.ask(REVOKE, id=given["id"])
    seen = [await phone.ask(ONE, id=given["id"]) for phone in (zhang, daughter)]

    assert (given["status"], given["statusText"], given["scopeText"]) == (
        "PENDING",
        "等待受托人接受",
        "新增退休人员养老保险待遇核定发放、户籍信息确认",
    )
    assert (given["from"], given["until"], given["actions"]) == ("2026-11-23", "2027-02-21", ["VIEW", "FILL"])
    assert (given["acceptanceCode"] is None, received["acceptanceCode"]) == (False, None)
    assert (given["delegate"]["name"], received["principal"]["name"], taken["principal"]["name"]) == ("张小满", "张**", "张守田")
    assert (received["capacity"], taken["capacity"]) == (None, {"id": f"capacity-{given['id']}", "kind": "PROXY"})
    assert [[(step["kind"], step["at"], step["by"]["isViewer"]) for step in side["history"]] for side in seen] == [
        [
            ("GRANTED", "2026-11-23T10:00:00+08:00", me),
            ("ACCEPTED", "2026-11-23T10:01:00+08:00", not me),
            ("REVOKED", "2026-11-23T10:02:00+08:00", me),
        ]
        for me in (True, False)
    ]
    assert [side["statusText"] for side in seen] == ["委托人已撤销"] * 2
    assert [side["capacity"] for side in seen] == [None, None]


@pytest.mark.row("F07")
async def test_what_the_app_offers_is_a_figure_of_the_day(zhang: Phone) -> None:
    assert await zhang.ask(TERMS) == {"days": 90, "mostDays": 365, "delegates": 5}


async def test_numbers_and_days_are_understood_as_people_write_them(zhang: Phone) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in DAUGHTER.document_number[:6]) + " " + DAUGHTER.document_number[6:].lower()

    given = await zhang.ask(GRANT, input=an_input(delegateDocumentNumber=wide, until="2027年2月21日", **{"from": "20261201"}))

    assert (given["__typename"], given["from"], given["until"]) == ("Mandate", "2026-12-01", "2027-02-21")


async def test_days_that_cannot_be_read_are_slips_and_not_errors(zhang: Phone) -> None:
    slips = await zhang.ask(GRANT, input=an_input(until="明年", **{"from": "2026-13-01"}))

    assert [(issue["path"], issue["code"]) for issue in slips["issues"]] == [
        (["input", "from"], "bad-date"),
        (["input", "until"], "bad-date"),
    ]


async def test_an_accepted_one_that_has_not_begun_says_from_when(house: House, zhang: Phone, daughter: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input(**{"from": "2026-12-01"}))

    taken = await daughter.ask(ACCEPT, id=given["id"], code=given["acceptanceCode"])

    assert (taken["status"], taken["statusText"], taken["capacity"]) == ("ACTIVE", "已接受，从 2026-12-01 起有效", None)


@pytest.mark.parametrize(("language", "words"), [(Language.ZH_HANT, "等待受託人接受"), (Language.EN, "Waiting to be accepted")])
async def test_it_is_told_in_the_readers_language(house: House, language: Language, words: str) -> None:
    phone = Phone(house, await house.as_(ZHANG), language=language)

    assert (await phone.ask(GRANT, input=an_input()))["statusText"] == words


async def test_pages_are_turned(house: House, zhang: Phone) -> None:
    for place in range(3):
        await house.granted(a_grant(ZHANG), by=resident(40 + place, "某"))
        house.later(minutes=1)

    first = await zhang.ask(MINE, first=2)
    rest = await zhang.ask(MINE, first=2, after=first["edges"][-1]["cursor"])

    assert [len(page["edges"]) for page in (first, rest)] == [2, 1]
    assert [page["pageInfo"] for page in (first, rest)] == [
        {"hasNextPage": True, "hasPreviousPage": False},
        {"hasNextPage": False, "hasPreviousPage": True},
    ]


# ---------------------------------------------------------------- in person


@pytest.mark.row("F11")
async def test_a_card_is_read_at_a_station_and_the_person_sees_by_whose_desk(house: House, zhang: Phone) -> None:
    helper = Phone(house, replace(await house.at_the_station()))
    begun = await helper.ask(BEGIN)
    reading = {"nonce": begun["nonce"], "reading": "signed", "itemIds": [PENSION], "actions": ["FILL", "SUBMIT"]}

    taken = await helper.ask(TAKE, input=reading)
    again = await helper.ask(TAKE, input=reading)
    seen = await zhang.ask(ONE, id=taken["id"])

    assert (begun["livesSeconds"], begun["expiresAt"]) == (300, "2026-11-23T10:05:00+08:00")
    assert (taken["status"], taken["inPerson"], taken["principal"]["name"], taken["capacity"]) == ("ACTIVE", True, "张守田", None)
    assert (taken["beginBy"], taken["until"], taken["scopeText"][:5]) == ("2026-11-23T10:30:00+08:00", "2026-11-30", "一份申请：")
    assert (again["refusalCode"], again["remedy"]) == ("CONFLICT", "NONE")
    assert (seen["organisation"], seen["history"][0]["by"]["capacity"]) == ({"name": "甲社区帮扶站"}, "HELPER")
