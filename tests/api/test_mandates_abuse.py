"""What nobody gets out of a mandate: somebody else's, more than was given, or a look at what is not theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Assurance
from domain.registers import Life
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import under
from tests.cases import MONDAY, ZHANG
from tests.mandate_phone import ACCEPT, BEGIN, DECLINE, GRANT, MINE, ONE, REVOKE, Phone, an_input
from tests.mandates import DAUGHTER, PENSION, SON, House, open_house


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


@pytest.fixture
async def zhang(house: House) -> Phone:
    return Phone(house, await house.as_(ZHANG))


@pytest.fixture
async def daughter(house: House) -> Phone:
    return Phone(house, await house.as_(DAUGHTER))


# ---------------------------------------------------------------- abuse


async def test_what_is_not_yours_is_told_word_for_word_as_what_is_not_there(house: House, zhang: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input())
    stranger, request = Phone(house, await house.as_(SON)), "request-0123456789abcdef"

    for document in (ACCEPT, DECLINE, REVOKE, ONE):
        answers = [await stranger.ask(document, request=request, id=id, code="12345678") for id in (given["id"], "mandate-none")]
        assert answers[0] == answers[1]
    assert (await stranger.ask(MINE))["edges"] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "ACTIVE"},
        {"principal": {"id": "person-1"}},
        {"principalId": "person-1"},
        {"acceptedAt": "2026-11-23T10:00:00+08:00"},
        {"organisation": "org-guangxi-station"},
        {"inPerson": True},
    ],
)
async def test_what_is_not_asked_for_cannot_be_written(house: House, zhang: Phone, changed: dict[str, object]) -> None:
    result = await zhang.executed(GRANT, request=house.request(), input=an_input(**changed))

    assert result.errors
    assert result.data is None
    assert (await zhang.ask(MINE))["edges"] == []


@pytest.mark.parametrize("scope", [{}, {"itemIds": [PENSION], "caseId": "case-1"}, {"itemIds": None}, {"caseId": None}])
async def test_a_scope_is_one_of_two(house: House, zhang: Phone, scope: dict[str, object]) -> None:
    result = await zhang.executed(GRANT, request=house.request(), input=an_input(scope=scope))

    assert result.errors


@pytest.mark.parametrize("action", ["RATE", "GRANT", "CHANGE_ACCOUNT"])
async def test_what_is_never_delegable_cannot_even_be_said(house: House, zhang: Phone, action: str) -> None:
    assert (await zhang.executed(GRANT, request=house.request(), input=an_input(actions=[action]))).errors


async def test_a_delegate_passes_nothing_on(house: House) -> None:
    proxy = Phone(house, under(await house.accepted()))

    answer = await proxy.ask(GRANT, input=an_input(delegateName="张大年", delegateDocumentNumber=SON.document_number))

    assert (answer["refusalCode"], answer["remedy"]) == ("NOT_PERMITTED", "NONE")


async def test_on_a_helpers_device_the_code_is_not_shown(house: House, zhang: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input())
    beside_a_helper = Phone(house, replace(await house.as_(ZHANG), assisted_by="person-helper"))

    assert (await beside_a_helper.ask(ONE, id=given["id"]))["acceptanceCode"] is None


async def test_nobody_authorises_themselves(zhang: Phone) -> None:
    slips = await zhang.ask(GRANT, input=an_input(delegateName="张守田", delegateDocumentNumber=ZHANG.document_number))

    assert [issue["code"] for issue in slips["issues"]] == ["oneself"]


async def test_a_mandate_of_one_who_died_is_not_taken_up(house: House, zhang: Phone, daughter: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input())
    house.registers.says(ZHANG, Life.DECEASED)

    refused = await daughter.ask(ACCEPT, id=given["id"], code=given["acceptanceCode"])

    assert (refused["refusalCode"], "已去世" in refused["message"]) == ("NOT_PERMITTED", True)


async def test_an_expired_or_revoked_one_is_in_force_for_nobody(house: House, zhang: Phone, daughter: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input(until="2026-11-24"))
    await daughter.ask(ACCEPT, id=given["id"], code=given["acceptanceCode"])
    house.later(days=2)

    seen = await daughter.ask(ONE, id=given["id"])

    assert (seen["status"], seen["capacity"], seen["principal"]["name"]) == ("EXPIRED", None, "张**")


@pytest.mark.row("F20")
async def test_guessing_is_refused_with_the_seconds_to_wait(house: House, zhang: Phone, daughter: Phone) -> None:
    given = await zhang.ask(GRANT, input=an_input())
    for guess in range(5):
        await daughter.ask(ACCEPT, id=given["id"], code=f"9000000{guess}")

    refused = await daughter.ask(ACCEPT, id=given["id"], code="90000009")

    assert (refused["refusalCode"], refused["remedy"], refused["retryAfterSeconds"]) == ("TOO_MANY_ATTEMPTS", "RETRY", 1800)


@pytest.mark.parametrize("document", [GRANT, ACCEPT, DECLINE, REVOKE, BEGIN])
async def test_nobody_does_anything_without_signing_in_or_a_proper_request(house: House, zhang: Phone, document: str) -> None:
    asked = {"input": an_input(), "id": "mandate-1", "code": "12345678"}

    assert (await Phone(house, None).ask(document, **asked))["refusalCode"] == "ASSURANCE_TOO_LOW"
    assert [issue["code"] for issue in (await zhang.ask(document, request="short", **asked))["issues"]] == ["request-id"]


async def test_a_session_that_was_proved_long_ago_is_asked_again(house: House) -> None:
    stale = replace(await house.as_(ZHANG), proved_at=MONDAY - timedelta(minutes=21))
    weak = await house.as_(ZHANG, assurance=Assurance.L2)

    assert {(await Phone(house, who).ask(GRANT, input=an_input()))["remedy"] for who in (stale, weak)} == {"STEP_UP"}
