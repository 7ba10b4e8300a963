"""What the client of the registers makes of answers that cannot be believed: none of them becomes a yes, a no, a death or a ward."""

import asyncio
import json
from datetime import datetime

import pytest
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from domain.identifiers import DocumentKind
from domain.people import Person
from domain.ports import NoAnswer
from integrations.registers import HttpRegisters, registers
from mocks.people import PEOPLE
from tests.sign_in import Clock, wired_to

SUN = Person("person-sun", PEOPLE["sun"].name, DocumentKind.RESIDENT_ID, PEOPLE["sun"].document_number)
A_WARD = {"name": SUN.name, "kind": "RESIDENT_ID", "number": SUN.document_number, "since": "2024-05-20"}


def told(answer: object, moment: datetime, *, status: int = 200) -> HttpRegisters:
    """A register that answers every question so."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_token = scope["path"].endswith("/oauth/token")
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        given = JSONResponse({"access_token": "t", "expires_in": 600}) if is_token else Response(body, status)
        await given(scope, receive, send)

    wiring = wired_to(app)
    return registers("http://registers.test", client_id="c", client_secret="s", now=Clock(moment), wiring=wiring)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        b"",
        b"\xff",
        [],
        {"standing": "ALIVE"},
        {"standing": "UNDEAD", "since": None},
        {"standing": "DECEASED", "since": None},
        {"standing": "DECEASED", "since": "2026-11-24"},
        {"standing": "DECEASED", "since": "yesterday"},
        {"standing": "INCAPACITATED", "since": None},
        {"standing": None, "since": None},
    ],
    ids=str,
)
async def test_no_standing_is_made_of_an_answer_that_makes_no_sense(moment: datetime, answer: object) -> None:
    with pytest.raises(NoAnswer):
        await told(answer, moment).standing(SUN)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "110101190001010000"},
        {"number": "9" * 41},
        {"kind": "LIBRARY_CARD"},
        {"name": ""},
        {"since": None},
        {"since": "2026-11-24"},
    ],
    ids=str,
)
async def test_no_ward_is_made_of_an_entry_that_makes_no_sense(moment: datetime, change: dict[str, object]) -> None:
    with pytest.raises(NoAnswer):
        await told({"wards": [A_WARD, A_WARD | change]}, moment).wards_of(SUN)


async def test_an_entry_that_makes_sense_is_a_ward(moment: datetime) -> None:
    """Else the test above could not fail."""
    assert len(await told({"wards": [A_WARD]}, moment).wards_of(SUN)) == 1


async def test_nobody_has_a_hundred_and_one_wards(moment: datetime) -> None:
    with pytest.raises(NoAnswer):
        await told({"wards": [A_WARD] * 101}, moment).wards_of(SUN)


@pytest.mark.parametrize("answer", [{}, {"answer": None}, {"answer": "true"}, {"answer": 1}, {"answer": "no"}, True], ids=str)
async def test_only_yes_is_yes_and_only_no_is_no(moment: datetime, answer: object) -> None:
    registers = told(answer, moment)

    answers = await asyncio.gather(
        registers.related(SUN, SUN),
        registers.holds(SUN, "6200000000000000"),
        registers.employs("9", document_kind=SUN.document_kind, document_number=SUN.document_number),
        return_exceptions=True,
    )

    assert [type(given) for given in answers] == [NoAnswer] * 3


@pytest.mark.parametrize("status", [204, 302, 400, 401, 403, 404, 422, 500])
async def test_an_answer_counts_only_with_the_status_that_was_agreed(moment: datetime, status: int) -> None:
    with pytest.raises(NoAnswer):
        await told({"answer": True}, moment, status=status).related(SUN, SUN)


async def test_no_fault_quotes_whom_it_was_asked_about(moment: datetime) -> None:
    with pytest.raises(NoAnswer) as fault:
        await told(A_WARD, moment).wards_of(SUN)

    assert SUN.document_number not in f"{fault.value}{fault.value.__cause__}{fault.value.__context__}"
