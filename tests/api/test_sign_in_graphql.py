"""Sessions as the app asks for them: the contract's operations on real parts."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.identifiers import mask_document_number
from domain.words import Language
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from mocks.people import PEOPLE
from schema import schema
from tests.desks import some_desks
from tests.sign_in import Clock
from tests.sign_in_asking import ACT_AS, LINK, MINI, PHONE, REFRESH, SIGN_IN, SIGN_OUT, VIEWER, WHO, Asking, ask, signed_in
from tests.sign_in_house import VERIFIER, House, a_house, request_id, wording


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(moment), tmp_path)


async def test_the_viewer_is_whoever_signed_in(house: House) -> None:
    session = await signed_in(house)

    viewer = await ask(house, VIEWER, by=session)

    zhang = {"id": "person-00000001", "name": "张守田"}
    capacity = {
        "id": "capacity-person-00000001",
        "kind": "SELF",
        "label": "为自己办理",
        "onBehalfOf": zhang,
        "organisation": None,
        "mandate": None,
    }
    masked = mask_document_number(PEOPLE["zhang"].document_number)
    assert viewer == session["viewer"]
    assert viewer == {
        "person": zhang | {"documentKind": "RESIDENT_ID", "maskedDocumentNumber": masked},
        "assurance": "L3",
        "provedAt": "2026-11-23T10:00:00+08:00",
        "capacity": capacity,
        "capacities": [{"id": capacity["id"]}],
    }


async def test_nobody_is_the_viewer_without_a_token(house: House) -> None:
    assert await ask(house, VIEWER) is None


async def test_the_capacity_is_the_same_in_every_session_of_a_person(house: House) -> None:
    first, second = await signed_in(house), await signed_in(house)

    assert first["viewer"]["capacity"]["id"] == second["viewer"]["capacity"]["id"]


async def test_a_session_says_how_long_its_token_lives(house: House) -> None:
    assert (await signed_in(house))["accessTokenLivesSeconds"] == 600


async def test_a_mini_program_login_is_l1_and_nobody_until_it_is_linked(house: House) -> None:
    anonymous = await ask(house, MINI, input={"code": house.code()})
    assert (anonymous["viewer"]["assurance"], anonymous["viewer"]["person"]) == ("L1", None)
    refused = await ask(house, LINK, by=anonymous, input={"code": house.code()})
    assert refused["stepUp"] == {"assurance": "L3", "maxAgeSeconds": 1200}

    linked = await ask(house, LINK, by=await signed_in(house), input={"code": house.code()})
    known = await ask(house, MINI, input={"host": "wechat", "code": house.code()})

    assert linked == {"host": "wechat"}
    assert (known["viewer"]["assurance"], known["viewer"]["person"]["name"]) == ("L2", "张守田")


async def test_a_refresh_gives_a_new_pair_and_a_spent_token_the_way_back(house: House) -> None:
    session = await signed_in(house)
    refreshed = await ask(house, REFRESH, token=session["refreshToken"])
    assert await ask(house, VIEWER, by=refreshed)

    stolen = await ask(house, REFRESH, token=session["refreshToken"])

    assert (stolen["refusalCode"], stolen["remedy"]) == ("EXPIRED", "STEP_UP")
    assert stolen["stepUp"] == {"assurance": "L3", "maxAgeSeconds": 0, "url": "/sign-in?acr=L3"}
    assert await ask(house, VIEWER, by=refreshed) is None


async def test_a_step_up_raises_the_viewer(house: House) -> None:
    low = await signed_in(house, acr="L2")

    high = await ask(house, SIGN_IN, by=low, input={"ticket": await house.ticket(acr="L4"), "verifier": VERIFIER})

    assert high["viewer"]["assurance"] == "L4"
    assert high["viewer"]["capacity"] == low["viewer"]["capacity"]


async def test_signing_out_ends_the_session(house: House) -> None:
    session = await signed_in(house)

    assert await ask(house, SIGN_OUT, by=session) == {"at": "2026-11-23T10:00:00+08:00"}

    assert await ask(house, VIEWER, by=session) is None
    assert await ask(house, SIGN_OUT, token=session["refreshToken"]) == {"at": "2026-11-23T10:00:00+08:00"}


async def test_acting_as_oneself_is_a_session_of_its_own(house: House) -> None:
    session, request = await signed_in(house), request_id()
    capacity = session["viewer"]["capacity"]["id"]

    other, again = [await ask(house, ACT_AS, by=session, r=request, id=capacity) for _ in range(2)]

    assert other["viewer"] == session["viewer"]
    assert other["refreshToken"] == again["refreshToken"] != session["refreshToken"]


@pytest.mark.parametrize("capacity", ["", "capacity-person-00000002", "clerk"])
async def test_nobody_acts_as_what_they_are_not(house: House, capacity: str) -> None:
    refused = await ask(house, ACT_AS, by=await signed_in(house), id=capacity)

    assert refused["refusalCode"] == "NOT_FOUND"


async def test_a_slip_is_told_where_it_is(house: House) -> None:
    slip = await ask(house, SIGN_IN, input={"ticket": await house.ticket(), "verifier": "short"})

    assert [(issue["path"], issue["code"]) for issue in slip["issues"]] == [(["input", "verifier"], "verifier")]
    assert (await ask(house, REFRESH, r="short", token="x"))["issues"][0]["path"] == ["requestId"]


@pytest.mark.parametrize(("language", "words"), [(Language.EN, "sign in again"), (Language.ZH_HANT, "重新登錄")])
async def test_a_refusal_speaks_the_readers_language(house: House, language: Language, words: str) -> None:
    refused = await ask(house, REFRESH, language=language, token="x")

    assert words in str(refused["message"])


async def test_signing_in_gives_the_rest_of_the_request_no_authority(house: House) -> None:
    """Who acts comes from the access token alone."""
    signing_in = SIGN_IN.partition("fragment")[0].rstrip().removesuffix("}")
    link = 'linkMiniProgram(requestId: "1234567890123456", input: {code: "x"}) { ... on Refusal { message refusalCode } }'
    context = Asking(some_desks(sign_in=house.desk, capacities=house.desk.capacities), wording(), None, Language.ZH_HANS, PHONE)
    variables = {"r": request_id(), "input": {"ticket": await house.ticket(), "verifier": VERIFIER}}

    result = await schema.execute(f"{signing_in} {link} }} {WHO}", variable_values=variables, context_value=context)

    assert result.errors is None
    assert result.data["done"]["viewer"]["person"]["name"] == "张守田"
    assert "还没有登录" in result.data["linkMiniProgram"]["message"]
