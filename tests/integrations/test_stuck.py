"""What an operator is told is stuck."""

from collections.abc import Callable
from datetime import datetime

import pytest

from domain.cases import outcomes
from domain.cases.errands import awaited
from domain.ports import Rejected
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES, MongoCases
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.mongo.stuck import failed_handoffs, put_off
from integrations.sealing import Sealing
from tests.cases import MONDAY, PATIENCE, a_submitted_case, at, guangxi


@pytest.fixture
async def cases(database: Database, sealing: Sealing) -> MongoCases:
    await apply(database, [CASES])
    return MongoCases(database, CaseCodec(sealing), lambda case: awaited(case, guangxi()), lambda case: [], now())


def now(moment: datetime = MONDAY) -> Callable[[], datetime]:
    return lambda: moment


async def test_an_item_that_its_department_refused_to_take_is_listed_with_the_public_number(cases: MongoCases, database: Database) -> None:
    case = outcomes.department_answered(
        a_submitted_case(), item="pension", round=1, answer=Rejected(("x",)), catalogue=guangxi(), patience=PATIENCE, moment=at(30)
    )
    failed = outcomes.department_answered(
        case, item="household-check", round=1, answer=Rejected(("证件号码格式不对",)), catalogue=guangxi(), patience=PATIENCE, moment=at(30)
    )
    await cases.add(failed, opening="opening-1")

    assert [found async for found in failed_handoffs(database, "police")] == [(failed.number, "household-check")]
    assert [found async for found in failed_handoffs(database, "hrss")] == []


@pytest.mark.row("B13")
async def test_a_case_that_fails_again_and_again_is_put_off_longer_and_listed_until_it_goes_well(
    cases: MongoCases, database: Database
) -> None:
    case = await cases.add(a_submitted_case(), opening="opening-1")
    later = datetime.fromisoformat("2026-11-24T02:00:00+00:00")
    leases = Leases(database, CASES.name, "worker-1", now(later))
    lease = await leases.take(case.id)
    assert lease

    await leases.put_off(lease, error_id="error-1")

    assert [(one.id, one.failures, one.error_id) async for one in put_off(database, CASES.name)] == [(case.id, 1, "error-1")]
    assert await leases.take(case.id) is None
