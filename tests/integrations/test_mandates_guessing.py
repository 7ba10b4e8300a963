"""Guessing a mandate's code: locked after a few, by mandate, person and address; many at once are no way round, nor is a restart."""

import asyncio

import pytest
from redis.asyncio import Redis

from domain.errors import InvalidForm, Refusal, TooManyAttempts
from domain.mandates.mandate import Mandate
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import MONDAY
from tests.mandates import HOUSEHOLD, MEDICAL, PENSION, SON, House, a_grant, open_house, resident

WRONG = "99999999"


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


async def tries(house: House, mandate: Mandate, code: str = WRONG, **more: object) -> str:
    try:
        return (await house.accepts(mandate, code, **more)).status(house.clock())  # type: ignore[arg-type]
    except Refusal as why:
        return why.text.key


@pytest.mark.row("F20")
async def test_after_five_wrong_codes_not_even_the_right_one_is_judged_for_half_an_hour(house: House) -> None:
    given = await house.granted()

    answers = [await tries(house, given) for _ in range(6)]
    locked = await tries(house, given, given.code)
    house.later(minutes=31)

    assert answers == ["mandate.wrong-code"] * 5 + ["mandate.locked"]
    assert locked == "mandate.locked"
    assert await tries(house, given, given.code) == "ACTIVE"


@pytest.mark.row("F20")
async def test_the_lock_survives_a_restart_of_redis_and_of_every_process(house: House, redis: "Redis[bytes]") -> None:
    given = await house.granted()
    for _ in range(6):
        await tries(house, given)

    await redis.flushall()
    restarted = House(house.database, house.sealing, numbers=house.numbers)

    assert await tries(restarted, given, given.code) == "mandate.locked"


async def test_whoever_is_told_to_wait_is_told_how_long(house: House) -> None:
    given = await house.granted()
    for _ in range(6):
        await tries(house, given)
    house.later(minutes=10)

    with pytest.raises(TooManyAttempts) as locked:
        await house.accepts(given, given.code)

    assert (locked.value.retry_after_seconds, locked.value.text.params) == (1200, {"minutes": 20})


@pytest.mark.row("F20")
async def test_of_forty_guesses_at_once_five_are_judged(house: House) -> None:
    given = await house.granted()

    answers = await asyncio.gather(*(tries(house, given, f"{90000000 + guess}") for guess in range(40)))

    assert answers.count("mandate.wrong-code") <= 5
    assert set(answers) <= {"mandate.wrong-code", "mandate.locked"}


@pytest.mark.row("F20")
async def test_guesses_are_counted_by_person_over_all_their_mandates(house: House) -> None:
    given = [await house.granted(a_grant(items=(item,))) for item in (PENSION, HOUSEHOLD, MEDICAL)]

    answers = [await tries(house, mandate, address=f"address-{turn}") for turn in range(2) for mandate in given]

    assert answers == ["mandate.wrong-code"] * 5 + ["mandate.locked"]


@pytest.mark.row("F20")
async def test_guesses_are_counted_by_address_whoever_makes_them(house: House) -> None:
    delegates = [resident(500 + place, f"代{place}") for place in range(7)]
    given = [await house.granted(a_grant(one), by=resident(600 + place, f"委{place}")) for place, one in enumerate(delegates)]

    for mandate, delegate in zip(given[:6], delegates, strict=False):
        for _ in range(5):
            await tries(house, mandate, by=delegate)

    assert await tries(house, given[6], given[6].code, by=delegates[6]) == "mandate.locked"
    assert await tries(house, given[6], given[6].code, by=delegates[6], address="at home") == "ACTIVE"


async def test_right_codes_are_not_held_against_anybody(house: House) -> None:
    for place in range(3):
        for item in (PENSION, HOUSEHOLD):
            await house.accepted(a_grant(items=(item,)), by=resident(700 + place, f"委{place}"))

    one_more = await house.granted(a_grant(items=(MEDICAL,)), by=resident(700, "委0"))
    assert [await tries(house, one_more) for _ in range(5)] == ["mandate.wrong-code"] * 5


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "委托码", "1234 567a"])
async def test_what_is_no_code_is_told_and_not_counted(house: House, typed: str) -> None:
    given = await house.granted()
    for _ in range(8):
        with pytest.raises(InvalidForm) as slip:
            await house.accepts(given, typed)

    assert [(issue.path, issue.code) for issue in slip.value.issues] == [(("code",), "not-a-code")]
    assert await tries(house, given, given.code) == "ACTIVE"


async def test_guesses_by_a_stranger_are_not_even_counted_for_the_mandate(house: House) -> None:
    given = await house.granted()

    answers = {await tries(house, given, by=SON) for _ in range(8)}

    assert answers == {"mandate.not-found"}
    assert await tries(house, given, given.code) == "ACTIVE"


async def test_the_code_of_another_mandate_is_wrong_and_changes_nothing(house: House) -> None:
    first, second = await house.granted(), await house.granted(a_grant(items=(HOUSEHOLD,)))

    assert await tries(house, first, second.code) == "mandate.wrong-code"
    assert [(await house.store.one(one.id)).accepted_at for one in (first, second)] == [None, None]


async def test_a_code_is_good_once(house: House) -> None:
    given = await house.granted()

    answers = await asyncio.gather(*(tries(house, given, given.code) for _ in range(4)))

    assert answers.count("ACTIVE") == 1
    assert (await house.store.one(given.id)).accepted_at == MONDAY
