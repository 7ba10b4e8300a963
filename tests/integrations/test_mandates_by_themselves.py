"""What the worker does with mandates: time runs out, a principal dies or loses capacity; a register that is away is asked again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.mandates.actions import MandateStatus
from domain.mandates.mandate import Mandate, MandateEnd
from domain.mandates.steps import MandateStepKind
from domain.registers import Life
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.mongo.mandates import MANDATES
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG
from tests.mandates import House, a_grant, open_house


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


async def worked(house: House) -> list[str]:
    """All that is due now, as the worker's loop does it."""
    leases = Leases(house.database, MANDATES.name, "worker-1", house.clock)
    due = await leases.due(10)
    for id in due:
        lease = await leases.take(id)
        await house.watch.attend(id)
        await leases.give_back(lease)
    return list(due)


async def ended(house: House, mandate: Mandate) -> tuple[MandateEnd | None, MandateStepKind]:
    kept = await house.store.one(mandate.id)
    return kept.ended_because, kept.history[-1].kind


@pytest.mark.row("F07")
async def test_a_mandate_ends_by_itself_on_the_day_after_its_last(house: House) -> None:
    taken = await house.accepted(a_grant(until=date(2026, 11, 30)))
    midnight = datetime(2026, 11, 30, 16, tzinfo=UTC)

    house.clock.at = midnight - timedelta(milliseconds=1)
    await worked(house)
    before = await house.store.one(taken.id)
    house.clock.at = midnight
    over_before_anybody_worked = (await house.store.one(taken.id)).status(midnight)
    await worked(house)

    assert (before.in_force(midnight - timedelta(milliseconds=1)), before.ended_because) == (True, None)
    assert over_before_anybody_worked is MandateStatus.EXPIRED
    assert await ended(house, taken) == (MandateEnd.EXPIRED, MandateStepKind.EXPIRED)
    assert (house.cases.raised, await worked(house)) == ([taken.principal.id], [])


async def test_one_that_nobody_took_up_ends_too_and_no_register_is_asked_for_it(house: House) -> None:
    given = await house.granted(a_grant(until=date(2026, 11, 25)))
    asked = house.registers.asked
    house.later(days=1)
    assert await worked(house) == []
    house.later(days=2)
    await worked(house)

    assert await ended(house, given) == (MandateEnd.EXPIRED, MandateStepKind.EXPIRED)
    assert house.registers.asked == asked


@pytest.mark.parametrize("life", [Life.DECEASED, Life.INCAPACITATED])
async def test_a_mandate_ends_within_a_day_of_the_registers_word(house: House, life: Life) -> None:
    taken = await house.accepted()
    house.registers.says(ZHANG, life)
    assert await worked(house) == []
    house.later(days=1)

    assert await worked(house) == [taken.id]

    assert await ended(house, taken) == (MandateEnd(life.value), MandateStepKind(life.value))
    assert (await house.store.one(taken.id)).status(house.clock()) is MandateStatus.EXPIRED
    assert house.cases.raised == [taken.principal.id]


async def test_while_the_principal_lives_they_are_asked_about_once_a_day(house: House) -> None:
    taken = await house.accepted()
    days = []
    for _ in range(3):
        house.later(hours=23)
        days.append(await worked(house))
        house.later(hours=1)
        days.append(await worked(house))

    assert days == [[], [taken.id]] * 3
    assert (await house.store.one(taken.id)).in_force(house.clock())


async def test_a_register_that_is_away_is_asked_again_in_an_hour_and_nothing_is_lost(house: House) -> None:
    taken = await house.accepted()
    house.registers.says(ZHANG, Life.DECEASED)
    house.registers.away = True
    house.later(days=1)
    await worked(house)
    still = await house.store.one(taken.id)
    house.registers.away = False
    house.later(hours=1)
    await worked(house)

    assert still.in_force(house.clock())
    assert await ended(house, taken) == (MandateEnd.DECEASED, MandateStepKind.DECEASED)


async def test_work_done_twice_changes_nothing_more(house: House) -> None:
    taken = await house.accepted()
    house.registers.says(ZHANG, Life.DECEASED)
    house.later(days=1)

    for _ in range(2):
        await house.watch.attend(taken.id)
    await house.watch.attend("mandate-none")

    kept = await house.store.one(taken.id)
    assert [step.kind for step in kept.history] == [MandateStepKind.GRANTED, MandateStepKind.ACCEPTED, MandateStepKind.DECEASED]
    assert kept.granted_at == MONDAY
