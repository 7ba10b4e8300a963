"""A change of account on the real store: it stands on the worker's alarm clock until its day, and is then done once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.accounts import OwnAccounts
from domain.cases.changing_payout import NewAccount
from domain.cases.payout_desk import PayoutDesk
from domain.cases.requests import Marks
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.sealing import Sealing
from tests.back_office import Outside, a_house
from tests.cases import MONDAY, ZHANG, acting, guangxi, loaded
from tests.looks import NotedLooks
from tests.memory import Clock, a_book
from tests.payouts import BANK, DAYS, NEW, handed_over
from tests.stored_cases import a_case_store
from tests.told_registers import ToldAccounts


@pytest.mark.row("C05")
async def test_the_worker_finds_it_on_its_day_and_neither_before_nor_again(database: Database, sealing: Sealing) -> None:
    clock, outside = Clock(), Outside()
    store = await a_case_store(database, sealing, clock)
    case = await store.add(replace(handed_over(), notices=(), erase_at=None), opening="opening-1")
    book = replace(a_book(), store=store, now=clock)
    accounts = OwnAccounts(ToldAccounts({NEW: ZHANG.document_number}))
    desk = PayoutDesk(book, loaded().catalogues, accounts, Marks(bytes.hex), NotedLooks(), lambda: bytes(32), clock)
    office = replace(a_house(outside).office, book=book, now=clock)
    leases = Leases(database, CASES.name, "worker-1", clock)

    async def rounds() -> int:
        """Until nothing is due; how many."""
        for number in range(10):
            lease = await leases.take(case.id)
            if lease is None:
                return number
            found = await store.one(case.id)
            assert found
            await office.attend(found, guangxi(), lease)
            await leases.give_back(lease)
        return 10

    await rounds()
    asked = await desk.change("request-0123456789", case.id, NewAccount(BANK, NEW), by=replace(acting(), proved_at=clock()))
    await rounds()
    clock.at = MONDAY + timedelta(days=DAYS) - timedelta(seconds=1)
    await rounds()
    before = await store.one(case.id)
    clock.at = MONDAY + timedelta(days=DAYS)
    await rounds()
    after = await store.one(case.id)
    again = await rounds()

    assert before
    assert after
    assert before.answer("bank-account") != NEW == after.answer("bank-account")
    assert again == 0
    told = [one for one in outside.asked if isinstance(one, str) and ".payout-pension." in one]
    assert told == [f"{case.id}.payout-pension.{asked.last_step.number}"]
    kept = await database[CASES.name].find_one({"_id": case.id})
    assert NEW not in str(kept)
