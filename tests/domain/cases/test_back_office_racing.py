"""Errands while others work on the same case: nothing that anybody did is lost, and what fails spoils nothing else."""

import asyncio
from datetime import date

import pytest

from domain.cases.filling import AnswerGiven
from domain.cases.parts import ItemStatus
from domain.cases.stores import WORK, Lease, LeaseLost
from domain.ports import (
    Licence,
)
from tests.back_office import House, Outside, a_house
from tests.cases import (
    LICENCES,
    a_licence,
    a_submitted_case,
    an_opened_case,
    filled,
    guangxi,
    kinds,
)
from tests.progress import granted, withdrawn


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def house(outside: Outside) -> House:
    return a_house(outside)


async def test_an_outcome_goes_into_the_case_as_it_is_by_then(house: House, outside: Outside) -> None:
    case = house.store.put(an_opened_case())
    outside.meanwhile = lambda: house.store.put(filled(case, AnswerGiven("bank", value="中国农业银行"), seconds=0))

    case = await house.attend(case)

    assert (case.answer("bank"), case.private.offers != ()) == ("中国农业银行", True)


async def test_an_outcome_that_meets_a_newer_case_is_folded_into_that(house: House) -> None:
    case = house.store.put(a_submitted_case(items=("pension",)))

    async def another_save() -> None:
        house.store.put(withdrawn(house.store.kept[case.id], seconds=21))

    house.store.before_save.append(another_save)

    after = await house.attend(case, 20)

    assert (after.status.value, kinds(after).count("withdrawn")) == ("WITHDRAWN", 1)


async def test_a_fault_in_one_errand_spoils_no_other(house: House, outside: Outside) -> None:
    outside.answers["portrait"] = RuntimeError("a bug of ours")
    house.store.put(an_opened_case())

    with pytest.raises(ExceptionGroup) as faults:
        await house.attend(an_opened_case())

    case = house.store.kept[an_opened_case().id]
    assert [str(fault) for fault in faults.value.exceptions] == ["a bug of ours"]
    assert {state.source for state in case.prefill if state.status.value == "FILLED"} == LICENCES.keys() - {"portrait"}


async def test_an_answer_that_cannot_be_folded_in_keeps_out_no_other(house: House, outside: Outside) -> None:
    outside.answers["portrait"] = "no licence at all"
    house.store.put(an_opened_case())

    with pytest.raises(ExceptionGroup) as faults:
        await house.attend(an_opened_case())

    case = house.store.kept[an_opened_case().id]
    assert [type(fault) for fault in faults.value.exceptions] == [AttributeError]
    assert {state.source for state in case.prefill if state.status.value == "FILLED"} == LICENCES.keys() - {"portrait"}


async def test_what_comes_in_during_one_save_goes_into_the_next_together(house: House) -> None:
    case = house.store.put(an_opened_case())

    after = await house.attend(case)

    assert kinds(after)[len(case.history) :] == ["register-answered"] * 5
    assert after.version == case.version + 2


async def test_without_its_lease_nothing_is_kept(house: House) -> None:
    case = house.store.put(an_opened_case())

    with pytest.raises(ExceptionGroup) as faults:
        await house.office.attend(case, guangxi(), Lease(case.id, "worker-2", case.opened_at))

    assert {type(fault) for fault in faults.value.exceptions} == {LeaseLost}
    assert house.store.kept[case.id] == case


@pytest.mark.row("F43", "A10")
async def test_what_starts_by_itself_does_not_wait_for_another_department_that_is_slow(house: House, outside: Outside) -> None:
    outside.answers["pension"] = granted()
    case = house.store.put(a_submitted_case(items=("pension", "medical-transfer", "household-check")))
    outside.slow["household-check"] = "medical-transfer"

    async with asyncio.timeout(2):
        case = await house.attend(case, 20)

    assert {item.code: item.status for item in case.items} == {
        "pension": ItemStatus.DONE,
        "medical-transfer": ItemStatus.HANDED_OFF,
        "household-check": ItemStatus.HANDED_OFF,
    }
    assert case.certificate == "certificate-1"


@pytest.mark.row("F43", "A10")
async def test_what_starts_by_itself_is_rung_for_at_once(house: House, outside: Outside) -> None:
    outside.answers["pension"] = granted()
    case = house.store.put(a_submitted_case(items=("pension", "medical-transfer")))

    await house.attend(case, 30)

    assert (case.id, WORK) in house.office.book.bells.rung


async def test_slow_systems_are_asked_at_the_same_time(house: House, outside: Outside) -> None:
    both = asyncio.Barrier(5)

    async def licence(kind: str, **_: object) -> Licence:
        await both.wait()
        return a_licence(kind, valid_until=date(2030, 1, 1))

    outside.licence = licence

    async with asyncio.timeout(2):
        case = await house.attend(house.store.put(an_opened_case()))

    assert {state.status.value for state in case.prefill} == {"FILLED"}
