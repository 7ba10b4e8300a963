"""The real client of the licence exchange against its stand-in."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.certificates.identifier import is_licence_identifier
from domain.identifiers import DocumentKind
from domain.ports import NoAnswer
from integrations.licences import HttpLicenceExchange
from mocks.people import PEOPLE, anyone
from tests.mocks.world import SILENT, World, a_world, asked
from tests.sign_in import Clock

THE_THREE_OF_A07 = ["resident-id", "household-register", "portrait"]
ZHANG, LIN = PEOPLE["zhang"], PEOPLE["lin"]


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
async def world(clock: Clock) -> AsyncIterator[World]:
    async with a_world(now=clock) as world:
        yield world


@pytest.fixture
async def exchange(world: World) -> AsyncIterator[HttpLicenceExchange]:
    exchange = world.licences()
    yield exchange
    await exchange.close()


@pytest.mark.row("A09")
async def test_a_resident_id_says_who_its_holder_is(exchange: HttpLicenceExchange) -> None:
    licence = await asked(exchange, "resident-id")

    assert licence.attributes == {
        "name": "张守田",
        "sex": "MALE",
        "ethnicity": "壮族",
        "birth-date": "1966-06-15",
        "document-number": ZHANG.document_number,
        "address": ZHANG.household_address,
    }
    assert is_licence_identifier(licence.identifier)


@pytest.mark.row("A09")
async def test_a_household_register_says_where_somebody_is_registered(exchange: HttpLicenceExchange) -> None:
    licence = await asked(exchange, "household-register")

    assert licence.attributes["household-address"] == ZHANG.household_address
    assert (licence.kind, licence.valid_until) == ("household-register", None)


@pytest.mark.row("A09")
async def test_a_portrait_is_a_picture(exchange: HttpLicenceExchange) -> None:
    licence = await asked(exchange, "portrait")

    assert b64decode(licence.attributes["portrait"]).startswith(b"\x89PNG\r\n\x1a\n")


async def test_the_contribution_record_is_asked_in_the_same_way(exchange: HttpLicenceExchange) -> None:
    licence = await asked(exchange, "contribution-record")

    assert licence.attributes == {
        "contribution-months": "412",
        "deemed-months": "38",
        "work-started": "1992-07-01",
        "employer": ZHANG.employer,
        "employer-code": ZHANG.employer_code,
        "post": "工人",
        "insured-place": "广西壮族自治区南宁市",
        "only-child": "YES",
    }


@pytest.mark.row("A09")
@pytest.mark.parametrize("kind", THE_THREE_OF_A07)
async def test_who_has_no_such_licence_has_none(exchange: HttpLicenceExchange, kind: str) -> None:
    assert await asked(exchange, kind, LIN) is None


async def test_nobody_holds_the_licence_of_a_number_that_nobody_has(exchange: HttpLicenceExchange) -> None:
    assert await asked(exchange, "social-security-card", replace(ZHANG, document_number="110101190001010000")) is None


@pytest.mark.row("A09")
@pytest.mark.parametrize("kind", THE_THREE_OF_A07)
async def test_a_silent_exchange_is_no_answer(world: World, kind: str) -> None:
    exchange = world.licences(wiring=world.with_limits(total=SILENT))
    await world.behave("/licences", rules=[{"item": kind, "silence": True}])

    with pytest.raises(NoAnswer, match="licences: did not answer in time"):
        await asked(exchange, kind)


async def test_one_silent_register_keeps_no_other_from_answering(world: World) -> None:
    exchange = world.licences(wiring=world.with_limits(total=60))
    await world.behave("/licences", rules=[{"item": "portrait", "silence": True}])

    portrait = asyncio.create_task(asked(exchange, "portrait"))
    card = await asked(exchange, "social-security-card")

    assert not portrait.done()
    assert card.attributes["bank-account"] == ZHANG.bank_account
    portrait.cancel()
    await asyncio.gather(portrait, return_exceptions=True)


@pytest.mark.row("F05")
@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_every_kind_of_document_can_be_asked_about(exchange: HttpLicenceExchange, kind: DocumentKind) -> None:
    person = anyone(17, kind.value)

    licence = await asked(exchange, "contribution-record", person)

    assert licence.attributes["contribution-months"] == str(person.contribution_months)


async def test_of_several_the_valid_one_counts(exchange: HttpLicenceExchange, clock: Clock) -> None:
    licence = await asked(exchange, "resident-id")

    assert licence.identifier.split(".")[-2] == "002"
    assert licence.issued_at < clock()
    assert licence.valid_until >= date(2026, 11, 23)


async def test_a_licence_that_has_run_out_is_none(exchange: HttpLicenceExchange) -> None:
    whose_card_ran_out = anyone(3)

    assert await asked(exchange, "social-security-card", whose_card_ran_out) is None


async def test_the_exchange_learns_which_consent_allows_the_question(world: World, exchange: HttpLicenceExchange) -> None:
    await asked(exchange, "portrait")

    (question,) = (await world.ask("GET", "/licences/_ledger")).json()["questions"]
    assert question["consent"] == {"id": "consent-1", "purpose": "identity", "version": "1", "at": "2026-11-20T01:00:00Z"}
    assert (question["type"], question["holder"]["number"], question["purpose"]) == ("portrait", ZHANG.document_number, "identity")


async def test_one_token_serves_many_questions(world: World, exchange: HttpLicenceExchange) -> None:
    await asyncio.gather(*(asked(exchange, "portrait") for _ in range(5)))

    assert len(world.outside.licences.caller.tokens) == 1


async def test_a_token_that_the_exchange_forgot_is_replaced_once(world: World, exchange: HttpLicenceExchange) -> None:
    await asked(exchange, "portrait")
    world.outside.licences.caller.tokens.clear()

    assert await asked(exchange, "portrait") is not None
    assert len(world.outside.licences.caller.tokens) == 1


async def test_a_token_is_replaced_before_it_runs_out(world: World, exchange: HttpLicenceExchange, clock: Clock) -> None:
    await asked(exchange, "portrait")
    (first,) = world.outside.licences.caller.tokens
    clock.passes(seconds=575)

    await asked(exchange, "portrait")

    assert set(world.outside.licences.caller.tokens) > {first}


async def test_a_token_that_does_not_come_holds_up_all_at_once_and_none_in_a_queue(world: World) -> None:
    """In a queue each would ask for a token of its own."""
    given_up: list[str] = []
    wiring = replace(world.with_limits(total=SILENT), observe=lambda _, seconds, outcome: given_up.append(outcome))
    exchange = world.licences(wiring=wiring)
    await world.behave("/licences", latency_ms=3_600_000)

    answers = await asyncio.gather(*(asked(exchange, "portrait") for _ in range(10)), return_exceptions=True)

    assert [type(answer) for answer in answers] == [NoAnswer] * 10
    assert given_up == ["timeout"]


async def test_without_an_account_there_is_no_token(world: World) -> None:
    exchange = world.licences(client_secret="wrong")

    with pytest.raises(NoAnswer, match="gave us no token"):
        await asked(exchange, "portrait")
