"""What the driver sends again, because an answer was lost, meets itself in the store and is no fault."""

from datetime import datetime, timedelta

import pytest

from domain.acting import Assurance
from domain.ports import Attempt
from domain.sessions.attempt import SignInAttempt, Ticket, Wish
from domain.sessions.session import Proof
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.sign_ins import COLLECTIONS, MongoAttempts, MongoTickets
from integrations.sealing import Sealing


@pytest.fixture
async def applied(database: Database) -> Database:
    await apply(database, COLLECTIONS)
    return database


async def test_an_attempt_to_sign_in_is_kept_once(applied: Database, sealing: Sealing, moment: datetime) -> None:
    attempts = MongoAttempts(applied, sealing)
    attempt = SignInAttempt(Attempt("state", "nonce", "verifier"), Wish("/app", "c" * 43), "browser", moment + timedelta(minutes=10))

    for _ in range(2):
        await attempts.add(attempt)

    assert await attempts.one("state") == attempt
    assert [await attempts.take(attempt) for _ in range(2)] == [True, False]


async def test_a_ticket_is_kept_once(applied: Database, sealing: Sealing, moment: datetime) -> None:
    tickets = MongoTickets(applied, sealing)
    ticket = Ticket("digest", "c" * 43, Proof(Assurance.L3, moment), moment + timedelta(minutes=2))

    await tickets.add(ticket)
    assert await tickets.redeem(ticket, by="request-1")
    await tickets.add(ticket)

    assert not await tickets.redeem(ticket, by="request-2")
