"""Departments and registers that are late, silent, or say no; and the case is right each time."""

import pytest

from mocks import documents
from mocks.phone import ProblemAnswer
from tests.whole.applicant import kind


@pytest.mark.row("A10")
async def test_when_the_pension_is_refused_what_waited_for_it_is_not_started_and_says_why(somebody, outside) -> None:
    person = await somebody()
    rule = {"person": person.key, "item": "pension", "outcome": "REFUSED", "reasons": ["缴费年限还差 7 个月"]}
    await outside.behave("departments/hrss", rules=[rule])
    await person.applies()

    await person.sees(until=kind("completed"))
    await person.rereads()

    transfer = person.item("medical-transfer")
    assert (transfer["status"], person.case["status"], person.case["certificate"]) == ("NOT_STARTED", "DONE", None)
    assert [reason["text"] for reason in person.item("pension")["result"]["reasons"]] == ["缴费年限还差 7 个月"]
    assert not [entry for entry in await outside.ledger("medical") if entry["key"].startswith(f"{person.case['id']}.medical-transfer")]


@pytest.mark.row("A28", "F42")
async def test_an_answer_that_is_called_back_late_twice_and_out_of_order_is_in_the_history_once(somebody, outside) -> None:
    person = await somebody()
    rule = {"person": person.key, "item": "normal-retirement", "after_ms": 300, "times": 3, "out_of_order": True}
    await outside.behave("departments/hrss", rules=[rule])
    await person.applies(["normal-retirement"])

    await person.sees(until=kind("completed"))
    await outside.calls_back("hrss", about=f"{person.case['id']}.normal-retirement.", times=3 * 2)
    kinds = [step["kind"] for step in (await person.settles())["steps"]]

    assert kinds.count("item-decided") == 1
    assert kinds.count("handed-off") <= 1, "none, if the callback was quicker than the answer"


@pytest.mark.row("F26")
async def test_a_silent_register_leaves_blanks_and_what_it_says_late_is_offered(somebody, outside) -> None:
    person = await somebody()
    await outside.behave("licences", rules=[{"person": person.key, "item": "contribution-record", "after_ms": 3_500}])

    await person.opens(patient=False)
    blank = person.question("employer")
    await person.sees(until=lambda step: step["kind"] == "register-answered" and "缴费记录" in step["text"])
    await person.rereads()
    offered = person.question("employer")

    assert blank["value"] is None
    assert offered["value"] is None
    assert [offer["why"] for offer in offered["offers"]] == ["LATE"]

    await person.fills({"key": "employer", "offerId": offered["offers"][0]["id"]})

    taken = person.question("employer")
    assert (taken["source"]["kind"], taken["locked"], taken["offers"]) == ("REGISTER", True, [])


async def test_withdrawing_asks_the_department_to_drop_what_it_has(somebody, outside) -> None:
    person = await somebody()
    await outside.behave("departments/hrss", rules=[{"person": person.key, "silence": True}])
    await person.applies(["normal-retirement", "pension"])
    await person.sees(until=kind("handed-off"))

    await person.phone.mutate(documents.WITHDRAW_CASE, {"input": {"caseId": person.case["id"], "reason": "想晚点再退休"}})
    await person.sees(until=kind("handoff-cancelled"))
    await person.rereads()

    assert person.case["status"] == "WITHDRAWN"
    assert person.item("normal-retirement")["status"] == "NOT_STARTED"
    assert person.item("pension")["status"] == "NOT_STARTED"


async def test_everything_that_is_missing_is_told_at_once_and_nothing_is_submitted(somebody) -> None:
    person = await somebody()
    await person.opens()
    await person.fills({"key": "mobile", "value": "12345"})

    with pytest.raises(ProblemAnswer) as refused:
        await person.phone.mutate(documents.SUBMIT_CASE, {"input": {**person.submission(), "declarations": []}})

    codes = [issue["code"] for issue in refused.value.issues]
    assert {"bad-phone", "required", "declaration-needed"} <= set(codes)
    assert (await person.rereads())["status"] == "DRAFT"


@pytest.mark.row("F22", "F23")
async def test_a_registers_value_is_corrected_there_and_the_phone_number_here(somebody) -> None:
    person = await somebody()
    await person.opens()

    with pytest.raises(ProblemAnswer) as refused:
        await person.fills({"key": "name", "value": "别人"})
    await person.fills({"key": "mobile", "value": "19912345678"})

    assert [issue["code"] for issue in refused.value.issues] == ["locked"]
    assert person.question("mobile")["value"] == "19912345678"


async def test_somebody_elses_case_and_one_that_is_not_there_look_the_same(somebody) -> None:
    owner, stranger = await somebody(), await somebody()
    await owner.opens(consenting=False)

    theirs = await stranger.phone.query(documents.CASE, {"id": owner.case["id"]})
    nobodys = await stranger.phone.query(documents.CASE, {"id": "case-0000000000000000000000000"})
    stranger.case = owner.case
    with pytest.raises(ProblemAnswer) as refused:
        await stranger.fills({"key": "mobile", "value": "19912345678"})

    assert theirs == nobodys == {"case": None}
    assert refused.value.code == "NOT_FOUND"


@pytest.mark.row("F44")
async def test_what_a_department_would_not_take_is_told_and_an_operator_hands_it_over_once_more(somebody, outside, show) -> None:
    person = await somebody()
    await outside.behave("departments/police", rules=[{"person": person.key, "item": "household-check", "reject": True}])
    await person.applies(["household-check"])
    await person.sees(until=kind("handoff-failed"))
    await outside.behave("departments/police", rules=[])

    assert f"police {person.case['number']}: 'household-check' could not be handed over" in (await show.operator("stuck"))[1]
    assert await show.operator("retry", person.case["number"], "household-check") == (
        0,
        f"'household-check' of {person.case['number']} is handed over once more.",
    )
    await person.sees(until=kind("completed"))
    assert (await person.rereads())["status"] == "DONE"
    assert (await show.operator("retry", person.case["number"], "household-check"))[0] == 1
