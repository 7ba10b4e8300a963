"""Departments call back: late, twice, out of order, again until they are heard; and what is not their word is not believed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from domain.ports import CancelAnswer, Decided, ItemOutcome, Working
from integrations.departments import HttpDepartments, IllFormed, NotSigned
from mocks.callbacks import FIRST_WAIT
from mocks.serve import wall_clock
from mocks.webhooks import signed
from tests.mocks.world import SECRETS, World, a_handoff, a_world, until
from tests.sign_in import Clock

KEY = "case-1.pension.1"
DECIDED = {"key": KEY, "status": "decided", "sequence": 2, "outcome": "FOUND", "at": "2026-11-23T10:00:00.123456+08:00"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


@pytest.fixture
def departments(world: World) -> HttpDepartments:
    return world.departments()


def sequences(world: World) -> list[tuple[type, int]]:
    return [(type(said), said.sequence) for _, said in world.door.heard]


async def test_what_was_accepted_is_decided_by_callback(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", after_ms=20)

    await departments.hand_off(a_handoff())
    await until(lambda: bool(world.door.heard))

    ((key, said),) = world.door.heard
    assert (key, said.outcome, said.sequence) == (KEY, ItemOutcome.GRANTED, 3)


async def test_what_a_callback_says_is_what_a_second_question_is_told(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", after_ms=20)

    await departments.hand_off(a_handoff())
    await until(lambda: bool(world.door.heard))

    assert await departments.hand_off(a_handoff()) == world.door.heard[0][1]


async def test_callbacks_come_twice_and_out_of_order_when_asked_to(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", after_ms=20, duplicate=True, out_of_order=True)

    await departments.hand_off(a_handoff())
    await until(lambda: len(world.door.heard) == 4)

    assert sequences(world) == [(Decided, 3), (Decided, 3), (Working, 2), (Working, 2)]


async def test_a_callback_is_repeated_until_it_is_heard_and_keeps_its_id(world: World, departments: HttpDepartments) -> None:
    world.door.refuse = 2
    await world.behave("/departments/hrss", after_ms=0)

    await departments.hand_off(a_handoff())
    await until(lambda: bool(world.door.heard))

    assert world.door.refuse == 0
    assert world.door.letters[0][1]["webhook-id"] == f"hrss-{KEY}-3"


async def test_a_department_that_is_away_does_not_call_back_until_it_is_there_again(world: World, departments: HttpDepartments) -> None:
    """It goes away while it calls for the first time; the police call after it would have tried again."""
    world.door.refuse, world.door.meanwhile = 1, partial(world.behave, "/departments/hrss", outage="503")
    await world.behave("/departments/hrss", after_ms=0)
    await world.behave("/departments/police", after_ms=int(2 * FIRST_WAIT * 1000))
    await departments.hand_off(a_handoff())
    await until(lambda: not world.door.refuse)
    await departments.hand_off(a_handoff("case-1.household-check.1", item="household-check", department="police"))
    await until(lambda: bool(world.door.heard))
    heard_meanwhile = [key for key, _ in world.door.heard]

    await world.ask("DELETE", "/departments/hrss/_behave")
    await until(lambda: len(world.door.heard) == 2)

    assert heard_meanwhile == ["case-1.household-check.1"]
    assert world.door.heard[1][0] == KEY


async def test_a_silent_department_never_calls_back(world: World, departments: HttpDepartments) -> None:
    await world.behave("/departments/hrss", silence=True)
    await departments.hand_off(a_handoff())
    await world.behave("/departments/hrss", silence=False, after_ms=0)

    await departments.hand_off(a_handoff("case-2.pension.1"))
    await until(lambda: bool(world.door.heard))

    assert [key for key, _ in world.door.heard] == ["case-2.pension.1"]
    assert await departments.hand_off(a_handoff()) == Working(1)


async def test_what_was_cancelled_is_not_called_back_when_its_time_comes_and_stays_cancelled(tmp_path: Path) -> None:
    """The department ends before that time, and lives again after it."""
    clock = Clock(wall_clock())
    async with a_world(data=tmp_path, now=clock) as before:
        await before.behave("/departments/hrss", after_ms=180_000)
        for key in (KEY, "case-2.pension.1"):
            await before.departments().hand_off(a_handoff(key))
        assert await before.departments().cancel(department="hrss", key=KEY) is CancelAnswer.CANCELLED
    clock.passes(minutes=4)  # a signature is believed for five

    async with a_world(data=tmp_path, now=clock) as after:
        await until(lambda: not any(entry.still_to_call() for entry in after.outside.departments["hrss"].ledger.entries.values()))
        cancelled = await after.departments().cancel(department="hrss", key=KEY)

    assert [key for key, _ in after.door.heard] == ["case-2.pension.1"]
    assert cancelled is CancelAnswer.CANCELLED


async def test_a_department_answers_one_person_differently_from_all_others(world: World, departments: HttpDepartments) -> None:
    rule = {"person": "zhang", "item": "pension", "outcome": "REFUSED", "reasons": ["档案待查"], "after_ms": 0}
    await world.behave("/departments/hrss", rules=[rule])

    assert await departments.hand_off(a_handoff()) == Working(1)
    await until(lambda: bool(world.door.heard))

    said = world.door.heard[0][1]
    assert (said.outcome, said.text, said.reasons) == (ItemOutcome.REFUSED, "不予通过：档案待查", ("档案待查",))


# ---------------------------------------------------------------- what is believed


def a_letter(secret: str = SECRETS["hrss"], *, minutes_ago: float = 0, **body: Any) -> tuple[dict[str, str], bytes]:
    content = json.encode({**DECIDED, **body})
    return signed(secret, content, message="m-1", at=wall_clock() - timedelta(minutes=minutes_ago)), content


def test_a_signed_callback_is_the_departments_word(departments: HttpDepartments) -> None:
    key, said = departments.verify_callback("hrss", *a_letter(text="已查到", reasons=["甲", "乙"]))

    assert (key, said.sequence, said.outcome, said.text, said.reasons) == (KEY, 2, ItemOutcome.FOUND, "已查到", ("甲", "乙"))
    assert said.at.isoformat() == "2026-11-23T02:00:00.123000+00:00"


def test_the_same_callback_again_says_the_same_about_the_same_hand_off(departments: HttpDepartments) -> None:
    headers, body = a_letter()

    assert departments.verify_callback("hrss", headers, body) == departments.verify_callback("hrss", headers, body)


@pytest.mark.parametrize(
    ("signer", "minutes_ago", "why"),
    [
        ("police", 0, "No matching signature found"),
        ("hrss", 6, "Message timestamp too old"),
        ("hrss", -6, "Message timestamp too new"),
    ],
)
def test_a_callback_by_somebody_else_or_replayed_later_is_not_believed(
    departments: HttpDepartments, signer: str, minutes_ago: float, why: str
) -> None:
    with pytest.raises(NotSigned, match=why):
        departments.verify_callback("hrss", *a_letter(SECRETS[signer], minutes_ago=minutes_ago))


def test_an_altered_callback_is_not_believed(departments: HttpDepartments) -> None:
    headers, body = a_letter(outcome="REFUSED")

    with pytest.raises(NotSigned):
        departments.verify_callback("hrss", headers, body.replace(b"REFUSED", b"GRANTED"))


def test_a_callback_is_believed_of_the_department_only_that_signed_it(departments: HttpDepartments) -> None:
    for other in ("police", "nobody"):
        with pytest.raises(NotSigned):
            departments.verify_callback(other, *a_letter())


@pytest.mark.parametrize(
    "differently",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,???"},
        {"webhook-signature": "v2,AAAA"},
        {"webhook-timestamp": "yesterday"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "1e400"},
        {"webhook-id": ""},
    ],
)
def test_a_broken_signature_is_not_believed_and_breaks_nothing(departments: HttpDepartments, differently: dict[str, str]) -> None:
    headers, body = a_letter()

    with pytest.raises(NotSigned):
        departments.verify_callback("hrss", {**headers, **differently}, body)


def test_a_body_that_is_not_text_is_not_believed_and_breaks_nothing(departments: HttpDepartments) -> None:
    headers, _ = a_letter()

    with pytest.raises(NotSigned):
        departments.verify_callback("hrss", headers, b"\xff\xfe")


@pytest.mark.parametrize(
    "differently",
    [
        {"key": ""},
        {"key": 1},
        {"key": "k" * 201},
        {"status": "accepted"},
        {"status": "rejected"},
        {"sequence": 0},
        {"sequence": 10**30},
        {"outcome": "MAYBE"},
        {"at": "2026-11-23T10:00:00"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"at": "9999-12-31T23:59:59Z"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"reasons": "one"},
    ],
)
def test_a_signed_callback_in_another_form_is_told_apart(departments: HttpDepartments, differently: dict[str, Any]) -> None:
    with pytest.raises(IllFormed, match="hrss called back in a form that was not agreed"):
        departments.verify_callback("hrss", *a_letter(**differently))


def test_header_names_may_be_written_in_any_case(departments: HttpDepartments) -> None:
    headers, body = a_letter()

    assert departments.verify_callback("hrss", {name.title(): value for name, value in headers.items()}, body)[0] == KEY
