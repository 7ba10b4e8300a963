"""What the client of the licence exchange makes of answers: newer, several, run out, somebody else's, nonsense."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from domain.ports import NoAnswer
from integrations.licences import HttpLicenceExchange
from mocks.people import PEOPLE
from tests.mocks.world import World, a_world, asked
from tests.sign_in import Clock

ZHANG = PEOPLE["zhang"]


@pytest.fixture
async def world(moment: datetime) -> AsyncIterator[World]:
    async with a_world(now=Clock(moment)) as world:
        yield world


def a_paper(**differently: Any) -> dict[str, Any]:
    usual = {
        "type": "portrait",
        "identifier": "1.2.156.3005.2.X",
        "issuer": {"name": "公安机关"},
        "holder": {"kind": "RESIDENT_ID", "number": ZHANG.document_number},
        "issuedAt": "2020-01-01T00:00:00+08:00",
        "validUntil": None,
        "status": "valid",
        "attributes": {"portrait": "AAAA"},
    }
    return {**usual, **differently}


def saying(world: World, answer: Response) -> HttpLicenceExchange:
    """A client of an exchange that gives tokens as usual and then always says this."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_token = scope["path"].endswith("/oauth/token")
        await (JSONResponse({"access_token": "t", "expires_in": 600}) if is_token else answer)(scope, receive, send)

    return world.licences(wiring=replace(world.wiring, transport=httpx2.ASGITransport(app)))


async def test_fields_that_are_new_to_us_do_no_harm(world: World) -> None:
    exchange = saying(world, JSONResponse({"licences": [a_paper(colour="blue")], "page": 1}))

    assert (await asked(exchange, "portrait")).attributes == {"portrait": "AAAA"}


async def test_the_newest_of_the_valid_ones_counts(world: World) -> None:
    papers = [a_paper(identifier=year, issuedAt=f"{year}-01-01T00:00:00Z") for year in ("2019", "2022", "2021")]

    licence = await asked(saying(world, JSONResponse({"licences": papers})), "portrait")

    assert licence.identifier == "2022"


@pytest.mark.parametrize(
    ("status", "days", "found"), [("valid", 0, True), ("valid", -1, False), ("revoked", 9, False), ("expired", 9, False)]
)
async def test_a_licence_holds_until_the_end_of_its_last_day(world: World, status: str, days: int, found: bool) -> None:
    last_day = date(2026, 11, 23) + timedelta(days=days)
    exchange = saying(world, JSONResponse({"licences": [a_paper(status=status, validUntil=last_day.isoformat())]}))

    assert (await asked(exchange, "portrait") is not None) is found


@pytest.mark.parametrize(
    "differently",
    [
        {"holder": {"kind": "RESIDENT_ID", "number": PEOPLE["li"].document_number}},
        {"holder": {"kind": "PASSPORT", "number": ZHANG.document_number}},
        {"type": "resident-id"},
    ],
)
async def test_somebody_elses_licence_is_no_answer(world: World, differently: dict[str, Any]) -> None:
    with pytest.raises(NoAnswer, match="somebody else"):
        await asked(saying(world, JSONResponse({"licences": [a_paper(**differently)]})), "portrait")


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse(""),
        PlainTextResponse("<html>"),
        PlainTextResponse(b"\xff\xfe"),
        JSONResponse(None),
        JSONResponse({"licences": None}),
        JSONResponse({"licences": [a_paper(issuedAt="2020-01-01T00:00:00")]}),
        JSONResponse({"licences": [a_paper(issuedAt="9999-12-31T23:59:59-14:00")]}),
        JSONResponse({"licences": [a_paper(validUntil="tomorrow")]}),
        JSONResponse({"licences": [a_paper(attributes={"contribution-months": 412})]}),
        JSONResponse({"licences": [a_paper()] * 101}),
        JSONResponse({"licences": []}, 403),
    ],
)
async def test_an_ill_formed_answer_is_no_answer_and_nothing_breaks(world: World, answer: Response) -> None:
    with pytest.raises(NoAnswer, match="in a form that was not agreed"):
        await asked(saying(world, answer), "portrait")
